import type { ReadContext } from '#database/read.ts'
import { loadOne } from '#lib/batch.ts'
import { readMembersById } from '#modules/team/team.repository.ts'

/** What many rows of a request need of the people of an organisation. */
export function createTeamLoaders(context: ReadContext) {
  return {
    teamMember: loadOne(
      (ids) => readMembersById(context, ids),
      (row) => row.id,
    ),
  }
}
