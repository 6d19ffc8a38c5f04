import type { ReadContext } from '#database/read.ts'
import { loadMany, loadOne } from '#lib/batch.ts'
import {
  readLettersById,
  readLettersOf,
  readMediatedLinks,
} from '#modules/mediation/mediation.repository.ts'
import { readCandidates, readMediatorNames } from '#modules/mediation/mediator.repository.ts'

/** What many rows of a request need of mediation, in one statement each. */
export function createMediationLoaders(context: ReadContext) {
  return {
    letter: loadOne(
      (ids) => readLettersById(context, ids),
      (row) => row.id,
    ),
    lettersOf: loadMany(
      (ids) => readLettersOf(context, ids),
      (row) => row.problemId,
    ),
    mediatedLink: loadOne(
      (ids) => readMediatedLinks(context, ids),
      (row) => row.id,
    ),
    mediatorName: loadOne(
      (ids) => readMediatorNames(context, ids),
      (row) => row.associationId,
    ),
    mediatorCandidates: loadMany(
      (ids) => readCandidates(context, ids),
      (row) => row.associationId,
    ),
  }
}
