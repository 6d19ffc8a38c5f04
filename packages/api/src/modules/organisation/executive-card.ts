import type { SqlEntityManager } from '@mikro-orm/postgresql'
import { createAccessCard } from '#modules/identity/card.service.ts'
import type { Viewer } from '#modules/identity/viewer.ts'

/** With this an executive comes in for the first time. */
export interface ExecutiveCard {
  /** Given once. */
  code: string
  /** ISO day. */
  expiresOn: string
}

/**
 * Issues the card of the first executive of an organisation in which nobody else could: for the rest
 * of the transaction, and no longer, whoever brought the organisation in counts among its managers.
 *
 * @param em of the transaction in which the executive got the role
 */
export async function issueExecutiveCard(
  em: SqlEntityManager,
  viewer: Viewer,
  request: { accountId: string; organisationId: string },
): Promise<ExecutiveCard> {
  const managed = [...viewer.managedOrganisationIds, request.organisationId]
  await setManaged(em, managed)
  const { code, expiresOn } = await createAccessCard(em, viewer, request)
  await setManaged(em, viewer.managedOrganisationIds)
  return { code, expiresOn }
}

async function setManaged(em: SqlEntityManager, organisationIds: string[]): Promise<void> {
  await em.execute(`select set_config('viewer.managed_organisation_ids', ?, true)`, [
    `{${organisationIds.join(',')}}`,
  ])
}
