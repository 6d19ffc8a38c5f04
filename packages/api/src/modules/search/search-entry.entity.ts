import { defineEntity, p } from '@mikro-orm/core'
import { ownerPolicy, visiblePublished } from '#database/policies.ts'
import { entryStates, visibilities } from '#modules/entry/entry.entity.ts'

/** What can be found, by kind. */
const searchKinds = ['PROBLEM', 'SOLUTION', 'TOOL', 'ORGANISATION'] as const

/**
 * One row of the index: a problem, solution or organisation, or an answer, which leads to its problem.
 * Triggers keep all of it but the terms, which the indexer writes.
 */
export const SearchEntry = defineEntity({
  name: 'SearchEntry',
  tableName: 'search_entry',
  rowLevelSecurity: 'force',
  policies: [ownerPolicy, { name: 'read_visible', command: 'select', using: visiblePublished }],
  properties: {
    /** That of the row it stands for. */
    id: p.uuid().primary(),
    /** What is found: the problem of an answer, else itself. */
    entryId: p.uuid(),
    kind: p.enum(searchKinds).columnType('text'),
    part: p.enum(['ENTRY', 'ANSWER'] as const).columnType('text'),
    organisationId: p.uuid(),
    visibility: p.enum(visibilities).columnType('text'),
    selectedOrganisationIds: p.array().columnType('uuid[]').defaultRaw("'{}'"),
    state: p.enum(entryStates).columnType('text'),
    title: p.string().columnType('text'),
    fieldsOfWork: p.array().columnType('text[]').defaultRaw("'{}'"),
    competences: p.array().columnType('text[]').defaultRaw("'{}'"),
    toolCategories: p.array().columnType('text[]').defaultRaw("'{}'"),
    /** Of its organisation. */
    umbrella: p.string().columnType('text').nullable(),
    asOf: p.date().nullable(),
    /** First day on which it is part of another organisation. */
    endsOn: p.date().nullable(),
    titleLexemes: p.string().columnType('tsvector').defaultRaw("''").lazy(),
    lexemes: p.string().columnType('tsvector').defaultRaw("''").lazy(),
    /** 0 while its terms are waited for. */
    analyserVersion: p.smallint().default(0),
  },
  indexes: [
    {
      name: 'search_entry_lexemes_index',
      expression:
        'create index search_entry_lexemes_index on search_entry using gin (lexemes) with (gin_pending_list_limit = 512) where analyser_version <> 0',
    },
    {
      name: 'search_entry_title_lexemes_index',
      expression:
        'create index search_entry_title_lexemes_index on search_entry using gin (title_lexemes) with (gin_pending_list_limit = 256) where analyser_version <> 0',
    },
    { properties: ['organisationId'] },
    {
      name: 'search_entry_answer_index',
      expression:
        "create index search_entry_answer_index on search_entry (entry_id) where part = 'ANSWER'",
    },
    {
      name: 'search_entry_waiting_index',
      expression:
        'create index search_entry_waiting_index on search_entry (id) where analyser_version = 0',
    },
    {
      name: 'search_entry_as_of_index',
      expression:
        'create index search_entry_as_of_index on search_entry (as_of desc nulls last, id)',
    },
    {
      name: 'search_entry_title_index',
      expression:
        'create index search_entry_title_index on search_entry (lower(title) text_pattern_ops)',
    },
  ],
})

/** How many entries hold a term, of those that everybody sees and of those that all members see. */
export const SearchTerm = defineEntity({
  name: 'SearchTerm',
  tableName: 'search_term',
  rowLevelSecurity: 'force',
  policies: [ownerPolicy],
  properties: {
    term: p.string().columnType('text').primary(),
    publicCount: p.integer(),
    memberCount: p.integer(),
  },
  indexes: [
    {
      name: 'search_term_trigram_index',
      expression:
        'create index search_term_trigram_index on search_term using gin (term gin_trgm_ops)',
    },
  ],
})

/** How many entries there are, and when terms were last counted. One row. */
export const SearchStatistics = defineEntity({
  name: 'SearchStatistics',
  tableName: 'search_statistics',
  rowLevelSecurity: 'force',
  policies: [ownerPolicy],
  properties: {
    onlyRow: p.boolean().primary().default(true),
    publicCount: p.integer().default(0),
    memberCount: p.integer().default(0),
    countedAt: p.datetime().columnType('timestamptz').defaultRaw("'-infinity'"),
    /** How long counting took last time. */
    countingSeconds: p.float().columnType('real').default(0),
  },
  checks: [{ name: 'search_statistics_only_row_check', expression: 'only_row' }],
})
