import { LockMode } from '@mikro-orm/postgresql'
import { limits } from '@netzwerkdiakonie/schema'
import type { UpdateOrganisationInput } from '#api/__generated__/resolvers.ts'
import type { Context } from '#api/context.ts'
import { UserFailure } from '#api/errors.ts'
import { unitOfWork } from '#lib/unit-of-work.ts'
import { InputCheck } from '#modules/entry/input.ts'
import { audit } from '#modules/identity/audit.ts'
import { authorize } from '#modules/identity/authorize.ts'
import { authorizeContributor } from '#modules/identity/viewer.ts'
import { findOrganisation } from '#modules/organisation/find-organisation.ts'
import { canManage } from '#modules/organisation/organisation.policy.ts'
import { toWebsite } from '#modules/organisation/website.ts'

/**
 * Changes what an organisation says of itself.
 *
 * @returns the UUID of the organisation
 * @throws UserFailure for what the caller can mend
 */
export async function updateOrganisation(
  context: Context,
  input: UpdateOrganisationInput,
): Promise<string> {
  const viewer = authorizeContributor(context.viewer)
  return unitOfWork(context.em, async (em) => {
    const organisation = await findOrganisation(em, input.id)
    authorize(canManage(viewer, organisation.id))
    await em.refresh(organisation, { lockMode: LockMode.PESSIMISTIC_WRITE })
    if (input.version != null && input.version !== organisation.version)
      throw new UserFailure({ code: 'CHANGED_MEANWHILE', path: ['input', 'version'] })
    const check = new InputCheck()
    const { description, website, fieldsOfWork, seat, sizeClass, states } = input
    if (description !== undefined)
      organisation.description = check.text('description', description, {
        max: limits.organisationDescription,
      })
    if (website !== undefined) organisation.website = checkWebsite(check, website)
    if (fieldsOfWork !== undefined)
      organisation.fieldsOfWork = check.codes('fieldsOfWork', 'fieldsOfWork', fieldsOfWork, {
        max: limits.organisationFieldsOfWork,
      })
    if (seat !== undefined)
      organisation.seat = check.text('seat', seat, { max: limits.seat }) || null
    if (sizeClass !== undefined)
      organisation.sizeClass =
        check.codes('sizeClass', 'sizeClasses', sizeClass ? [sizeClass] : [], { max: 1 })[0] ?? null
    if (states !== undefined)
      organisation.states = check.text('states', states, { max: limits.states }) || null
    check.done()
    organisation.version += 1
    await audit(em, viewer, {
      organisationId: organisation.id,
      action: 'SELF_DESCRIPTION_CHANGED',
      details: { version: organisation.version },
    })
    return organisation.id
  })
}

function checkWebsite(check: InputCheck, value: string | null): string | null {
  const text = check.text('website', value, { max: limits.website })
  const website = text ? toWebsite(text) : null
  if (text && !website) check.fault('website', { code: 'NO_WEB_ADDRESS' })
  return website
}
