import type { NameMediatorInput } from '#api/__generated__/resolvers.ts'
import type { Context } from '#api/context.ts'
import { UserFailure } from '#api/errors.ts'
import { uuidOf } from '#lib/global-id.ts'
import { unitOfWork } from '#lib/unit-of-work.ts'
import { audit } from '#modules/identity/audit.ts'
import { authorize } from '#modules/identity/authorize.ts'
import { authorizeContributor } from '#modules/identity/viewer.ts'
import { canNameMediator } from '#modules/mediation/mediation.policy.ts'
import { readMediated, readMediatingAssociations } from '#modules/mediation/mediator.repository.ts'
import type { OrganisationRow } from '#modules/organisation/organisation.entity.ts'
import { visibleOrganisations } from '#modules/organisation/organisation.service.ts'

/** Associations of an organisation that have a mediator today, by name. */
// public: row security shows mediators to the members of their association alone
export async function mediatingAssociations(
  context: Context,
  organisationId: string,
): Promise<OrganisationRow[]> {
  return visibleOrganisations(context, await readMediatingAssociations(context, organisationId))
}

/** Associations whose letters the viewer passes on. */
// public: row security shows to everybody what they mediate
export async function mediatedBy(context: Context): Promise<OrganisationRow[]> {
  if (context.viewer.managedOrganisationIds.length === 0) return []
  return visibleOrganisations(context, await readMediated(context))
}

/**
 * Names the mediator of an association, or takes the office back. The one before sees nothing more
 * from this moment on.
 *
 * @returns the UUID of the association
 * @throws UserFailure for what the caller can mend
 */
export async function nameMediator(context: Context, input: NameMediatorInput): Promise<string> {
  const viewer = authorizeContributor(context.viewer)
  const id = uuidOf('Organisation', input.associationId)
  const association = id ? await context.loaders.organisation.load(id) : null
  if (!association) throw new UserFailure({ code: 'NOT_FOUND', path: ['input', 'associationId'] })
  authorize(canNameMediator(viewer, association))
  const candidates = await context.loaders.mediatorCandidates.load(association.id)
  const accountId = input.candidateId ?? null
  if (accountId && !candidates.some((candidate) => candidate.id === accountId))
    throw new UserFailure({ code: 'NOT_FOUND', path: ['input', 'candidateId'] })
  await unitOfWork(context.em, async (em) => {
    if (accountId)
      await em.execute(
        `insert into mediator (association_id, account_id) values (?, ?)
         on conflict (association_id) do update set account_id = excluded.account_id`,
        [association.id, accountId],
      )
    else await em.execute('delete from mediator where association_id = ?', [association.id])
    await audit(em, viewer, {
      organisationId: association.id,
      action: accountId ? 'MEDIATOR_NAMED' : 'MEDIATOR_REMOVED',
      subject: accountId,
    })
  })
  context.loaders.mediatorName.clear(association.id)
  return association.id
}
