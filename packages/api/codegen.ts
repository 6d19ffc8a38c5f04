import type { CodegenConfig } from '@graphql-codegen/cli'

const scalars = { Date: 'string' }

export default {
  schema: '../schema/src/sdl/*.graphql',
  generates: {
    'src/__generated__/resolvers.ts': {
      plugins: ['typescript', 'typescript-resolvers'],
      config: {
        contextType: '../context.ts#Context',
        enumsAsTypes: true,
        useTypeImports: true,
        strictScalars: true,
        scalars,
        defaultScalarType: 'unknown',
        importExtension: '.ts',
        mappers: {
          Organisation: '../modules/organisation/organisation.entity.ts#OrganisationRow',
          Problem: '../modules/problem/problem.entity.ts#ProblemRow',
          AnonymityPreview:
            '../modules/problem/anonymity.service.ts#AnonymityPreviewRow as AnonymityPreviewRow',
          MediatorCandidate:
            '../modules/mediation/mediator.repository.ts#MediatorCandidateRow',
          MediationMessage:
            '../modules/mediation/mediation-message.entity.ts#MediationMessageRow',
          MediationMessageConnection:
            '../modules/mediation/mediation-message.entity.ts#MediationMessagePage',
          VisibilityReach: '../modules/entry/reach.service.ts#Reach',
          Answer: '../modules/problem/answer.entity.ts#AnswerRow',
          Solution: '../modules/solution/solution.entity.ts#SolutionRow',
          Term: '@netzwerkdiakonie/schema/vocabularies#VocabularyTerm',
          Viewer: '../modules/identity/viewer.ts#Viewer as ViewerRow',
          AnswerConnection: '../modules/problem/answer.entity.ts#AnswerPage',
          ProblemConnection: '../modules/problem/problem.entity.ts#ProblemPage',
          SolutionConnection: '../modules/solution/solution.entity.ts#SolutionPage',
          DemoAccount: '../modules/identity/demo-accounts.ts#DemoAccountRow',
          OrganisationConnection: '../modules/organisation/organisation.entity.ts#OrganisationPage',
          RoleAssignment: '../modules/identity/viewer.ts#RoleAssignmentRow',
          SolutionDraft:
            '../modules/solution/solution-draft.service.ts#SolutionDraft as SolutionDraftRow',
          SearchConnection: '../modules/search/search.service.ts#SearchPage',
          SearchHit: '../modules/search/hit.ts#SearchHitRow',
          EntryVersion: '../modules/entry/entry.entity.ts#EntryVersionRow',
        },
        resolversNonOptionalTypename: { unionMember: true, interfaceImplementation: true },
      },
    },
    'test/__generated__/operations.ts': {
      documents: 'test/**/*.graphql',
      plugins: ['typescript-operations', 'typed-document-node'],
      config: {
        enumsAsTypes: true,
        useTypeImports: true,
        strictScalars: true,
        scalars,
        documentMode: 'string',
      },
    },
  },
} satisfies CodegenConfig
