import {
  type AnalysedToken,
  analyseText,
  analyseWord,
  editDistance,
  forgivenSlips,
  type Thesaurus,
} from '@netzwerkdiakonie/analyser'
import {
  alternative,
  type Group,
  isKnown,
  type QueryDraft,
  type TermFacts,
  weights,
} from '#modules/search/query.ts'
import { groupsOf } from '#modules/search/query-draft.ts'
import { topicLexeme, topicsNamed } from '#modules/search/topics.ts'

/** Stems that could be misspelt, if nothing has them: words that are no compound of known parts. */
export function doubtfulStems({ tokens }: QueryDraft): string[] {
  return tokens
    .filter(
      ({ whole, pieceAnalyses }) =>
        !whole.isListed && whole.parts.length === 0 && pieceAnalyses.length === 0,
    )
    .flatMap(({ whole }) => [whole.stem, whole.rest])
    .filter((stem) => forgivenSlips(stem.length) > 0)
}

/**
 * Takes words that nobody uses for misspelt ones: each is read anew as what it probably meant, with
 * its parts and synonyms. What was typed stays in the draft.
 */
export function mendDraft(draft: QueryDraft, facts: TermFacts, thesaurus: Thesaurus): QueryDraft {
  const mended = draft.groups.flatMap((group) => {
    const token = draft.tokens[group.wordNumber]
    if (!token || group.isPart || group.word !== token.word || isKnown(group, facts)) return []
    const whole = lookalikeOf(token.whole.stem, facts)
    const rest = whole ? null : lookalikeOf(token.whole.rest, facts)
    if (whole) return mendedGroups(group, whole, false, thesaurus)
    return rest ? mendedGroups(group, rest, true, thesaurus) : []
  })
  return { ...draft, groups: [...draft.groups, ...mended] }
}

/** Groups of what a word probably meant, or of what the unknown part of a compound did. */
function mendedGroups(
  { word, wordNumber, weight }: Group,
  { term, likeness }: Lookalike,
  isPart: boolean,
  thesaurus: Thesaurus,
): Group[] {
  const meant = analyseWord(term)
  const token = { ...analyseText(term)[0], word, whole: meant, pieceAnalyses: [] } as AnalysedToken
  const factor = weight * weights.correction * likeness * (isPart ? weights.part : 1)
  const { synonyms, length } = thesaurus.lookUp([meant.stem], 0)
  const [main, ...parts] = groupsOf(
    token,
    wordNumber,
    factor,
    length === 1 ? synonyms : [],
    topicsNamed([meant.stem], 0).map(({ term: topic }) =>
      alternative('TOPIC', [topicLexeme(topic.code)], weights.topic, topic.de),
    ),
    thesaurus,
  )
  if (!main) return []
  const [own, ...others] = main.alternatives
  const corrected = {
    ...main,
    isPart,
    alternatives: own ? [{ ...own, kind: 'CORRECTION' as const }, ...others] : others,
  }
  return [corrected, ...parts]
}

/** A known term that an unknown one was probably meant for. */
interface Lookalike {
  term: string
  /** 1 for the same, less for each slip. */
  likeness: number
}

/** Of the terms that are few slips away the nearest, and of those the most frequent. */
function lookalikeOf(stem: string, facts: TermFacts): Lookalike | null {
  const most = forgivenSlips(stem.length)
  const [best] = (facts.lookalikes.get(stem) ?? [])
    .map(({ term, count }) => ({ term, count, slips: editDistance(stem, term, most) }))
    .filter(({ slips }) => slips <= most)
    .sort((a, b) => a.slips - b.slips || b.count - a.count || (a.term < b.term ? -1 : 1))
  return best
    ? { term: best.term, likeness: 1 - best.slips / Math.max(stem.length, best.term.length) }
    : null
}
