import type { ReadContext } from '#database/read.ts'
import { loadMany, loadOne } from '#lib/batch.ts'
import { readOpenClaimCounts } from '#modules/organisation/organisation-claim.repository.ts'
import {
  readAssociationsOf,
  readMemberCounts,
  readOrganisationsById,
} from '#modules/organisation/organisation.repository.ts'

/** What many rows of a request need of organisations, in one statement each. */
export function createOrganisationLoaders(context: ReadContext) {
  return {
    organisation: loadOne(
      (ids) => readOrganisationsById(context, ids),
      (row) => row.id,
    ),
    associationsOf: loadMany(
      (ids) => readAssociationsOf(context, ids),
      (row) => row.memberId,
    ),
    openClaimCount: loadOne(
      (ids) => readOpenClaimCounts(context, ids),
      (row) => row.organisationId,
    ),
    memberCount: loadOne(
      (ids) => readMemberCounts(context, ids),
      (row) => row.associationId,
    ),
  }
}
