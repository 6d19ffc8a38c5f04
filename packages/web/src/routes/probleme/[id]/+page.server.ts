import { randomUUID } from 'node:crypto'
import { error, fail } from '@sveltejs/kit'
import {
  AcceptAnswerDocument,
  ProblemPageDocument,
  ReleaseProblemDocument,
  SameHereDocument,
  SetProblemStatusDocument,
  LiftAnonymityDocument,
  UndoAcceptAnswerDocument,
  UndoSameHereDocument,
  WithdrawAnswerDocument,
  WithdrawProblemDocument,
} from '#lib/__generated__/graphql.ts'
import { oneOf } from '#lib/entry/choice.ts'
import { finish, notFoundWords, requireSession, type Fault } from '#lib/entry/server/act.ts'
import { href, m } from '#lib/i18n.ts'
import { emptyAnswer } from '#lib/problem/answer-values.ts'
import { choosableStatuses } from '#lib/problem/labels.ts'
import { writeLetter } from '#lib/mediation/server/letter-form.ts'
import { answerProblem, findSolutions } from '#lib/problem/server/answer-form.ts'
import { countOpenedHit } from '#lib/search/server/opened-hit.ts'
import { api } from '#lib/server/api.ts'
import { text } from '#lib/server/form.ts'
import { today } from '#lib/today.ts'
import type { Actions, PageServerLoad, RequestEvent } from './$types'

/** What a visitor gets to see of a problem that is not for everybody. */
const nothingVisible = {
  problem: null,
  latestDecision: undefined,
  answers: [],
  answersPage: { hasNextPage: false, endCursor: null },
  justHelped: undefined,
}

export const load: PageServerLoad = async (event) => {
  await countOpenedHit(event)
  const { problem, ownDecisions } = await api(event).query(ProblemPageDocument, {
    id: event.params.id,
    answersAfter: event.url.searchParams.get('after'),
  })
  if (!problem && (await isSessionOver(event))) {
    return {
      ...nothingVisible,
      today: today(),
      letterKey: '',
      emptyAnswer: emptyAnswer(randomUUID()),
    }
  }
  if (!problem) error(404, notFoundWords(), { code: 'NOT_FOUND' })
  const answers = problem.answers.edges.map(({ node }) => node)
  const helped = event.url.searchParams.get('hilfreich')
  return {
    problem,
    latestDecision: ownDecisions.edges[0]?.node,
    answers,
    answersPage: problem.answers.pageInfo,
    emptyAnswer: emptyAnswer(randomUUID()),
    letterKey: randomUUID(),
    today: today(),
    /** The answer that was just marked: now is the time to ask for a solution. */
    justHelped: answers.find(({ id, accepted, solution }) => accepted && !solution && id === helped)
      ?.id,
  }
}

/** Whether a form was sent after the session ended: what was typed must come back all the same. */
async function isSessionOver(event: RequestEvent) {
  const isSent = event.request.method === 'POST'
  return isSent && (await event.locals.viewer()).kind === 'VISITOR'
}

/** The answer that a button of this page belongs to. */
async function answerOf(event: RequestEvent) {
  await requireSession(event)
  return text(await event.request.formData(), 'answerId')
}

export const actions: Actions = {
  sameHere: async (event) => {
    await requireSession(event)
    const outcome = await api(event).attempt(SameHereDocument, { problemId: event.params.id })
    const flash = m.problem_same_here_flash()
    return finish(event, outcome, ({ sameHere }) => sameHere.userErrors, { flash })
  },
  undoSameHere: async (event) => {
    await requireSession(event)
    const outcome = await api(event).attempt(UndoSameHereDocument, { problemId: event.params.id })
    const flash = m.problem_undo_same_here_flash()
    return finish(event, outcome, ({ undoSameHere }) => undoSameHere.userErrors, { flash })
  },
  answer: async (event) => {
    const { code, data } = await answerProblem(event, event.params.id)
    return fail(code, data)
  },
  findSolutions: (event) => findSolutions(event),
  accept: async (event) => {
    const answerId = await answerOf(event)
    const outcome = await api(event).attempt(AcceptAnswerDocument, { answerId })
    return finish(event, outcome, ({ acceptAnswer }) => acceptAnswer.userErrors, {
      flash: m.problem_accepted_flash(),
      to: `${event.url.pathname}?hilfreich=${encodeURIComponent(answerId)}`,
    })
  },
  undoAccept: async (event) => {
    const answerId = await answerOf(event)
    const outcome = await api(event).attempt(UndoAcceptAnswerDocument, { answerId })
    const flash = m.problem_undo_accepted_flash()
    return finish(event, outcome, ({ undoAcceptAnswer }) => undoAcceptAnswer.userErrors, { flash })
  },
  withdrawAnswer: async (event) => {
    const answerId = await answerOf(event)
    const outcome = await api(event).attempt(WithdrawAnswerDocument, { answerId })
    const flash = m.problem_answer_withdrawn_flash()
    return finish(event, outcome, ({ withdrawAnswer }) => withdrawAnswer.userErrors, { flash })
  },
  status: async (event) => {
    await requireSession(event)
    const status = oneOf(choosableStatuses, text(await event.request.formData(), 'status'))
    if (!status) return fail(422, { fault: m.entry_unknown_choice() } satisfies Fault)
    const variables = { id: event.params.id, status }
    const outcome = await api(event).attempt(SetProblemStatusDocument, variables)
    const flash = m.problem_status_flash()
    return finish(event, outcome, ({ setProblemStatus }) => setProblemStatus.userErrors, { flash })
  },
  withdraw: async (event) => {
    await requireSession(event)
    const outcome = await api(event).attempt(WithdrawProblemDocument, { id: event.params.id })
    return finish(event, outcome, ({ withdrawProblem }) => withdrawProblem.userErrors, {
      flash: m.entry_withdrawn_flash(),
      to: href(`/probleme/${event.params.id}`),
    })
  },
  lift: async (event) => {
    await requireSession(event)
    const outcome = await api(event).attempt(LiftAnonymityDocument, { id: event.params.id })
    const flash = m.problem_unnamed_lifted_flash()
    return finish(event, outcome, ({ liftAnonymity }) => liftAnonymity.userErrors, { flash })
  },
  letter: (event) => writeLetter(event, event.params.id),
  release: async (event) => {
    await requireSession(event)
    const outcome = await api(event).attempt(ReleaseProblemDocument, { id: event.params.id })
    const flash = m.entry_release_flash()
    return finish(event, outcome, ({ releaseProblem }) => releaseProblem.userErrors, { flash })
  },
}
