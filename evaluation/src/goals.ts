import type { SplitMeasures } from './compounds.ts'
import type { DraftMeasures } from './drafts.ts'

/** What was measured of an engine. */
interface EngineResults {
  ndcg: number
  mrr: number
  recall: number
  /** Share of queries without any hit. */
  withoutHit: number
  /** nDCG@10 by category of query. */
  byCategory: ReadonlyMap<string, number>
}

/** What was measured in one run. */
export interface Results {
  own: EngineResults
  /** PostgreSQL's `german` configuration, any word. */
  german: EngineResults
  /** The same fused with trigrams. */
  fused: EngineResults
  drafts: DraftMeasures
  splits: SplitMeasures
  /** Queries with umlauts that find something else where these are written as pairs. */
  umlautDisagreements: number
}

/** Something that has to hold. */
export interface Goal {
  name: string
  actual: number
  least?: number
  most?: number
  isMet: boolean
}

/** The goals that decision 20 names, and whether they are met. */
export function goalsFor({
  own,
  german,
  fused,
  drafts,
  splits,
  umlautDisagreements,
}: Results): Goal[] {
  const category = (results: EngineResults, name: string) => results.byCategory.get(name) ?? 0
  const timesGerman = (name: string) =>
    category(own, name) / Math.max(category(german, name), 0.001)
  return [
    atLeast('nDCG@10 against german OR', own.ndcg / german.ndcg, 2),
    atLeast('nDCG@10 against its fusion with trigrams', own.ndcg / fused.ndcg, 1.45),
    atLeast('nDCG@10', own.ndcg, 0.42),
    atLeast('MRR', own.mrr, 0.8),
    atLeast('compounds against german OR', timesGerman('compound'), 3),
    atLeast('synonyms against german OR', timesGerman('synonym'), 2.5),
    atLeast('inflection against german OR', timesGerman('inflection'), 1.8),
    atLeast('questions against german OR', timesGerman('question'), 1.6),
    atLeast('typing errors', category(own, 'typo'), 0.6),
    atMost('queries whose umlauts matter', umlautDisagreements, 0),
    atMost('queries without a hit', own.withoutHit, 0.01),
    atLeast('duplicates after four words', drafts.successAt3['four words'], 0.65),
    atLeast('duplicates by title', drafts.successAt3['whole title'], 0.8),
    atLeast('duplicates with a sentence', drafts.successAt3['title and sentence'], 0.82),
    atLeast('duplicates called so', drafts.warnedRightly, 0.55),
    atMost('new matters called duplicates', drafts.warnedWrongly, 0.1),
    atLeast('strength tells known from new', drafts.areaUnderCurve, 0.9),
    atLeast('splitter: precision', splits.precision, 0.97),
    atLeast('splitter: recall', splits.recall, 0.88),
    atMost('splitter: words cut wrongly', splits.falseSplits, 0.03),
  ]
}

function atLeast(name: string, actual: number, least: number): Goal {
  return { name, actual, least, isMet: actual >= least }
}

/** A goal that is met up to a bound. */
export function atMost(name: string, actual: number, most: number): Goal {
  return { name, actual, most, isMet: actual <= most }
}

/** A goal as a line of a report. */
export function printGoal({ name, actual, least, most, isMet }: Goal): string {
  const bound = least === undefined ? `at most ${most}` : `at least ${least}`
  return `  ${isMet ? 'met   ' : 'MISSED'} ${name}: ${actual.toFixed(3)} (${bound})`
}
