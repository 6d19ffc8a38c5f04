/** How good a ranking is: each between 0 and 1. */
export interface Measures {
  ndcg: number
  mrr: number
  recall: number
}

/** Results that count. */
const depth = 10

/**
 * Normalised discounted cumulative gain (exponential gains), reciprocal rank and recall of the first
 * ten results. Rank and recall count only what is about the topic itself.
 *
 * @param ranking ids, the best first
 * @param gains by id: 3 for the topic, 1 for a related one
 */
export function measure(ranking: readonly string[], gains: ReadonlyMap<string, number>): Measures {
  const shown = ranking.slice(0, depth).map((id) => gains.get(id) ?? 0)
  const ideal = [...gains.values()].sort((a, b) => b - a).slice(0, depth)
  const first = shown.findIndex((gain) => gain === 3)
  const wanted = [...gains.values()].filter((gain) => gain === 3).length
  return {
    ndcg: discounted(shown) / discounted(ideal),
    mrr: first === -1 ? 0 : 1 / (first + 1),
    recall: shown.filter((gain) => gain === 3).length / wanted,
  }
}

function discounted(gains: readonly number[]): number {
  return gains.reduce((sum, gain, index) => sum + (2 ** gain - 1) / Math.log2(index + 2), 0)
}

/** The mean of some numbers; 0 of none. */
export function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length
}

/** The area under the curve: how probably one of the first is greater than one of the second. */
export function areaUnderCurve(positives: readonly number[], negatives: readonly number[]): number {
  const wins = positives.map((positive) =>
    mean(negatives.map((negative) => (positive > negative ? 1 : positive === negative ? 0.5 : 0))),
  )
  return mean(wins)
}

/** A quantile of some numbers, the nearest rank. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? 0
}
