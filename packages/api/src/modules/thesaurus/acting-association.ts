import type { Context } from '#api/context.ts'
import { UserFailure } from '#api/errors.ts'
import { uuidOf } from '#lib/global-id.ts'
import { authorize } from '#modules/identity/authorize.ts'
import { authorizePerson, type Person } from '#modules/identity/viewer.ts'
import { readManagedAssociationIds } from '#modules/thesaurus/thesaurus.repository.ts'

/** An editor of an association, and that association. */
interface Editor {
  viewer: Person
  associationId: string
}

/**
 * Requires somebody who manages an association, and says which one acts: the one that was named, else
 * the one that the viewer acts for, else the only one.
 *
 * @throws UNAUTHENTICATED; UserFailure FORBIDDEN, NOT_FOUND for an association that does not exist,
 * REQUIRED where the viewer manages several and named none
 */
export async function authorizeEditor(
  context: Context,
  wanted: string | null | undefined,
): Promise<Editor> {
  const { viewer, managed } = await authorizeAnyEditor(context)
  const path = ['input', 'associationId']
  if (wanted) {
    const uuid = uuidOf('Organisation', wanted)
    const organisation = uuid ? await context.loaders.organisation.load(uuid) : null
    if (!organisation) throw new UserFailure({ code: 'NOT_FOUND', path })
    authorize(managed.includes(organisation.id))
    return { viewer, associationId: organisation.id }
  }
  const own = managed.length === 1 ? managed : managed.filter((id) => id === viewer.organisationId)
  if (!own[0]) throw new UserFailure({ code: 'REQUIRED', path })
  return { viewer, associationId: own[0] }
}

/**
 * Requires somebody who manages an association, whichever.
 *
 * @throws UNAUTHENTICATED; UserFailure FORBIDDEN
 */
export async function authorizeAnyEditor(
  context: Context,
): Promise<{ viewer: Person; managed: string[] }> {
  const viewer = authorizePerson(context.viewer)
  const managed = await readManagedAssociationIds(context)
  authorize(managed.length > 0)
  return { viewer, managed }
}
