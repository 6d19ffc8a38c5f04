import type { Context } from '#api/context.ts'
import type { MessageLanguage } from '#api/errors.ts'
import { presentHits, type RankedEntry, type SearchHitRow } from '#modules/search/hit.ts'
import type { QueryPlan } from '#modules/search/query-plan.ts'
import { rank, topicGroup } from '#modules/search/ranking.ts'
import { findTerm, labelOf } from '#modules/vocabulary/vocabulary.service.ts'

/** A hit from elsewhere and what connects it with the best hits. */
export interface BeyondHitRow {
  hit: SearchHitRow
  reason: string
}

/** So many of the best hits say where the search is at home. */
const homeHits = 3

/**
 * One hit from another field of work or umbrella than the best hits, „über den Tellerrand“: what fits
 * the query itself but stands further down, else what shares a competence with the best hits.
 *
 * @param shown how many hits the page shows: those need no second mention
 */
export async function findBeyond(
  context: Context,
  plan: QueryPlan,
  entries: readonly RankedEntry[],
  shown: number,
): Promise<BeyondHitRow | null> {
  const home = entries.filter(({ kind }) => kind !== 'ORGANISATION').slice(0, homeHits)
  if (home.length === 0) return null
  const fields = new Set(home.flatMap(({ fieldsOfWork }) => fieldsOfWork.map(broadField)))
  const umbrellas = new Set(home.flatMap(({ umbrella }) => umbrella ?? []))
  const isElsewhere = ({ kind, fieldsOfWork, umbrella }: RankedEntry) =>
    kind !== 'ORGANISATION' &&
    (!fieldsOfWork.some((code) => fields.has(broadField(code))) ||
      (umbrella !== null && !umbrellas.has(umbrella)))
  const known = new Set(entries.slice(0, shown).map(({ entryId }) => entryId))
  const competences = mostShared(home.flatMap((entry) => entry.competences))
  const related = competences.length > 0 ? await relatedBy(context, plan, competences) : []
  const found =
    related.find((entry) => isElsewhere(entry) && !known.has(entry.entryId)) ??
    entries.slice(shown).find(isElsewhere) ??
    // A short list shows it already; the box says what is special about it.
    entries.slice(homeHits, shown).find(isElsewhere)
  if (!found) return null
  const connections = competences.map((code) => topicGroup([code]))
  const [hit] = await presentHits(context, [found], [...plan.groups, ...connections])
  return hit ? { hit, reason: reasonOf(found, fields, competences, context.language) } : null
}

/** What is filed under the competences of the best hits, by those alone. */
async function relatedBy(
  context: Context,
  plan: QueryPlan,
  competences: readonly string[],
): Promise<RankedEntry[]> {
  const groups = competences.map((code, number) => topicGroup([code], number))
  const { entries } = await rank(
    context,
    { ...plan, groups },
    {
      kinds: ['PROBLEM', 'SOLUTION', 'TOOL'],
      fieldsOfWork: null,
      competences: null,
      toolCategories: null,
      umbrellas: null,
      updatedSince: null,
      withAnswers: false,
    },
  )
  return entries
}

function broadField(code: string): string {
  return findTerm('fieldsOfWork', code)?.broader ?? code
}

/** The competences that most of the best hits share, at most three. */
function mostShared(codes: readonly string[]): string[] {
  const distinct = [...new Set(codes)]
  const times = (code: string) => codes.filter((each) => each === code).length
  return distinct.sort((a, b) => times(b) - times(a)).slice(0, 3)
}

function reasonOf(
  found: RankedEntry,
  homeFields: ReadonlySet<string>,
  competences: readonly string[],
  language: MessageLanguage,
): string {
  const isGerman = language === 'de'
  const label = (name: 'fieldsOfWork' | 'competences' | 'umbrellas', code: string) => {
    const term = findTerm(name, code)
    return term ? labelOf(term, language) : code
  }
  const field = found.fieldsOfWork.map(broadField).find((code) => !homeFields.has(code))
  const from = field
    ? isGerman
      ? `Aus einem anderen Arbeitsfeld: ${label('fieldsOfWork', field)}.`
      : `From another field of work: ${label('fieldsOfWork', field)}.`
    : isGerman
      ? `Aus einem anderen Spitzenverband: ${label('umbrellas', found.umbrella ?? '')}.`
      : `From another umbrella: ${label('umbrellas', found.umbrella ?? '')}.`
  const shared = found.competences.find((code) => competences.includes(code))
  const connection = shared
    ? isGerman
      ? ` Gemeinsam ist das Thema „${label('competences', shared)}“.`
      : ` Both are about “${label('competences', shared)}”.`
    : isGerman
      ? ' Es passt zu eurer Suche.'
      : ' It fits your search.'
  return from + connection
}
