import { fromGlobalId } from '#lib/global-id.ts'
import {
  AnswerProblemDocument,
  PostProblemDocument,
  PublishSolutionDocument,
  ReportEntryDocument,
  UpdateProblemDocument,
  UpdateSolutionDocument,
  WithdrawAnswerDocument,
  WithdrawProblemDocument,
  WithdrawSolutionDocument,
} from '#test/__generated__/operations.ts'
import type { Caller, World } from '#test/world.ts'
import type { Judged } from './oracle.ts'

/** The word by which search finds every entry of the matrix. */
export const commonWord = 'Zebrafink'

/** Values of each side of a class; every combination is made twice, so that “one of many” errors show. */
export const sides = {
  kind: ['problem', 'solution'],
  tier: ['OWN_ORGANISATION', 'OWN_ASSOCIATION', 'SELECTED_ORGANISATIONS', 'ALL_MEMBERS', 'PUBLIC'],
  state: ['IN_REVIEW', 'PUBLISHED', 'WITHDRAWN', 'LOCKED'],
  owner: ['owner', 'stranger'],
} as const

/** An object with a word of its own in each of its texts. */
export interface Thing extends Judged {
  number: number
  id: string
  uuid: string
  /** Of a solution of kind TOOL. */
  isTool?: boolean
  /** Of an answer: marked as one that helped. */
  isAccepted?: boolean
  /** Of an answer: its problem; of a solution: the problem that it came out of. */
  problemId?: string
  /** Of an answer: the solution that it names. */
  solutionId?: string
}

/** The word that stands in one part of an object and nowhere else. */
export function canary({ number }: { number: number }, part: string): string {
  return `canary${String(number).padStart(4, '0')}${part}`
}

/** Every class, with what the other parts of an object need to know. */
const classes = sides.owner.flatMap((owner) =>
  sides.tier.flatMap((tier) =>
    sides.state.flatMap((state) =>
      sides.kind.flatMap((kind) =>
        [false, true].map((isSecond) => ({ owner, tier, state, kind, isSecond })),
      ),
    ),
  ),
)
type Class = (typeof classes)[number]

/** Makes all objects of the matrix. The order is mixed, so that pages hold hidden and visible ones. */
export async function makeThings(world: World): Promise<Thing[]> {
  const systems = { owner: await world.token('owner'), stranger: await world.token('stranger') }
  const things: Thing[] = []
  const mixed = classes.map((one, at) => ({ one, key: (at * 37) % classes.length }))
  for (const { one } of mixed.sort((a, b) => a.key - b.key))
    things.push(...(await makeClass(world, systems[one.owner], one, things.length)))
  for (const owner of sides.owner)
    for (const tier of ['ALL_MEMBERS', 'PUBLIC'] as const)
      things.push(await askWithoutName(systems[owner], owner, tier, things.length))
  return things
}

async function askWithoutName(
  system: Caller,
  owner: (typeof sides.owner)[number],
  tier: 'ALL_MEMBERS' | 'PUBLIC',
  number: number,
): Promise<Thing> {
  const word = (part: string) => `${commonWord} ${canary({ number }, part)}`
  const { postProblem } = await system.run(PostProblemDocument, {
    input: {
      title: word('t'),
      body: word('b'),
      fieldsOfWork: ['elder-care'],
      competences: ['process-management'],
      visibility: tier,
      anonymousToNetwork: true,
      confirmedGeneralisation: true,
    },
  })
  const id = postProblem.problem!.id
  const { uuid } = fromGlobalId(id)!
  const made = { kind: 'problem', owner, tier, state: 'PUBLISHED', number, id, uuid } as const
  return { ...made, answers: 0, isUnnamed: true }
}

async function makeClass(world: World, system: Caller, one: Class, number: number) {
  const { kind, owner, tier, state } = one
  const self = { number }
  const word = (part: string) => `${commonWord} ${canary(self, part)}`
  const content = {
    fieldsOfWork: ['elder-care'],
    competences: ['process-management'],
    aiShare: state === 'IN_REVIEW' ? ('AI_GENERATED' as const) : ('NONE' as const),
  }
  const change = { title: word('t'), body: word('b'), changeNote: word('n') }
  const circle = {
    visibility: tier,
    ...(tier === 'SELECTED_ORGANISATIONS' && { selectedOrganisations: ['caritas'] }),
  }
  const made = { kind, owner, tier, state, number }

  if (kind === 'solution') {
    const first = await system.run(PublishSolutionDocument, {
      input: {
        ...content,
        title: word('o'),
        summary: word('o'),
        kind: one.isSecond ? 'TOOL' : 'PROCESS',
        visibility: 'OWN_ORGANISATION',
      },
    })
    const id = first.publishSolution.solution!.id
    await system.run(UpdateSolutionDocument, {
      input: { id, ...change, summary: word('s'), ...circle },
    })
    if (state === 'WITHDRAWN') await system.run(WithdrawSolutionDocument, { input: { id } })
    return [{ ...made, id, uuid: fromGlobalId(id)!.uuid, isTool: one.isSecond }]
  }

  const first = await system.run(PostProblemDocument, {
    input: { ...content, title: word('o'), visibility: 'OWN_ORGANISATION' },
  })
  const id = first.postProblem.problem!.id
  await system.run(UpdateProblemDocument, { input: { id, ...change, ...circle } })
  const answers = state === 'IN_REVIEW' ? [] : await makeAnswers(world, system, made, id)
  if (state === 'WITHDRAWN') await system.run(WithdrawProblemDocument, { input: { id } })
  const asked = { ...made, id, uuid: fromGlobalId(id)!.uuid, answers: answers.length > 0 ? 2 : 0 }
  return [asked, ...answers]
}

/** An answer of the organisation itself, one of another, one that was withdrawn, and one that was locked. */
async function makeAnswers(
  world: World,
  system: Caller,
  problem: Judged & { number: number },
  problemId: string,
) {
  const answers: Thing[] = []
  for (const role of ['own', 'foreign', 'withdrawn', 'locked'] as const) {
    const number = problem.number + answers.length + 1
    const { answerProblem } = await system.run(AnswerProblemDocument, {
      input: { problemId, type: 'EXPERIENCE', body: `${commonWord} ${canary({ number }, 'b')}` },
    })
    const id = answerProblem.answer!.id
    const { uuid } = fromGlobalId(id)!
    // Others could not answer what they do not see: this one came while they did.
    if (role === 'foreign')
      await world.sql.query(
        `update answer set answering_organisation_id =
           (select id from organisation where code = 'neighbour') where id = $1`,
        [uuid],
      )
    if (role === 'withdrawn') await system.run(WithdrawAnswerDocument, { input: { answerId: id } })
    if (role === 'locked')
      await world.sql.query('update answer set locked = true where id = $1', [uuid])
    if (role === 'own')
      await world.sql.query('update answer set accepted = true where id = $1', [uuid])
    answers.push({
      ...problem,
      kind: 'answer',
      number,
      id,
      uuid,
      problemId,
      answeredBy: role === 'foreign' ? 'neighbour' : problem.owner,
      isAccepted: role === 'own',
      isWithdrawnAnswer: role === 'withdrawn',
      isLockedAnswer: role === 'locked',
    })
  }
  return answers
}

/**
 * Somebody reports one public object of each kind and owner; afterwards, decisions lock what the matrix
 * wants locked.
 */
export async function reportAndLock(world: World, things: Thing[]): Promise<void> {
  const open = things.filter(
    ({ kind, tier, state }) =>
      kind !== 'answer' && tier === 'PUBLIC' && (state === 'LOCKED' || state === 'PUBLISHED'),
  )
  const reported = new Map(
    open.map((thing) => [`${thing.kind} ${thing.owner} ${thing.state} ${thing.isUnnamed}`, thing]),
  )
  for (const thing of reported.values()) {
    await world.visitor.run(ReportEntryDocument, {
      input: { entryId: thing.id, reason: 'OTHER', explanation: 'Stimmt das?', inGoodFaith: true },
    })
    thing.isReported = true
  }
  for (const table of ['problem', 'solution'])
    await world.sql.query(`update ${table} set state = 'LOCKED' where id = any($1)`, [
      things.filter(({ state }) => state === 'LOCKED').map(({ uuid }) => uuid),
    ])
}

/** Links between objects, which no form makes freely: solutions to problems, answers to solutions. */
export async function linkThings(world: World, things: Thing[]): Promise<void> {
  const solutions = things.filter(({ kind }) => kind === 'solution')
  const problems = things.filter(({ kind }) => kind === 'problem')
  for (const [at, solution] of solutions.entries()) {
    const problem = problems[(at * 5) % problems.length]!
    solution.problemId = problem.id
    await world.sql.query('update solution set problem_id = $2 where id = $1', [
      solution.uuid,
      problem.uuid,
    ])
  }
  for (const [at, answer] of things.filter(({ kind }) => kind === 'answer').entries()) {
    const solution = solutions[(at * 7) % solutions.length]!
    answer.solutionId = solution.id
    await world.sql.query('update answer set solution_id = $2 where id = $1', [
      answer.uuid,
      solution.uuid,
    ])
  }
}
