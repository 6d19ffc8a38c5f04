import { LockMode, type SqlEntityManager } from '@mikro-orm/postgresql'
import { mandateMonths } from '@netzwerkdiakonie/schema'
import type { GrantMandateInput } from '#api/__generated__/resolvers.ts'
import type { Context } from '#api/context.ts'
import { UserFailure } from '#api/errors.ts'
import { today } from '#lib/today.ts'
import { unitOfWork } from '#lib/unit-of-work.ts'
import { authorize } from '#modules/identity/authorize.ts'
import { authorizeContributor, roleIn, type Viewer } from '#modules/identity/viewer.ts'
import { auditBoth, type Pair } from '#modules/organisation/audit-both.ts'
import { findOrganisation } from '#modules/organisation/find-organisation.ts'
import { Mandate, type MandateRow } from '#modules/organisation/mandate.entity.ts'
import {
  readHoldingMandates,
  readMandate,
  readMandates,
} from '#modules/organisation/membership.repository.ts'
import { notFound, requireUuid } from '#modules/organisation/opaque-uuid.ts'
import {
  canGrantMandate,
  canManage,
  isMandatedRole,
} from '#modules/organisation/organisation.policy.ts'

/** A page of mandates. */
// public: row security shows a mandate to the people of its two sides
export const listMandates = readMandates

/** The mandate with this UUID. */
// public: row security shows a mandate to the people of its two sides
export const mandateById = readMandate

/** Mandates by which the viewer may act for organisations in which they have no role of their own. */
// public: nobody is shown more than the mandates of their own associations
export async function listActingMandates(
  context: Pick<Context, 'pool' | 'viewer'>,
): Promise<MandateRow[]> {
  const { viewer } = context
  const associationIds = viewer.roleAssignments
    .filter(({ role }) => isMandatedRole(role))
    .map(({ organisationId }) => organisationId)
  if (associationIds.length === 0) return []
  const mandates = await readHoldingMandates(context, associationIds)
  return mandates.filter(({ organisationId }) => roleIn(viewer, organisationId) === null)
}

/**
 * Lets an association post and edit for an organisation that belongs to it. An earlier mandate of the
 * two ends with that, so that the last day is always the one that was said last.
 *
 * @returns the UUID of the mandate
 * @throws UserFailure for what the caller can mend
 */
export async function grantMandate(context: Context, input: GrantMandateInput): Promise<string> {
  const viewer = authorizeContributor(context.viewer)
  return unitOfWork(context.em, async (em) => {
    const organisation = await findOrganisation(em, input.organisationId, 'organisationId')
    authorize(canGrantMandate(viewer, organisation.id))
    const association = await findOrganisation(em, input.associationId, 'associationId')
    await em.refresh(organisation, { lockMode: LockMode.PESSIMISTIC_WRITE })
    const pair = { organisationId: organisation.id, associationId: association.id }
    const [membership] = await em.execute<object[]>(
      'select from current_membership where organisation_id = ? and association_id = ?',
      [pair.organisationId, pair.associationId],
    )
    if (!membership)
      throw new UserFailure({ code: 'WRONG_STATE', path: ['input', 'associationId'] })
    await checkLastDay(em, input.lastDay)
    await em.nativeUpdate(Mandate, { ...pair, revokedOn: null }, { revokedOn: today() })
    const id = crypto.randomUUID()
    await em.execute(
      'insert into mandate (id, organisation_id, association_id, last_day) values (?, ?, ?, ?)',
      [id, pair.organisationId, pair.associationId, input.lastDay],
    )
    await auditBoth(em, viewer, pair, {
      action: 'MANDATE_GRANTED',
      subject: id,
      details: { lastDay: input.lastDay },
    })
    return id
  })
}

/**
 * Ends a mandate at once: the next request of whoever acts by it acts for the association again.
 *
 * @returns the UUID of the mandate
 * @throws UserFailure for what the caller can mend
 */
export async function revokeMandate(context: Context, id: string): Promise<string> {
  const viewer = authorizeContributor(context.viewer)
  return unitOfWork(context.em, async (em) => {
    const mandate = await em.findOne(Mandate, requireUuid(id))
    if (!mandate) throw notFound()
    authorize(canManage(viewer, mandate.organisationId))
    if (mandate.revokedOn) throw new UserFailure({ code: 'WRONG_STATE', path: ['input', 'id'] })
    mandate.revokedOn = today()
    await auditBoth(em, viewer, mandate, { action: 'MANDATE_REVOKED', subject: mandate.id })
    return mandate.id
  })
}

/** Writes to the logs of both sides that somebody acts by a mandate from now on. */
// public: whoever calls this has just found the mandate among those of the viewer
export function auditActing(
  em: SqlEntityManager,
  viewer: Viewer,
  mandate: Pair & { id: string },
): Promise<void> {
  return auditBoth(em, viewer, mandate, { action: 'ACTED_BY_MANDATE', subject: mandate.id })
}

async function checkLastDay(em: SqlEntityManager, lastDay: string): Promise<void> {
  const [days] = await em.execute<{ inRange: boolean }[]>(
    `select ?::date between current_date and (current_date + interval '${mandateMonths} months')::date
       as "inRange"`,
    [lastDay],
  )
  if (!days?.inRange)
    throw new UserFailure({ code: 'DAY_OUT_OF_RANGE', path: ['input', 'lastDay'] })
}
