import type { ReadContext } from '#database/read.ts'
import { loadMany, loadOne } from '#lib/batch.ts'
import {
  readDecisions,
  readObjections,
  readReportedEntries,
} from '#modules/moderation/notice.repository.ts'

/** What many notices of a request need, in one statement each. */
export function createNoticeLoaders(context: ReadContext) {
  return {
    reportedEntry: loadOne(
      (ids) => readReportedEntries(context, ids),
      (row) => row.noticeId,
    ),
    decisionsOf: loadMany(
      (ids) => readDecisions(context, ids),
      (row) => row.noticeId,
    ),
    objectionsOf: loadMany(
      (ids) => readObjections(context, ids),
      (row) => row.noticeId,
    ),
  }
}
