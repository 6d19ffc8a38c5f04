import type { MikroORM } from '@mikro-orm/postgresql'
import type { Context } from '#api/context.ts'
import { Membership } from '#modules/organisation/membership.entity.ts'
import { Organisation, type OrganisationRow } from '#modules/organisation/organisation.entity.ts'
import {
  matchesOrganisation,
  readAssociations,
  readOrganisationIds,
  readOrganisations,
} from '#modules/organisation/organisation.repository.ts'

export { matchesOrganisation }

/** What every pseudonym is called: the same for all, so that it tells nothing. */
export const pseudonymName = {
  de: 'Eine Organisation, die ungenannt bleibt',
  en: 'An organisation that stays unnamed',
}

/** A page of the directory. */
// public: the directory of organisations is open to everybody
export const listOrganisations = readOrganisations

/** All associations. */
// public: the directory of organisations is open to everybody
export const listAssociations = readAssociations

/**
 * The organisation with this UUID.
 *
 * @throws if the viewer cannot see it, which would be a fault of ours: owners of visible rows are visible
 */
// public: the directory of organisations is open to everybody
export async function organisationById(context: Context, id: string): Promise<OrganisationRow> {
  const row = await context.loaders.organisation.load(id)
  if (!row) throw new Error(`The owner ${id} of a visible row is not visible`)
  return row
}

/** Those of these organisations that the viewer may see: a pseudonym may be hidden. */
// public: row security shows to everybody what they may see
export async function visibleOrganisations(
  context: Context,
  ids: readonly string[],
): Promise<OrganisationRow[]> {
  const rows = await Promise.all(ids.map((id) => context.loaders.organisation.load(id)))
  return rows.filter((row) => row !== null)
}

/**
 * Organisations by their ids or codes, as a form names them. Pseudonyms cannot be named.
 *
 * @returns the UUID behind each value; null where nothing is
 */
// public: the directory of organisations is open to everybody
export const findOrganisations = readOrganisationIds

/**
 * Merges an association into another on a day: memberships of the first end, those who were not
 * members of the second become so for as long as they would have stayed, and the id of the first
 * keeps resolving and tells its successor from that day on.
 *
 * @param orm connected as the owner of all tables: associations merge by an operator's command
 * @throws if a code is unknown or both are the same
 */
// public: callers hold the operator's login, there is no viewer
export async function mergeAssociations(
  orm: MikroORM,
  merge: { from: string; into: string; on: string },
): Promise<void> {
  await orm.em.fork().transactional(async (em) => {
    const from = await em.findOneOrFail(Organisation, { code: merge.from })
    const into = await em.findOneOrFail(Organisation, { code: merge.into })
    if (from === into) throw new Error('An association cannot merge into itself')
    from.mergedIntoId = into.id
    from.mergedOn = merge.on
    const afterwards = { $or: [{ validUntil: null }, { validUntil: { $gt: merge.on } }] }
    const ending = await em.find(Membership, { associationId: from.id, ...afterwards })
    const staying = await em.find(Membership, { associationId: into.id, ...afterwards })
    const alreadyIn = new Set(staying.map(({ organisationId }) => organisationId))
    for (const membership of ending) {
      const { organisationId, validFrom, validUntil } = membership
      // What would only have begun after the merger never does.
      if (validFrom < merge.on) membership.validUntil = merge.on
      else em.remove(membership)
      if (!alreadyIn.has(organisationId) && organisationId !== into.id)
        em.create(Membership, {
          organisationId,
          associationId: into.id,
          validFrom: validFrom < merge.on ? merge.on : validFrom,
          validUntil: validUntil ?? null,
        })
    }
  })
}
