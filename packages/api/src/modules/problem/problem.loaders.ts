import type DataLoader from 'dataloader'
import type { ReadContext } from '#database/read.ts'
import { loadMany, loadOne } from '#lib/batch.ts'
import { readVersions } from '#modules/entry/entry.repository.ts'
import type { Sorted } from '#lib/page.ts'
import type { AnswerRow } from '#modules/problem/answer.entity.ts'
import type { Viewer } from '#modules/identity/viewer.ts'
import {
  readAnswersById,
  readBehind,
  readFirstAnswers,
  readProblemsById,
  readSameHere,
} from '#modules/problem/problem.repository.ts'

/** What many rows of a request need of problems, in one statement each. */
export function createProblemLoaders(context: ReadContext & { viewer: Viewer }) {
  const { organisationId } = context.viewer
  const firstAnswers = new Map<number, DataLoader<string, Sorted<AnswerRow>[]>>()
  return {
    /** Loads the first answers to a problem; a loader for each number that the request asks for. */
    firstAnswers(limit: number): DataLoader<string, Sorted<AnswerRow>[]> {
      const loader =
        firstAnswers.get(limit) ??
        loadMany(
          (ids) => readFirstAnswers(context, ids, limit),
          (row) => row.problemId,
        )
      firstAnswers.set(limit, loader)
      return loader
    },
    problem: loadOne(
      (ids) => readProblemsById(context, ids),
      (row) => row.id,
    ),
    answer: loadOne(
      (ids) => readAnswersById(context, ids),
      (row) => row.id,
    ),
    /** The organisation behind a pseudonym, for its own people and their mediator. */
    behind: loadOne(
      (ids) => readBehind(context, ids),
      (row) => row.id,
    ),
    problemVersions: loadMany(
      (ids) => readVersions(context, 'problem_version', ids),
      (row) => row.entryId,
    ),
    sameHere: loadOne(
      async (ids) => (organisationId ? readSameHere(context, organisationId, ids) : []),
      (row) => row.problemId,
    ),
  }
}
