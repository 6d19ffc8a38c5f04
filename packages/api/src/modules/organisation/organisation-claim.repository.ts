import sql, { raw } from 'sql-template-tag'
import { read, type ReadContext } from '#database/read.ts'
import type { Cursors } from '#lib/cursor.ts'
import { type Page, type PageArguments, readPage } from '#lib/page.ts'
import { visitor } from '#modules/identity/viewer.ts'
import type {
  ClaimStatusRow,
  OrganisationClaimRow,
} from '#modules/organisation/organisation-claim.entity.ts'

/** Columns of an `OrganisationClaimRow`; the hash of the secret is not for the app to read. */
export const claimColumns = `id, organisation_id as "organisationId", reference,
  claimant_name as "claimantName", claimant_role as "claimantRole",
  claimant_contact as "claimantContact", state, submitted_on::text as "submittedOn"`

/** A page of the open claims that the viewer decides on, the oldest first. */
export function readOpenClaims(
  context: ReadContext & { cursors: Cursors },
  page: PageArguments,
): Promise<Page<OrganisationClaimRow>> {
  return readPage(context, page, {
    columns: raw(claimColumns),
    from: sql`organisation_claim`,
    conditions: [sql`state = 'OPEN'`],
    ordering: {
      columns: [
        { sql: 'submitted_on', type: 'date' },
        { sql: 'id', type: 'uuid' },
      ],
      direction: 'asc',
    },
  })
}

/** How many open claims there are to each of these organisations, of those the viewer decides on. */
export function readOpenClaimCounts(
  context: ReadContext,
  organisationIds: string[],
): Promise<{ organisationId: string; count: number }[]> {
  return read(
    context,
    sql`select organisation_id as "organisationId", count(*)::int as count from organisation_claim
      where organisation_id = any(${organisationIds}::uuid[]) and state = 'OPEN'
      group by organisation_id`,
  )
}

/** How the claim with this secret stands. */
export async function readClaimStatus(
  context: Pick<ReadContext, 'pool'>,
  secretHash: Buffer,
): Promise<ClaimStatusRow | null> {
  const [claim] = await read<ClaimStatusRow>(
    { pool: context.pool, viewer: visitor },
    sql`select reference, organisation_id as "organisationId", state, reason,
      submitted_on::text as "submittedOn" from find_claim(${secretHash})`,
  )
  return claim ?? null
}
