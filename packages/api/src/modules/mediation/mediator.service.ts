import type { Context } from '#api/context.ts'
import { readMediatingAssociations } from '#modules/mediation/mediator.repository.ts'
import { visibleOrganisations } from '#modules/organisation/organisation.service.ts'
import type { OrganisationRow } from '#modules/organisation/organisation.entity.ts'

/** Associations of an organisation that have a mediator today, by name. */
// public: row security shows mediators to the members of their association alone
export async function mediatingAssociations(
  context: Context,
  organisationId: string,
): Promise<OrganisationRow[]> {
  return visibleOrganisations(context, await readMediatingAssociations(context, organisationId))
}
