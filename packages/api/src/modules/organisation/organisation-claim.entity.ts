import type { Page } from '#lib/page.ts'
import { defineEntity, p } from '@mikro-orm/core'
import { ownerPolicy } from '#database/policies.ts'
import { Organisation } from '#modules/organisation/organisation.entity.ts'

/** How far a claim or a request has come. */
export const decisionStates = ['OPEN', 'CONFIRMED', 'REFUSED'] as const

export type DecisionState = (typeof decisionStates)[number]

const decides = 'submitted_on > current_date - 60 and viewer_decides_claims_of(organisation_id)'

/**
 * That somebody wants to answer for an entry that nobody has taken over yet. Who that is, is kept for
 * the decision alone: it goes with the decision, at the latest after 60 days.
 */
export const OrganisationClaim = defineEntity({
  name: 'OrganisationClaim',
  tableName: 'organisation_claim',
  rowLevelSecurity: 'force',
  policies: [
    ownerPolicy,
    { name: 'read_deciding', command: 'select', using: decides },
    {
      name: 'insert_unclaimed',
      command: 'insert',
      check: `state = 'OPEN' and exists (select from organisation where organisation.id = organisation_id and not organisation.claimed and organisation.merged_into_id is null)`,
    },
    {
      name: 'update_deciding',
      command: 'update',
      using: `state = 'OPEN' and ${decides}`,
      check: `state = 'REFUSED'`,
    },
  ],
  properties: {
    id: p.uuid().primary().defaultRaw('gen_random_uuid()'),
    organisationId: () =>
      p
        .manyToOne(Organisation)
        .mapToPk()
        .fieldName('organisation_id')
        .deleteRule('cascade')
        .index(),
    /** What both sides call it, on the telephone too. */
    reference: p.string().columnType('text').unique(),
    /** SHA-256 of the secret with which the claimant looks after it. */
    secretHash: p.blob().unique(),
    /** Who would answer for the organisation; null once decided. */
    claimantName: p.string().columnType('text').nullable(),
    /** As what; null once decided. */
    claimantRole: p.string().columnType('text').nullable(),
    /** How to reach them; null once decided. */
    claimantContact: p.string().columnType('text').nullable(),
    state: p.enum(decisionStates).columnType('text').default('OPEN'),
    /** Why it was refused, in the words of who decided. */
    reason: p.string().columnType('text').nullable(),
    submittedOn: p.date().defaultRaw('current_date'),
  },
  checks: [
    {
      name: 'organisation_claim_forgets',
      expression:
        "state = 'OPEN' or (claimant_name is null and claimant_role is null and claimant_contact is null)",
    },
  ],
})

/** A claim as those read it who decide on it. */
export interface OrganisationClaimRow {
  id: string
  organisationId: string
  reference: string
  claimantName: string | null
  claimantRole: string | null
  claimantContact: string | null
  state: DecisionState
  /** ISO day. */
  submittedOn: string
}

/** What a claimant learns of the claim. */
export interface ClaimStatusRow {
  reference: string
  organisationId: string
  state: DecisionState
  reason: string | null
  /** ISO day. */
  submittedOn: string
}

/** A page of a list of them. */
export type OrganisationClaimPage = Page<OrganisationClaimRow>
