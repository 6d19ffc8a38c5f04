import type { SqlEntityManager } from '@mikro-orm/postgresql'
import { limits } from '@netzwerkdiakonie/schema'
import type {
  RefuseOrganisationClaimInput,
  SubmitOrganisationClaimInput,
} from '#api/__generated__/resolvers.ts'
import type { Context } from '#api/context.ts'
import { UserFailure } from '#api/errors.ts'
import { hashToken, newSessionToken } from '#lib/secret-token.ts'
import { unitOfWork } from '#lib/unit-of-work.ts'
import { InputCheck } from '#modules/entry/input.ts'
import { audit, type AuditAction } from '#modules/identity/audit.ts'
import { createAccount } from '#modules/identity/card.service.ts'
import { networkOf, takeAttempt, tooManyAttempts } from '#modules/identity/throttle.ts'
import { authorizeContributor, type Viewer } from '#modules/identity/viewer.ts'
import { type ExecutiveCard, issueExecutiveCard } from '#modules/organisation/executive-card.ts'
import { findOrganisation } from '#modules/organisation/find-organisation.ts'
import { notFound, requireUuid } from '#modules/organisation/opaque-uuid.ts'
import type {
  ClaimStatusRow,
  OrganisationClaimRow,
} from '#modules/organisation/organisation-claim.entity.ts'
import {
  claimColumns,
  readClaimStatus,
  readOpenClaims,
} from '#modules/organisation/organisation-claim.repository.ts'
import { newReference } from '#modules/organisation/reference.ts'

/** What came of confirming a claim. */
export interface ConfirmedClaim {
  organisationId: string
  executive: string
  card: ExecutiveCard
}

/** Claims from one network in a day; a town hall with many offices shares one address. */
const claimsPerDay = 10

/** A page of open claims. */
// public: row security shows a claim to those who decide on it
export const listOpenClaims = readOpenClaims

/** How a claim stands, or null if nobody was given this secret in the last 60 days. */
// public: the secret is what shows that one may know
export function findClaimStatus(context: Context, secret: string): Promise<ClaimStatusRow | null> {
  return readClaimStatus(context, hashToken(secret))
}

/**
 * Says that somebody answers for an organisation that nobody has taken over yet. Several may: those
 * who decide see all of them.
 *
 * @returns what both sides call the claim, and the secret with which the claimant looks after it
 * @throws UserFailure for what the caller can mend
 */
// public: who claims an organisation has no account yet
export async function submitClaim(
  context: Context,
  input: SubmitOrganisationClaimInput,
): Promise<{ reference: string; secret: string }> {
  const check = new InputCheck()
  const name = check.text('claimantName', input.claimantName, {
    max: limits.displayName,
    required: true,
  })
  const role = check.text('claimantRole', input.claimantRole, {
    max: limits.claimantRole,
    required: true,
  })
  const contact = check.text('claimantContact', input.claimantContact, {
    max: limits.claimantContact,
    required: true,
  })
  check.done()
  const organisation = await findOrganisation(context.em, input.organisationId, 'organisationId')
  if (organisation.claimed || organisation.mergedIntoId)
    throw new UserFailure({ code: 'WRONG_STATE', path: ['input', 'organisationId'] })
  const attempt = await takeAttempt(context, {
    name: 'claims from a network',
    key: networkOf(context.clientAddress),
    limit: claimsPerDay,
    perSeconds: 86_400,
  })
  if (!attempt.allowed) throw tooManyAttempts(attempt)
  const reference = newReference()
  const secret = newSessionToken()
  await unitOfWork(context.em, async (em) => {
    await em.execute(
      `insert into organisation_claim
         (id, organisation_id, reference, secret_hash, claimant_name, claimant_role, claimant_contact)
       values (?, ?, ?, ?, ?, ?, ?)`,
      [crypto.randomUUID(), organisation.id, reference, hashToken(secret), name, role, contact],
    )
  })
  return { reference, secret }
}

/**
 * Confirms a claim: its first executive gets an account and a card, what is stored of the claimant
 * beyond the name on the account goes, and other claims to the organisation are refused.
 *
 * @throws UserFailure NOT_FOUND unless the viewer decides on it, WRONG_STATE once somebody has taken
 *   the organisation over
 */
export async function confirmClaim(context: Context, id: string): Promise<ConfirmedClaim> {
  const viewer = authorizeContributor(context.viewer)
  return unitOfWork(context.em, async (em) => {
    const claim = await findClaim(em, id)
    return carryOut(em, viewer, claim, 'confirm_claim')
  })
}

/**
 * Refuses a claim; what is stored of the claimant goes.
 *
 * @returns the UUID of the organisation
 * @throws UserFailure for what the caller can mend
 */
export async function refuseClaim(
  context: Context,
  input: RefuseOrganisationClaimInput,
): Promise<string> {
  const viewer = authorizeContributor(context.viewer)
  return unitOfWork(context.em, async (em) => {
    const claim = await findClaim(em, input.id)
    const check = new InputCheck()
    const reason = check.text('reason', input.reason, {
      max: limits.refusalReason,
      required: true,
    })
    check.done()
    await refuse(em, viewer, claim, reason)
    return claim.organisationId
  })
}

/** Refuses a claim in the transaction of `em`, and forgets who claimed. */
// public: callers have found the claim among those that they decide on
export async function refuse(
  em: SqlEntityManager,
  viewer: Viewer,
  claim: OrganisationClaimRow,
  reason: string,
): Promise<void> {
  await em.execute(
    `update organisation_claim set state = 'REFUSED', reason = ?,
       claimant_name = null, claimant_role = null, claimant_contact = null
     where id = ? and state = 'OPEN'`,
    [reason, claim.id],
  )
  await auditDecision(em, viewer, claim, 'CLAIM_REFUSED')
}

/**
 * Makes the executive of a claimed organisation, in the transaction of `em`.
 *
 * @param confirm the function that decides whether this may be
 * @throws UserFailure WRONG_STATE if not
 */
// public: callers have found the claim among those that they decide on
export async function carryOut(
  em: SqlEntityManager,
  viewer: Viewer,
  claim: OrganisationClaimRow,
  confirm: 'confirm_claim' | 'carry_out_claim',
): Promise<ConfirmedClaim> {
  const executive = claim.claimantName ?? ''
  const accountId = await createAccount(em, { displayName: executive })
  const [confirmed] = await em.execute<{ done: boolean }[]>(`select ${confirm}(?, ?) as done`, [
    claim.id,
    accountId,
  ])
  if (!confirmed?.done) throw new UserFailure({ code: 'WRONG_STATE', path: ['input', 'id'] })
  const { organisationId } = claim
  await auditDecision(em, viewer, claim, 'CLAIM_CONFIRMED')
  const card = await issueExecutiveCard(em, viewer, { accountId, organisationId })
  return { organisationId, executive, card }
}

/** The open claim, locked until the transaction ends. @throws UserFailure NOT_FOUND or WRONG_STATE */
async function findClaim(em: SqlEntityManager, id: string): Promise<OrganisationClaimRow> {
  const [claim] = await em.execute<OrganisationClaimRow[]>(
    `select ${claimColumns} from organisation_claim where id = ?`,
    [requireUuid(id)],
  )
  if (!claim) throw notFound()
  if (claim.state !== 'OPEN') throw new UserFailure({ code: 'WRONG_STATE', path: ['input', 'id'] })
  return claim
}

/** In the log of the organisation, and of the association for which the viewer decided. */
async function auditDecision(
  em: SqlEntityManager,
  viewer: Viewer,
  { id, organisationId }: OrganisationClaimRow,
  action: AuditAction,
): Promise<void> {
  const logs = new Set([organisationId, viewer.organisationId ?? organisationId])
  for (const log of [...logs].sort())
    await audit(em, viewer, {
      organisationId: log,
      action,
      subject: id,
      details: { organisation: organisationId },
    })
}
