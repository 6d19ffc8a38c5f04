import type { SqlEntityManager } from '@mikro-orm/postgresql'
import { UserFailure } from '#api/errors.ts'
import { uuidOf } from '#lib/global-id.ts'
import { Organisation } from '#modules/organisation/organisation.entity.ts'

/**
 * The organisation behind an opaque id, for a change within the unit of work of `em`.
 *
 * @throws UserFailure NOT_FOUND
 */
export async function findOrganisation(
  em: SqlEntityManager,
  id: string,
  field = 'id',
): Promise<Organisation> {
  const uuid = uuidOf('Organisation', id)
  const organisation = uuid ? await em.findOne(Organisation, uuid) : null
  if (!organisation) throw new UserFailure({ code: 'NOT_FOUND', path: ['input', field] })
  return organisation
}
