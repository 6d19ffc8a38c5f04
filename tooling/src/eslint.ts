import { relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import graphqlPlugin from '@graphql-eslint/eslint-plugin'
import type { Linter } from 'eslint'
import svelte from 'eslint-plugin-svelte'
import ts from 'typescript-eslint'

const root = fileURLToPath(new URL('../../', import.meta.url))

const sdl = 'packages/schema/src/sdl/*.graphql'
const pages = 'packages/web/src/**/*.graphql'
const apiTests = 'packages/api/test/**/*.graphql'

/** The plugin resolves and matches from the working directory, which is another one in tests. */
const fromHere = (path: string) => relative(process.cwd(), root + path)

const contract = fromHere('packages/schema/schema.graphql')

/** One object for all, because the plugin keeps the first that it is given. */
const graphQLConfig = {
  projects: {
    source: { schema: fromHere(sdl) },
    pages: { schema: contract, documents: fromHere(pages) },
    apiTests: { schema: contract, documents: fromHere(apiTests) },
  },
}

/** Objects without identity: they are read with the object that holds them, and never by `node`. */
const valueTypes = [
  'AccessCardResult',
  'AccessLogEntry',
  'AnonymityPreview',
  'AuditActor',
  'AuditDetail',
  'AuditEntry',
  'AuditLogCheck',
  'BeyondHit',
  'ClaimStatus',
  'Count',
  'CrisisContact',
  'CrisisHelp',
  'Decision',
  'DemoAccount',
  'DeviceAccount',
  'DeviceWithPin',
  'EmployeeDataGroup',
  'EmployeeDatum',
  'EntryVersion',
  'ExecutiveCard',
  'FoundPassage',
  'HandedOverEntry',
  'HeldAccessCard',
  'InvitedMember',
  'IssuedAccessCard',
  'Membership',
  'MyDataRow',
  'MyDataSection',
  'MyDataValue',
  'Notice',
  'Objection',
  'OwnDecision',
  'PageInfo',
  'ReportedNotice',
  'RoleAssignment',
  'SearchFacet',
  'SearchHit',
  'SearchInterpretation',
  'SearchSuggestion',
  'SearchTermFacet',
  'SimilarEntry',
  'SolutionDraft',
  'Term',
  'UnderstoodWord',
  'UserError',
  'Viewer',
  'VisibilityReach',
  'WaysIn',
]

/** ESLint for `*.svelte` and `*.graphql`; everything else is oxlint's. */
const config: Linter.Config[] = [
  {
    ignores: [
      '**/*.{js,mjs,cjs}',
      '**/__generated__/**',
      '**/build/**',
      '**/dist/**',
      '**/.svelte-kit/**',
    ],
  },

  // At top level: inside `files` the preset would parse TypeScript as Svelte.
  ...svelte.configs.recommended,
  {
    files: ['**/*.svelte', '**/*.svelte.ts', '**/*.svelte.js'],
    languageOptions: { parserOptions: { parser: ts.parser } },
    rules: {
      // `export let`-style reactivity makes `const` wrong where only one of several names changes.
      'prefer-const': 'off',
      'svelte/prefer-const': ['error', { destructuring: 'all' }],
      // Links are localised by paraglide, not by `resolve`.
      'svelte/no-navigation-without-resolve': 'off',
      'svelte/button-has-type': 'error',
      'svelte/no-target-blank': 'error',
      'max-lines': ['error', { max: 400 }],
    },
  },

  {
    files: [sdl],
    plugins: { '@graphql-eslint': graphqlPlugin as never },
    languageOptions: {
      parser: graphqlPlugin.parser,
      parserOptions: { graphQLConfig },
    },
    rules: {
      ...graphqlPlugin.configs['flat/schema-recommended'].rules,
      ...graphqlPlugin.configs['flat/schema-relay'].rules,
      '@graphql-eslint/require-description': [
        'error',
        {
          types: true,
          DirectiveDefinition: true,
          EnumValueDefinition: true,
          FieldDefinition: true,
          InputValueDefinition: true,
          rootField: true,
        },
      ],
      // Lists are read forwards; a page back is the browser's own.
      '@graphql-eslint/relay-arguments': ['error', { includeBoth: false }],
      // Short lists that never page (`userErrors`, terms of an entry) are plain; a search hit is no node.
      '@graphql-eslint/relay-edge-types': [
        'error',
        {
          withEdgeSuffix: true,
          shouldImplementNode: false,
          listTypeCanWrapOnlyEdgeType: false,
        },
      ],
      // `viewerCan…` is the name of rights everywhere, `Viewer` included.
      '@graphql-eslint/no-typename-prefix': 'off',
      // Descriptions come from block or one-line strings alike.
      '@graphql-eslint/description-style': 'off',
      '@graphql-eslint/require-deprecation-reason': 'error',
      '@graphql-eslint/strict-id-in-types': [
        'error',
        {
          acceptedIdNames: ['id'],
          acceptedIdTypes: ['ID'],
          exceptions: { suffixes: ['Payload', 'Edge', 'Connection'], types: valueTypes },
        },
      ],
      // Files are named after domains and add their fields to Query and Mutation.
      '@graphql-eslint/naming-convention': [
        'error',
        {
          types: 'PascalCase',
          FieldDefinition: 'camelCase',
          InputValueDefinition: 'camelCase',
          Argument: 'camelCase',
          DirectiveDefinition: 'camelCase',
          EnumValueDefinition: 'UPPER_CASE',
        },
      ],
    },
  },
  {
    files: [pages, apiTests],
    plugins: { '@graphql-eslint': graphqlPlugin as never },
    languageOptions: {
      parser: graphqlPlugin.parser,
      parserOptions: { graphQLConfig },
    },
    rules: {
      ...graphqlPlugin.configs['flat/operations-recommended'].rules,
      // Of use to caches by id alone, and there is none.
      '@graphql-eslint/require-selections': 'off',
    },
  },
]

export default config
