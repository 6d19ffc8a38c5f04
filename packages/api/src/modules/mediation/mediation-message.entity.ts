import { defineEntity, type InferEntity, p } from '@mikro-orm/core'
import { mediatedAssociations, ownerPolicy } from '#database/policies.ts'
import type { Page } from '#lib/page.ts'
import { Organisation } from '#modules/organisation/organisation.entity.ts'
import { Problem } from '#modules/problem/problem.entity.ts'

/** How far a letter has come. */
export const mediationStates = ['WAITING', 'RELAYED', 'DECLINED'] as const

export type MediationState = (typeof mediationStates)[number]

const viewers = 'any((select viewer_organisation_ids())::uuid[])'

const mediated = `asker_organisation_id in (select pseudonym.id from pseudonym
  where pseudonym.mediating_association_id in (${mediatedAssociations}))`

/**
 * A letter between the people behind a pseudonym and another organisation. Its sender sees it, the
 * mediator, and the other side once it was passed on.
 */
export const MediationMessage = defineEntity({
  name: 'MediationMessage',
  tableName: 'mediation_message',
  rowLevelSecurity: 'force',
  policies: [
    ownerPolicy,
    {
      name: 'read_sent_or_relayed',
      command: 'select',
      using: `(from_asker or state = 'RELAYED') and asker_organisation_id = ${viewers}
        or (not from_asker or state = 'RELAYED') and other_organisation_id = ${viewers}`,
    },
    { name: 'read_as_mediator', command: 'select', using: mediated },
    {
      name: 'insert_sent',
      command: 'insert',
      check: `state = 'WAITING' and reason is null
        and case when from_asker then asker_organisation_id else other_organisation_id end = ${viewers}
        and exists (select from problem where problem.id = problem_id
          and problem.organisation_id = asker_organisation_id)`,
    },
    {
      name: 'decide_as_mediator',
      command: 'update',
      using: `state = 'WAITING' and ${mediated}`,
      check: `state <> 'WAITING'`,
    },
  ],
  properties: {
    id: p.uuid().primary().defaultRaw('gen_random_uuid()'),
    problemId: () => p.manyToOne(Problem).mapToPk().fieldName('problem_id').index(),
    /** The pseudonym under which the problem was asked. */
    askerOrganisationId: () =>
      p.manyToOne(Organisation).mapToPk().fieldName('asker_organisation_id'),
    /** Who writes to the asker, and hears from it. */
    otherOrganisationId: () =>
      p.manyToOne(Organisation).mapToPk().fieldName('other_organisation_id'),
    fromAsker: p.boolean().default(false),
    body: p.string().columnType('text'),
    state: p.enum(mediationStates).columnType('text').default('WAITING'),
    /** Why it was not passed on. */
    reason: p.string().columnType('text').nullable(),
    /** The day; for letters of the asker the Monday before. */
    writtenOn: p.date().defaultRaw('current_date'),
  },
  indexes: [{ properties: ['askerOrganisationId', 'state'] }],
})

export type MediationMessage = InferEntity<typeof MediationMessage>

/** A letter as lists and loaders read it. */
export interface MediationMessageRow {
  id: string
  problemId: string
  askerOrganisationId: string
  otherOrganisationId: string
  fromAsker: boolean
  body: string
  state: MediationState
  reason: string | null
  /** ISO day. */
  writtenOn: string
}

/** A page of a list of them. */
export type MediationMessagePage = Page<MediationMessageRow>
