import type { FieldRules } from '#api/field-access/classes.ts'

/** Who sees the fields of `sdl/base.graphql`. */
export const baseAccess = {
  'Query.node': 'ANYBODY',
  'Query.nodes': 'ANYBODY',
  'PageInfo.hasNextPage': 'AS_OBJECT',
  'PageInfo.hasPreviousPage': 'AS_OBJECT',
  'PageInfo.startCursor': 'AS_OBJECT',
  'PageInfo.endCursor': 'AS_OBJECT',
  'Count.value': 'AS_OBJECT',
  'Count.isExact': 'AS_OBJECT',
  'UserError.code': 'AS_OBJECT',
  'UserError.message': 'AS_OBJECT',
  'UserError.path': 'AS_OBJECT',
} as const satisfies FieldRules
