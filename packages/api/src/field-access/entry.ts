import type { FieldRules } from '#api/field-access/classes.ts'

/** Who sees the fields of `sdl/entry.graphql`. */
export const entryAccess = {
  'Query.visibilityReach': 'MEMBERS',
  'VisibilityReach.visibility': 'AS_OBJECT',
  'VisibilityReach.organisationCount': 'AS_OBJECT',
  'VisibilityReach.organisations': 'AS_OBJECT',
  'EntryVersion.number': 'AS_OBJECT',
  'EntryVersion.title': 'AS_OBJECT',
  'EntryVersion.summary': 'AS_OBJECT',
  'EntryVersion.body': 'AS_OBJECT',
  'EntryVersion.changeNote': 'AS_OBJECT',
  'EntryVersion.asOf': 'AS_OBJECT',
} as const satisfies FieldRules
