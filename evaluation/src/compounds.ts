import { analyseWord, splitPoints } from '@netzwerkdiakonie/analyser'
import type { Collection } from './collection.ts'

/** How well compounds are taken apart. */
export interface SplitMeasures {
  precision: number
  recall: number
  /** Share of the words that are no compounds that are taken apart all the same. */
  falseSplits: number
  mistakes: string[]
}

/** Compares the cuts of the analyser with those that people made. */
export function measureSplits({ compounds, simple }: Collection['compounds']): SplitMeasures {
  let right = 0
  let made = 0
  let wanted = 0
  const mistakes: string[] = []
  for (const { word, parts } of compounds) {
    const expected = cutsOf(word, parts)
    const actual = splitPoints(word)
    const hits = actual.filter((cut) => expected.some((each) => Math.abs(each - cut) === 0))
    right += hits.length
    made += actual.length
    wanted += expected.length
    if (hits.length < expected.length || hits.length < actual.length)
      mistakes.push(`${word}: ${partsOf(word)} statt ${parts.join('|')}`)
  }
  const wrong = simple.filter((word) => splitPoints(word).length > 0)
  mistakes.push(...wrong.map((word) => `${word}: ${partsOf(word)}`))
  return {
    precision: right / made,
    recall: right / wanted,
    falseSplits: wrong.length / simple.length,
    mistakes,
  }
}

/** Where each part but the first begins: linking letters belong to the part before them. */
function cutsOf(word: string, parts: readonly string[]): number[] {
  const text = word.toLowerCase()
  let from = 0
  return parts.slice(1).map((part, index) => {
    const least = from + Math.max(2, (parts[index] ?? '').length - 2)
    const at = text.indexOf(part.toLowerCase().slice(0, 4), least)
    from = at === -1 ? least : at
    return from
  })
}

function partsOf(word: string): string {
  return analyseWord(word)
    .parts.map(({ stem }) => stem)
    .join('|')
}
