import type { HandedOverQuery } from '#lib/__generated__/graphql.ts'
import { m } from '#lib/i18n.ts'

type Entry = NonNullable<HandedOverQuery['handedOverEntries']>['edges'][number]['node']['entry']

/** Where an entry that was handed over is read, and what it is. */
export function placeOf(entry: Entry): { path: string; title: string; kind: string | undefined } {
  switch (entry.__typename) {
    case 'Problem':
      return { path: `/probleme/${entry.id}`, title: entry.title, kind: m.team_handover_problem() }
    case 'Solution':
      return {
        path: `/loesungen/${entry.id}`,
        title: entry.title,
        kind: m.team_handover_solution(),
      }
    case 'Answer':
      return {
        path: `/probleme/${entry.problem.id}`,
        title: m.team_handover_answer({ title: entry.problem.title }),
        kind: undefined,
      }
    default:
      return { path: '/team', title: entry.__typename, kind: undefined }
  }
}
