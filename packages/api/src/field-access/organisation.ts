import type { FieldRules } from '#api/field-access/classes.ts'

/** Who sees the fields of `sdl/organisation.graphql`. */
export const organisationAccess = {
  'Query.organisations': 'ANYBODY',
  'Query.organisation': 'ANYBODY',
  'Query.associations': 'ANYBODY',
  'Organisation.id': 'AS_OBJECT',
  'Organisation.code': 'AS_OBJECT',
  'Organisation.name': 'AS_OBJECT',
  'Organisation.kind': 'AS_OBJECT',
  'Organisation.umbrella': 'AS_OBJECT',
  'Organisation.sizeClass': 'AS_OBJECT',
  'Organisation.seat': 'AS_OBJECT',
  'Organisation.states': 'AS_OBJECT',
  'Organisation.claimed': 'AS_OBJECT',
  'Organisation.associations': 'AS_OBJECT',
  'Organisation.memberCount': 'AS_OBJECT',
  'Organisation.mergedInto': 'AS_OBJECT',
  'OrganisationConnection.edges': 'AS_OBJECT',
  'OrganisationConnection.pageInfo': 'AS_OBJECT',
  'OrganisationConnection.totalCount': 'AS_OBJECT',
  'OrganisationEdge.cursor': 'AS_OBJECT',
  'OrganisationEdge.node': 'AS_OBJECT',
} as const satisfies FieldRules
