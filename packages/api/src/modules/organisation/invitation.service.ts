import type { SqlEntityManager } from '@mikro-orm/postgresql'
import { limits } from '@netzwerkdiakonie/schema'
import type { InvitationOutcome, InviteMembersInput } from '#api/__generated__/resolvers.ts'
import type { Context } from '#api/context.ts'
import { type MessageLanguage, UserFailure } from '#api/errors.ts'
import { createOnce } from '#lib/idempotency/create-once.ts'
import { unitOfWork } from '#lib/unit-of-work.ts'
import { InputCheck } from '#modules/entry/input.ts'
import { audit } from '#modules/identity/audit.ts'
import { authorize } from '#modules/identity/authorize.ts'
import { createAccount } from '#modules/identity/card.service.ts'
import { authorizeContributor, type Contributor } from '#modules/identity/viewer.ts'
import { type ExecutiveCard, issueExecutiveCard } from '#modules/organisation/executive-card.ts'
import { kindOf, type MemberRow, readMemberList } from '#modules/organisation/member-list.ts'
import { canManage, isAssociation } from '#modules/organisation/organisation.policy.ts'
import { organisationById } from '#modules/organisation/organisation.service.ts'

/** What became of a row. */
export interface InvitedMemberRow {
  line: number
  name: string
  row: string
  outcome: InvitationOutcome
  message: string | null
  executive: string | null
  organisationId: string | null
  card: ExecutiveCard | null
}

const messages = {
  NO_NAME: {
    de: 'Der Name der Organisation fehlt. Tragt ihn ein.',
    en: 'The name of the organisation is missing. Fill it in.',
  },
  NO_PERSON: {
    de: 'Es fehlt, wer für die Organisation geradesteht. Tragt einen Namen ein.',
    en: 'The person who answers for the organisation is missing. Fill in a name.',
  },
  TOO_LONG: {
    de: 'Ein Eintrag ist zu lang. Name höchstens 200, Sitz 100, Person 60 Zeichen.',
    en: 'An entry is too long. Name at most 200, place 100, person 60 characters.',
  },
  UNKNOWN_KIND: {
    de: 'Diese Art gibt es nicht oder ihr könnt sie nicht einladen. Schreibt zum Beispiel „Träger“ oder „Einrichtung“.',
    en: 'This kind does not exist, or you cannot invite it. Write “Provider” or “Institution”, for example.',
  },
  MEMBER: {
    de: 'Diese Organisation steht schon im Verzeichnis und gehört zu euch. Es ist nichts zu tun.',
    en: 'This organisation is in the directory already and belongs to you. There is nothing to do.',
  },
  ELSEWHERE: {
    de: 'Diese Organisation steht schon im Verzeichnis, gehört aber noch nicht zu euch. Bittet sie, die Mitgliedschaft bei euch zu beantragen.',
    en: 'This organisation is in the directory already, but does not belong to you yet. Ask it to request membership.',
  },
} satisfies Record<string, Record<MessageLanguage, string>>

/**
 * Brings in members from a list: each row by itself, so that good ones need not wait for bad ones.
 * What is in the directory already is left alone; so a list that is sent twice makes nothing twice.
 *
 * @throws UserFailure for what the caller can mend of the list as a whole
 */
export async function inviteMembers(
  context: Context,
  input: InviteMembersInput,
): Promise<InvitedMemberRow[]> {
  const viewer = authorizeContributor(context.viewer)
  const association = await organisationById(context, viewer.organisationId)
  authorize(canManage(viewer, association.id) && isAssociation(association))
  const check = new InputCheck()
  const csv = check.text('csv', input.csv, { max: limits.invitationList, required: true })
  const key = check.idempotencyKey(input.idempotencyKey ?? context.idempotencyKey)
  check.done()
  const rows = readMemberList(csv)
  if (!rows) throw new UserFailure({ code: 'UNREADABLE_LIST', path: ['input', 'csv'] })
  if (rows.length > limits.invitationRows)
    throw new UserFailure({
      code: 'TOO_MANY',
      path: ['input', 'csv'],
      words: { limit: limits.invitationRows },
    })
  const invite = (em: SqlEntityManager) => inviteRows(em, viewer, rows, context.language)
  let made: InvitedMemberRow[] | undefined
  const call = {
    actorId: viewer.actorId,
    organisationId: association.id,
    operation: 'inviteMembers',
    input: { csv },
    key,
  }
  await createOnce(context.em, call, async (em) => {
    made = await invite(em)
  })
  // Sent again: codes are given once, but what became of each row can be told again.
  return made ?? unitOfWork(context.em, invite)
}

async function inviteRows(
  em: SqlEntityManager,
  viewer: Contributor,
  rows: MemberRow[],
  language: MessageLanguage,
): Promise<InvitedMemberRow[]> {
  // Lists that are sent at the same moment wait for each other.
  await em.execute('select from organisation where id = ? for no key update', [
    viewer.organisationId,
  ])
  const report: InvitedMemberRow[] = []
  for (const row of rows) {
    const { line, name } = row
    const unmade = { line, name, row: row.row, executive: null, organisationId: null, card: null }
    const fault = faultOf(row)
    const known = fault ? null : await findKnown(em, viewer.organisationId, row)
    if (fault) report.push({ ...unmade, outcome: 'FAILED', message: messages[fault][language] })
    else if (known)
      report.push({
        ...unmade,
        organisationId: known.id,
        outcome: 'EXISTS',
        message: messages[known.isMember ? 'MEMBER' : 'ELSEWHERE'][language],
      })
    else
      report.push({
        ...unmade,
        ...(await inviteRow(em, viewer, row)),
        outcome: 'INVITED',
        message: null,
        executive: row.person,
      })
  }
  return report
}

function faultOf({ name, seat, kind, person }: MemberRow): keyof typeof messages | null {
  if (!name) return 'NO_NAME'
  if (!person) return 'NO_PERSON'
  if (
    name.length > limits.organisationName ||
    seat.length > limits.seat ||
    person.length > limits.displayName
  )
    return 'TOO_LONG'
  return kindOf(kind) ? null : 'UNKNOWN_KIND'
}

/** An organisation of this name that is in the directory, unless its seat says that it is another. */
async function findKnown(
  em: SqlEntityManager,
  associationId: string,
  { name, seat }: MemberRow,
): Promise<{ id: string; isMember: boolean } | null> {
  const [known] = await em.execute<{ id: string; isMember: boolean }[]>(
    `select organisation.id, exists (
        select from current_membership
        where current_membership.organisation_id = organisation.id and association_id = ?
      ) as "isMember"
     from organisation
     where lower(organisation.name) = lower(?) and merged_into_id is null
       and (organisation.seat is null or ? = '' or lower(organisation.seat) = lower(?))
     order by 2 desc limit 1`,
    [associationId, name, seat, seat],
  )
  return known ?? null
}

async function inviteRow(
  em: SqlEntityManager,
  viewer: Contributor,
  { name, seat, kind, person }: MemberRow,
): Promise<{ organisationId: string; card: ExecutiveCard }> {
  const organisationId = crypto.randomUUID()
  const accountId = await createAccount(em, { displayName: person })
  const [invited] = await em.execute<{ done: boolean }[]>(
    'select invite_member(?, ?, ?, ?, ?, ?) as done',
    [viewer.organisationId, organisationId, name, kindOf(kind), seat || null, accountId],
  )
  authorize(invited?.done === true)
  await audit(em, viewer, {
    organisationId: viewer.organisationId,
    action: 'MEMBER_INVITED',
    subject: organisationId,
  })
  await audit(em, viewer, {
    organisationId,
    action: 'MEMBER_INVITED',
    subject: organisationId,
    details: { association: viewer.organisationId },
  })
  const card = await issueExecutiveCard(em, viewer, { accountId, organisationId })
  return { organisationId, card }
}
