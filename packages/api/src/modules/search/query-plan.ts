import { quoteLexeme } from '@netzwerkdiakonie/analyser'
import {
  type Alternative,
  alternative,
  type Group,
  isKnown,
  type QueryDraft,
  type TermFacts,
  weights,
} from '#modules/search/query.ts'

/** A query as it is carried out. */
export interface QueryPlan {
  groups: Group[]
  facts: TermFacts
}

/**
 * Completes a draft with what there is: words that nobody uses may go on, and of many groups those stay
 * that tell the most.
 */
export function planQuery(draft: QueryDraft, facts: TermFacts, mostGroups: number): QueryPlan {
  const groups = draft.groups.map((group) => {
    const [own] = group.alternatives
    const stem = own?.terms[0] ?? ''
    const mayGoOn =
      own?.kind === 'WORD' &&
      own.terms.length === 1 &&
      stem.length >= 3 &&
      // A number is written out or not at all.
      !/\d$/.test(stem) &&
      !isKnown(group, facts)
    const goingOn = { ...alternative('PREFIX', [stem], weights.prefix, ''), isPrefix: true }
    return mayGoOn ? { ...group, alternatives: [...group.alternatives, goingOn] } : group
  })
  return {
    groups: groups
      .map((group) => ({ group, importance: importanceOf(group, facts) }))
      .sort((a, b) => b.importance - a.importance)
      .slice(0, mostGroups)
      .map(({ group }) => group),
    facts,
  }
}

/** How much a group tells: its weight, and how rare the word itself is. */
export function importanceOf(group: Group, facts: TermFacts): number {
  const [own] = group.alternatives
  return own ? group.weight * rarityOf(own, facts) : 0
}

/**
 * How rare an alternative is (inverse document frequency, natural logarithm): that of its rarest term.
 * A term that the counts do not know is as rare as one can be.
 */
export function rarityOf(
  { terms, isPrefix }: Pick<Alternative, 'terms' | 'isPrefix'>,
  { counts, total }: TermFacts,
): number {
  if (isPrefix) return Math.log(1 + Math.max(total, 100) / 10)
  return Math.max(
    ...terms.map((term) => {
      const count = Math.min(counts.get(term) ?? 0, total)
      return Math.log(1 + (total - count + 0.5) / (count + 0.5))
    }),
  )
}

/** An alternative as `tsquery` reads it in its text form. */
export function toTsquery({ terms, isPrefix }: Alternative): string {
  return terms
    .map((term, index) => quoteLexeme(term) + (isPrefix && index === terms.length - 1 ? ':*' : ''))
    .join(' & ')
}

/** Any alternative of a group, as `tsquery`. */
function anyOf(group: Group): string {
  return group.alternatives.map((each) => `(${toTsquery(each)})`).join(' | ')
}

/** The groups by the word they come from: a compound occurs as itself, or by all of its parts. */
export function requirementsOf(groups: readonly Group[]): { query: string; groups: Group[] }[] {
  const byWord = new Map<number, Group[]>()
  for (const group of groups)
    byWord.set(group.wordNumber, [...(byWord.get(group.wordNumber) ?? []), group])
  return [...byWord.values()].map((members) => {
    const wholes = members.filter(({ isPart }) => !isPart).map(anyOf)
    const parts = members.filter(({ isPart }) => isPart).map((each) => `(${anyOf(each)})`)
    const ways = [...wholes, ...(parts.length > 0 ? [parts.join(' & ')] : [])]
    return { query: ways.map((way) => `(${way})`).join(' | '), groups: members }
  })
}
