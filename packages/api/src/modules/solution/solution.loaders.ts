import type { ReadContext } from '#database/read.ts'
import { loadMany, loadOne } from '#lib/batch.ts'
import { readVersions } from '#modules/entry/entry.repository.ts'
import { readSolutionsById, readSolutionsOf } from '#modules/solution/solution.repository.ts'

/** What many rows of a request need of solutions, in one statement each. */
export function createSolutionLoaders(context: ReadContext) {
  return {
    solution: loadOne(
      (ids) => readSolutionsById(context, ids),
      (row) => row.id,
    ),
    solutionsOf: loadMany(
      (ids) => readSolutionsOf(context, ids),
      (row) => row.problemId ?? '',
    ),
    solutionVersions: loadMany(
      (ids) => readVersions(context, 'solution_version', ids),
      (row) => row.entryId,
    ),
  }
}
