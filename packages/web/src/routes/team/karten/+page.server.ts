import { randomUUID } from 'node:crypto'
import {
  IssueAccessCardsDocument,
  type IssueAccessCardsMutation,
} from '#lib/__generated__/graphql.ts'
import { refusals, refusedFor, showAgain } from '#lib/entry/server/form-state.ts'
import { m } from '#lib/i18n.ts'
import { api } from '#lib/server/api.ts'
import { text } from '#lib/server/form.ts'
import {
  parseTable,
  readTableFile,
  rowInput,
  type TableRow,
  writeTable,
} from '#lib/team/server/table.ts'
import { cardAddress, requireTeam } from '#lib/team/server/team.ts'
import type { Actions, PageServerLoad } from './$types'

type Result = NonNullable<IssueAccessCardsMutation['issueAccessCards']['results']>[number]

const fields = ['table', 'file'] as const

/** Names of the columns by the fields of a row. */
const columnLabels: Record<string, () => string> = {
  unit: m.team_unit,
  displayName: m.team_name,
  role: m.team_role,
}

export const load: PageServerLoad = async (event) => ({
  organisation: await requireTeam(event),
  initial: { table: '', idempotencyKey: randomUUID() },
  cardAddress: cardAddress(event.url),
})

export const actions: Actions = {
  default: async (event) => {
    const organisation = await requireTeam(event)
    const form = await event.request.formData()
    const values = {
      table: text(form, 'table'),
      idempotencyKey: text(form, 'idempotencyKey') || randomUUID(),
    }
    const file = form.get('file')
    const uploaded = file instanceof File && file.size > 0 ? await readTableFile(file) : null
    // What was uploaded moves into the text field: browsers forget files when a form comes back.
    if (typeof uploaded === 'string') values.table = uploaded.replace(/^\uFEFF/, '').trim()
    const { rows, fault } =
      uploaded && typeof uploaded !== 'string' ? uploaded : parseTable(values.table)
    if (!rows) return showAgain(fields, { values, errors: { table: fault } })
    const input = {
      organisationId: organisation.id,
      rows: rows.map(rowInput),
      idempotencyKey: values.idempotencyKey,
    }
    const { data, failure } = await api(event).attempt(IssueAccessCardsDocument, { input })
    if (failure) {
      return showAgain(fields, { values, errors: { '': failure.message } }, failure.status)
    }
    const { results, userErrors } = data.issueAccessCards
    if (!results) {
      // Another table under the same key: the page was opened again from the history.
      if (refusedFor(userErrors, 'IDEMPOTENCY_KEY_REUSED')) values.idempotencyKey = randomUUID()
      return showAgain(fields, { values, errors: refusals(userErrors).errors })
    }
    return { report: reportOf(rows, results) }
  },
}

/** What became of each row, and those that have to be mended as a table for the next try. */
function reportOf(rows: TableRow[], results: Result[]) {
  const lines = rows.map((row, index) => {
    const { member, card = null, userErrors = [] } = results[index] ?? {}
    const faults = userErrors.map(({ message, path }) => {
      const column = columnLabels[path?.[0] ?? '']?.()
      return column ? `${column}: ${message}` : message
    })
    return { ...row, isAdded: Boolean(member), card, faults }
  })
  const bad = lines.filter(({ isAdded }) => !isAdded)
  return {
    lines,
    values: { table: bad.length > 0 ? writeTable(bad) : '', idempotencyKey: randomUUID() },
  }
}
