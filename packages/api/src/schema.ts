import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { makeExecutableSchema } from '@graphql-tools/schema'
import { nodesLimit } from '@netzwerkdiakonie/schema'
import { GraphQLScalarType, type GraphQLSchema } from 'graphql'
import { LocalDateResolver } from 'graphql-scalars'
import type { Resolvers } from '#api/__generated__/resolvers.ts'
import type { Context } from '#api/context.ts'
import { badUserInput } from '#api/errors.ts'
import { fieldAccess } from '#api/field-access/index.ts'
import { type Classification, guardFields } from '#api/field-access/guard.ts'
import { fromGlobalId } from '#lib/global-id.ts'
import { entryResolvers } from '#modules/entry/entry.resolvers.ts'
import { identityResolvers } from '#modules/identity/identity.resolvers.ts'
import { mediationResolvers } from '#modules/mediation/mediation.resolvers.ts'
import { moderationResolvers } from '#modules/moderation/moderation.resolvers.ts'
import { associationResolvers } from '#modules/organisation/association.resolvers.ts'
import { organisationClaimResolvers } from '#modules/organisation/organisation-claim.resolvers.ts'
import { organisationUnitResolvers } from '#modules/organisation/organisation-unit.resolvers.ts'
import { passkeyResolvers } from '#modules/identity/passkey.resolvers.ts'
import { singleSignOnResolvers } from '#modules/identity/single-sign-on.resolvers.ts'
import { organisationResolvers } from '#modules/organisation/organisation.resolvers.ts'
import { privacyResolvers } from '#modules/privacy/privacy.resolvers.ts'
import { answerResolvers } from '#modules/problem/answer.resolvers.ts'
import { problemResolvers } from '#modules/problem/problem.resolvers.ts'
import { savedSearchResolvers } from '#modules/search/saved-search.resolvers.ts'
import { searchResolvers } from '#modules/search/search.resolvers.ts'
import { solutionResolvers } from '#modules/solution/solution.resolvers.ts'
import { teamResolvers } from '#modules/team/team.resolvers.ts'
import { thesaurusResolvers } from '#modules/thesaurus/thesaurus.resolvers.ts'
import { vocabularyResolvers } from '#modules/vocabulary/vocabulary.resolvers.ts'

/** The contract as SDL. */
export const typeDefs = readFileSync(
  createRequire(import.meta.url).resolve('@netzwerkdiakonie/schema/schema.graphql'),
  'utf8',
)

const nodeResolvers: Resolvers = {
  Query: {
    node: (_, { id }, context) => loadNode(id, context),
    nodes: (_, { ids }, context) => {
      if (ids.length > nodesLimit) throw badUserInput(`ids must not be more than ${nodesLimit}.`)
      return Promise.all(ids.map((id) => loadNode(id, context)))
    },
  },
}

// A day has no time zone: it stays the text that it is, instead of becoming an instant.
const day = new GraphQLScalarType({ ...LocalDateResolver.toConfig(), name: 'Date' })

/**
 * The executable contract, with the check of its class before every field.
 *
 * @param access the classes of all fields
 * @throws for a field without a class
 */
export function createSchema(access: Classification = fieldAccess): GraphQLSchema {
  const schema = makeExecutableSchema<Context>({
    typeDefs,
    resolvers: [
      { Date: day },
      nodeResolvers,
      vocabularyResolvers,
      organisationResolvers,
      organisationUnitResolvers,
      organisationClaimResolvers,
      associationResolvers,
      identityResolvers,
      passkeyResolvers,
      singleSignOnResolvers,
      entryResolvers,
      problemResolvers,
      answerResolvers,
      solutionResolvers,
      searchResolvers,
      savedSearchResolvers,
      mediationResolvers,
      privacyResolvers,
      moderationResolvers,
      teamResolvers,
      thesaurusResolvers,
    ],
  })
  return guardFields(schema, access)
}

async function loadNode(id: string, { loaders }: Context) {
  const node = fromGlobalId(id)
  if (!node) return null
  const byType = {
    Organisation: loaders.organisation,
    Problem: loaders.problem,
    Answer: loaders.answer,
    Solution: loaders.solution,
    TeamMember: loaders.teamMember,
    SavedSearch: loaders.savedSearch,
    MissedSearch: loaders.missedSearch,
    SynonymGroup: loaders.synonymGroup,
    SearchInvitation: loaders.searchInvitation,
  }
  const row = await byType[node.type].load(node.uuid)
  return row && ({ ...row, __typename: node.type } as never)
}
