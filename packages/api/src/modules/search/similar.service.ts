import { answerDays, limits } from '@netzwerkdiakonie/schema'
import type { SimilarStrength } from '#api/__generated__/resolvers.ts'
import type { Context } from '#api/context.ts'
import { badUserInput } from '#api/errors.ts'
import { fromGlobalId } from '#lib/global-id.ts'
import { presentHits, type RankedEntry, type SearchHitRow } from '#modules/search/hit.ts'
import type { QueryPlan } from '#modules/search/query-plan.ts'
import { rank, readText } from '#modules/search/ranking.ts'
import { idealScore, type SearchConditions } from '#modules/search/search.repository.ts'
import type { ProblemRow } from '#modules/problem/problem.entity.ts'

/** An entry that is similar to a text. */
export interface SimilarEntryRow extends SearchHitRow {
  strength: SimilarStrength
}

/**
 * How much of a text an entry has to have, by weight and rarity of its words, to be called the same
 * matter or something close to it. Measured by `pnpm search:evaluate`.
 */
const leastLikeness: Record<SimilarStrength, number> = { DUPLICATE: 0.15, RELATED: 0.05 }

/** Beside a text that says nearly all of it, one that says a little is no duplicate. */
const leastShareOfBest = 0.4

/** Of fewer words an entry has to have nearly all. */
const fewestWords = 3
const nearlyAll = 0.9

/** Groups of words of a draft that are compared. */
const mostGroups = 16
/** Of a long text only the beginning is compared: it says what it is about. */
const comparedCharacters = 600
const mostSimilar = 20

const entriesOnly: SearchConditions = {
  kinds: ['PROBLEM', 'SOLUTION', 'TOOL'],
  fieldsOfWork: null,
  competences: null,
  toolCategories: null,
  umbrellas: null,
  updatedSince: null,
  withAnswers: false,
}

/** A text to compare with what is there. */
export interface ComparedText {
  title: string
  body?: string | null | undefined
  first?: number | null | undefined
  /** Id of an entry to leave out. */
  except?: string | null | undefined
}

/**
 * Problems and solutions that say the same as a text, or something close to it, the best first.
 *
 * @throws BAD_USER_INPUT for a text beyond its limits
 */
// public: row security shows to everybody what they may see
export async function findSimilar(
  context: Context,
  { title, body, first, except }: ComparedText,
): Promise<SimilarEntryRow[]> {
  if (title.length > limits.title)
    throw badUserInput(`title must not be longer than ${limits.title} characters.`)
  if ((body ?? '').length > limits.solutionBody)
    throw badUserInput(`body must not be longer than ${limits.solutionBody} characters.`)
  const size = first ?? 5
  if (size < 1 || size > mostSimilar)
    throw badUserInput(`first must be between 1 and ${mostSimilar}.`)
  const leftOut = except ? fromGlobalId(except)?.uuid : null
  const { plan, entries } = await compare(context, title, body ?? '')
  const similar = entries
    .filter(({ entryId }) => entryId !== leftOut)
    .slice(0, size)
    .flatMap((entry, _, [best = entry]) => {
      const strength = strengthOf(entry, best, plan)
      return strength ? [{ entry, strength }] : []
    })
  const hits = await presentHits(
    context,
    similar.map(({ entry }) => entry),
    plan.groups,
  )
  return hits.flatMap((hit) => {
    const found = similar.find(({ entry }) => entry.entryId === hit.entry.id)
    return found ? [{ ...hit, strength: found.strength }] : []
  })
}

async function compare(
  context: Context,
  title: string,
  body: string,
): Promise<{ plan: QueryPlan; entries: RankedEntry[] }> {
  const plan = await readText(context, title, body.slice(0, comparedCharacters), mostGroups)
  const { entries } = await rank(context, plan, entriesOnly)
  return { plan, entries }
}

function strengthOf(
  { score, coverage }: RankedEntry,
  best: RankedEntry,
  plan: QueryPlan,
): SimilarStrength | null {
  const likeness = score / idealScore(plan)
  const isClose = score >= best.score * leastShareOfBest
  if (likeness >= leastLikeness.DUPLICATE && isClose && tellsEnough(plan, coverage))
    return 'DUPLICATE'
  return likeness >= leastLikeness.RELATED ? 'RELATED' : null
}

/** One word of two in common means nothing; two of two do. */
function tellsEnough({ groups }: QueryPlan, coverage: number): boolean {
  const words = new Set(groups.map(({ wordNumber }) => wordNumber)).size
  return words >= fewestWords || coverage >= nearlyAll
}

/** Passages shown for a problem that waits for an answer. */
const mostPassages = 3

/**
 * Passages of other entries that could help with a problem, for as long as nobody has answered it.
 * They are found when they are read: what comes later is among them, what goes is not.
 */
// public: row security shows to everybody what they may see
export async function findPassages(context: Context, problem: ProblemRow): Promise<SearchHitRow[]> {
  if (!isWaiting(problem)) return []
  const similar = await findSimilar(context, {
    title: problem.title,
    body: problem.body,
    first: mostPassages + 1,
  })
  return similar.filter(({ entry }) => entry.id !== problem.id).slice(0, mostPassages)
}

/** The day until which a person should have answered; null where nobody waits. */
// public: says nothing but what the problem itself shows
export function answerExpectedBy(problem: ProblemRow): string | null {
  if (!isWaiting(problem)) return null
  const day = new Date(`${problem.publishedOn}T00:00:00Z`)
  day.setUTCDate(day.getUTCDate() + answerDays)
  return day.toISOString().slice(0, 10)
}

function isWaiting({ state, status, answerCount }: ProblemRow): boolean {
  return state === 'PUBLISHED' && status === 'OPEN' && answerCount === 0
}
