import type { EntityMetadata, EntityName } from '@mikro-orm/core'
import type { Context } from '#api/context.ts'
import { unauthenticated, UserFailure } from '#api/errors.ts'
import { unitOfWork } from '#lib/unit-of-work.ts'
import { authorizePerson, type Viewer, visitor } from '#modules/identity/viewer.ts'
import { checkRegister } from '#modules/privacy/check-register.ts'
import {
  type DataRow,
  readActs,
  readContributions,
  readOwnRows,
} from '#modules/privacy/privacy.repository.ts'
import { leaveEverywhere } from '#modules/team/team.service.ts'
import type { PersonalTable, Words } from '#modules/privacy/register/datum.ts'
import { impersonalTables, personalTables } from '#modules/privacy/register/index.ts'

/** Data of one kind about a person. */
export interface MyDataSection {
  code: string
  title: Words
  labels: Record<string, Words>
  fingerprints: string[]
  rows: DataRow[]
}

/**
 * Makes sure that the register explains every datum about persons that the tables hold.
 *
 * @throws Error that lists what is missing; the product must not start with it
 */
// public: it compares two lists, there is no viewer
export function assertRegisterIsComplete(entities: EntityMetadata[]): void {
  const mistakes = checkRegister(entities, personalTables, impersonalTables)
  if (mistakes.length > 0)
    throw new Error(`The register of personal data is not complete:\n${mistakes.join('\n')}`)
}

/** What is stored about employees, by table. */
// public: what is stored is no secret, only the data themselves are
export function listEmployeeData(): [code: string, table: PersonalTable][] {
  return Object.entries(personalTables)
}

/**
 * Deletes the account of the person who asks, at once. What they wrote stays with the organisations,
 * without an author.
 *
 * @throws UserFailure REQUIRED unless confirmed, LAST_MANAGER if colleagues would have nobody left
 */
export async function deleteAccount(context: Context, confirmed: boolean): Promise<Viewer> {
  const viewer = authorizePerson(context.viewer)
  if (!confirmed) throw new UserFailure({ code: 'REQUIRED', path: ['input', 'confirmed'] })
  await unitOfWork(context.em, async (em) => {
    await leaveEverywhere(em, viewer)
    await em.execute('select erase_own_account()')
  })
  return visitor
}

const kinds: Record<string, Words> = {
  PROBLEM: { de: 'Problem', en: 'Problem' },
  SOLUTION: { de: 'Lösung', en: 'Solution' },
  ANSWER: { de: 'Antwort', en: 'Answer' },
}

const contributionLabels: Record<string, Words> = {
  kind: { de: 'Art', en: 'kind' },
  title: { de: 'Titel', en: 'title' },
  body: { de: 'Text', en: 'text' },
  organisationName: { de: 'Organisation', en: 'organisation' },
  writtenOn: { de: 'Tag', en: 'day' },
}

/**
 * Everything that is stored about the person who asks, by table, and what they wrote.
 *
 * @throws UNAUTHENTICATED for visitors and tokens: nothing is stored about them as a person
 */
// public: each sees their own data alone, by row security and by their own id
export async function listMyData(context: Context): Promise<MyDataSection[]> {
  if (context.viewer.caller !== 'PERSON') throw unauthenticated()
  const own = Object.entries(personalTables).filter(
    ([code, { others }]) => !others && code !== 'AuditEntry',
  )
  const sections = own.map(async ([code, table]): Promise<MyDataSection> => {
    const entity = context.em.getMetadata().get(code as unknown as EntityName)
    const data = Object.entries(table.data)
    return {
      code,
      title: table.title,
      labels: Object.fromEntries(data.map(([name, { label }]) => [name, label])),
      fingerprints: data.filter(([, { isFingerprint }]) => isFingerprint).map(([name]) => name),
      rows: await readOwnRows(context, entity, table),
    }
  })
  const contributions = (await readContributions(context)).map((row) => ({
    ...row,
    kind: kinds[row.kind]?.[context.language] ?? row.kind,
  }))
  return [
    ...(await Promise.all(sections)),
    {
      code: 'Contribution',
      title: { de: 'Was ihr geschrieben habt', en: 'What you wrote' },
      labels: contributionLabels,
      fingerprints: [],
      rows: contributions,
    },
    {
      code: 'AuditEntry',
      title: { de: 'Was das Protokoll über euch sagt', en: 'What the log says of you' },
      labels: {
        action: { de: 'Was', en: 'what' },
        organisationName: { de: 'Organisation', en: 'organisation' },
        occurredOn: { de: 'Tag', en: 'day' },
      },
      fingerprints: [],
      rows: await readActs(context),
    },
  ]
}
