import type { EntityManager, MikroORM } from '@mikro-orm/postgresql'
import { vocabularies } from '@netzwerkdiakonie/schema'
import accounts from '#database/demo/accounts.json' with { type: 'json' }
import answers from '#database/demo/answers.json' with { type: 'json' }
import organisations from '#database/demo/organisations.json' with { type: 'json' }
import problems from '#database/demo/problems.json' with { type: 'json' }
import sameHere from '#database/demo/same-here.json' with { type: 'json' }
import solutions from '#database/demo/solutions.json' with { type: 'json' }
import { hashPassword } from '#lib/password.ts'
import { demoPassword } from '#modules/identity/demo-accounts.ts'
import { Account } from '#modules/identity/account.entity.ts'
import { type Role, RoleAssignment } from '#modules/identity/role-assignment.entity.ts'
import { Membership } from '#modules/organisation/membership.entity.ts'
import { Organisation } from '#modules/organisation/organisation.entity.ts'
import { Answer, type AnswerType } from '#modules/problem/answer.entity.ts'
import { Problem, type ProblemStatus, ProblemVersion } from '#modules/problem/problem.entity.ts'
import { SameHere } from '#modules/problem/same-here.entity.ts'
import {
  type CostBand,
  type Effort,
  Solution,
  type SolutionKind,
  SolutionVersion,
} from '#modules/solution/solution.entity.ts'
import type { Visibility } from '#modules/entry/entry.entity.ts'

/**
 * Loads fictional organisations with what they ask, answer and share, all in one transaction. Once
 * only for each database: whoever deletes it does not get it back by the next start.
 */
export async function loadDemoContent(
  orm: MikroORM,
  progress: (line: string) => void,
): Promise<void> {
  const passwordHash = await hashPassword(demoPassword)
  await orm.em.fork().transactional(async (em) => {
    const [first] = await em.execute<{ only_row: boolean }[]>(
      `update instance set demo_content_loaded_on = current_date
       where demo_content_loaded_on is null returning only_row`,
    )
    if (!first) return
    progress('Demo-Inhalte werden geladen')
    const organisationIds = loadOrganisations(em)
    loadAccounts(em, passwordHash, organisationIds)
    const problemIds = loadProblems(em, organisationIds)
    const solutionIds = loadSolutions(em, organisationIds, problemIds)
    await em.flush()
    loadAnswers(em, organisationIds, problemIds, solutionIds)
    await em.flush()
    await restoreStatuses(em, problemIds)
  })
}

type IdsByCode = Map<string, string>

/** @throws if the demo files name a code that none of them defines */
function idOf(ids: IdsByCode, code: string): string {
  const id = ids.get(code)
  if (!id) throw new Error(`Demo content names the unknown code ${code}`)
  return id
}

function daysAgo(days: number): Date {
  return new Date(Date.now() - days * 86_400_000)
}

function day(date: Date): string {
  return date.toISOString().slice(0, 10)
}

function loadOrganisations(em: EntityManager): IdsByCode {
  const ids: IdsByCode = new Map()
  for (const { code, name, kind, umbrella, sizeClass, fieldsOfWork } of organisations) {
    const id = crypto.randomUUID()
    ids.set(code, id)
    em.create(Organisation, {
      id,
      code,
      name,
      kind,
      umbrella,
      sizeClass,
      fieldsOfWork,
      claimed: true,
      isDemo: true,
    })
  }
  for (const { code, associations } of organisations)
    for (const association of associations)
      em.create(Membership, {
        organisationId: idOf(ids, code),
        associationId: idOf(ids, association),
        validFrom: '2020-01-01',
      })
  return ids
}

function loadAccounts(em: EntityManager, passwordHash: string, organisationIds: IdsByCode): void {
  for (const { userName, roles } of accounts) {
    const id = crypto.randomUUID()
    em.create(Account, { id, userName, passwordHash, isDemo: true })
    for (const [code, role] of Object.entries(roles))
      em.create(RoleAssignment, {
        accountId: id,
        organisationId: idOf(organisationIds, code),
        role: role as Role,
      })
  }
}

function loadProblems(em: EntityManager, organisationIds: IdsByCode): IdsByCode {
  const ids: IdsByCode = new Map()
  for (const { code, title, body, organisation, daysAgo: days, ...rest } of problems) {
    const id = crypto.randomUUID()
    ids.set(code, id)
    const owned = {
      title,
      body,
      organisationId: idOf(organisationIds, organisation),
      visibility: rest.visibility as Visibility,
      asOf: day(daysAgo(days)),
    }
    em.create(Problem, {
      ...owned,
      id,
      code,
      state: 'PUBLISHED',
      fieldsOfWork: rest.fieldsOfWork,
      competences: rest.competences,
      licence: 'CC-BY-4.0',
      publishedAt: daysAgo(days),
    })
    em.create(ProblemVersion, { ...owned, entryId: id, number: 1 })
    for (const other of (sameHere as Record<string, string[]>)[code] ?? [])
      em.create(SameHere, { problemId: id, organisationId: idOf(organisationIds, other) })
  }
  return ids
}

function loadSolutions(
  em: EntityManager,
  organisationIds: IdsByCode,
  problemIds: IdsByCode,
): IdsByCode {
  const ids: IdsByCode = new Map()
  for (const solution of solutions) {
    const id = crypto.randomUUID()
    ids.set(solution.code, id)
    const owned = {
      title: solution.title,
      summary: solution.summary,
      body: solution.body,
      organisationId: idOf(organisationIds, solution.organisation),
      visibility: solution.visibility as Visibility,
      asOf: day(daysAgo(solution.daysAgo)),
    }
    em.create(Solution, {
      ...owned,
      id,
      code: solution.code,
      state: 'PUBLISHED',
      kind: solution.kind as SolutionKind,
      fieldsOfWork: solution.fieldsOfWork,
      competences: solution.competences,
      toolCategories: solution.toolCategories,
      minSize: vocabularies.sizeClasses.findIndex(({ code }) => code === solution.minSizeClass),
      worksWithoutItDepartment: solution.worksWithoutItDepartment,
      effort: solution.effort as Effort,
      costBand: solution.costBand as CostBand,
      licence: solution.licence,
      problemId: solution.problem ? idOf(problemIds, solution.problem) : null,
      creditedOrganisationIds: (solution.credits ?? []).map((code) => idOf(organisationIds, code)),
      publishedAt: daysAgo(solution.daysAgo),
    })
    em.create(SolutionVersion, { ...owned, entryId: id, number: 1 })
  }
  return ids
}

function loadAnswers(
  em: EntityManager,
  organisationIds: IdsByCode,
  problemIds: IdsByCode,
  solutionIds: IdsByCode,
): void {
  for (const [position, answer] of answers.entries()) {
    const problem = problems.find(({ code }) => code === answer.problem)
    if (!problem) throw new Error(`A demo answer names the unknown problem ${answer.problem}`)
    em.create(Answer, {
      problemId: idOf(problemIds, answer.problem),
      answeringOrganisationId: idOf(organisationIds, answer.organisation),
      organisationId: idOf(organisationIds, problem.organisation),
      type: answer.type as AnswerType,
      body: answer.body,
      solutionId: answer.solution ? idOf(solutionIds, answer.solution) : null,
      accepted: answer.accepted,
      createdAt: new Date(daysAgo(Math.max(1, problem.daysAgo - 5)).getTime() + position * 60_000),
    })
  }
}

/** The trigger that answers fire knows only “answered”; some problems are further than that. */
async function restoreStatuses(em: EntityManager, problemIds: IdsByCode): Promise<void> {
  for (const { code, status } of problems)
    if (status !== 'OPEN')
      await em.nativeUpdate(
        Problem,
        { id: idOf(problemIds, code) },
        { status: status as ProblemStatus },
      )
}
