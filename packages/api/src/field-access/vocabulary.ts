import type { FieldRules } from '#api/field-access/classes.ts'

/** Who sees the fields of `sdl/vocabulary.graphql`. */
export const vocabularyAccess = {
  'Query.fieldsOfWork': 'ANYBODY',
  'Query.competences': 'ANYBODY',
  'Query.toolCategories': 'ANYBODY',
  'Query.targetGroups': 'ANYBODY',
  'Query.sizeClasses': 'ANYBODY',
  'Query.umbrellas': 'ANYBODY',
  'Query.organisationKinds': 'ANYBODY',
  'Term.code': 'AS_OBJECT',
  'Term.label': 'AS_OBJECT',
  'Term.altLabels': 'AS_OBJECT',
  'Term.broader': 'AS_OBJECT',
  'Term.deprecated': 'AS_OBJECT',
} as const satisfies FieldRules
