import type { FieldRules } from '#api/field-access/classes.ts'

/** Who sees the fields of `sdl/search.graphql`. */
export const searchAccess = {
  'Query.search': 'ANYBODY',
  'SearchConnection.edges': 'AS_OBJECT',
  'SearchConnection.pageInfo': 'AS_OBJECT',
  'SearchConnection.totalCount': 'AS_OBJECT',
  'SearchConnection.facets': 'AS_OBJECT',
  'SearchEdge.cursor': 'AS_OBJECT',
  'SearchEdge.node': 'AS_OBJECT',
  'SearchHit.entry': 'AS_OBJECT',
  'SearchHit.title': 'AS_OBJECT',
  'SearchHit.highlight': 'AS_OBJECT',
  'SearchHit.reason': 'AS_OBJECT',
  'SearchFacet.kind': 'AS_OBJECT',
  'SearchFacet.count': 'AS_OBJECT',
} as const satisfies FieldRules
