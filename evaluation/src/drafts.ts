import type { Collection, Draft } from './collection.ts'
import { areaUnderCurve, mean } from './measures.ts'
import type { World } from './world.ts'

/** How much of a draft is written when it is compared. */
const stages = {
  'four words': ({ title }: Draft) => ({ title: title.split(/\s+/).slice(0, 4).join(' ') }),
  'whole title': ({ title }: Draft) => ({ title }),
  'title and sentence': ({ title, sentence }: Draft) => ({ title, body: sentence }),
}

export type Stage = keyof typeof stages

/** How well drafts are recognised. */
export interface DraftMeasures {
  /** Share of drafts whose topic is among the first three. */
  successAt3: Record<Stage, number>
  /** Share of drafts of something known that are called the same matter, and rightly so. */
  warnedRightly: number
  /** Share of drafts of something new that are called the same matter as something else. */
  warnedWrongly: number
  /** How well the strength tells drafts of something known from new ones. */
  areaUnderCurve: number
}

interface Similar {
  strength: 'DUPLICATE' | 'RELATED'
  entry: { id: string }
}

/** Compares each draft with what is there, at every stage of writing. */
export async function measureDrafts(
  world: World,
  ids: ReadonlyMap<string, string>,
  { documents, duplicates, novel }: Collection,
): Promise<DraftMeasures> {
  const topics = new Map(documents.map(({ id, topic }) => [id, topic]))
  const topicOf = ({ entry }: Similar) => topics.get(ids.get(entry.id) ?? '')
  const similar = async (draft: { title: string; body?: string }) =>
    (
      await world.ask<{ similar: Similar[] }>(
        `query ($title: String!, $body: String) { similar(title: $title, body: $body, first: 3) {
          strength entry { ... on Node { id } } } }`,
        draft,
      )
    ).similar

  const successAt3 = {} as Record<Stage, number>
  for (const [stage, writtenSoFar] of Object.entries(stages) as [
    Stage,
    (draft: Draft) => Draft,
  ][]) {
    const successes: number[] = []
    for (const draft of duplicates) {
      const found = await similar(writtenSoFar(draft))
      successes.push(found.some((each) => topicOf(each) === draft.topic) ? 1 : 0)
    }
    successAt3[stage] = mean(successes)
  }
  const whole = stages['title and sentence']
  const known = await Promise.all(
    duplicates.map(async (draft) => ({ draft, found: await similar(whole(draft)) })),
  )
  // What is new in one part may be known in another, where nobody judged it.
  const partOf = new Map(documents.map(({ id, part }) => [id, part]))
  const unknown = await Promise.all(
    novel.map(async (draft) =>
      (await similar(whole(draft))).filter(
        ({ entry }) => partOf.get(ids.get(entry.id) ?? '') === draft.part,
      ),
    ),
  )
  return {
    successAt3,
    warnedRightly: mean(
      known.map(({ draft, found }) =>
        found.some((each) => each.strength === 'DUPLICATE' && topicOf(each) === draft.topic)
          ? 1
          : 0,
      ),
    ),
    warnedWrongly: mean(
      unknown.map((found) => (found.some(({ strength }) => strength === 'DUPLICATE') ? 1 : 0)),
    ),
    areaUnderCurve: areaUnderCurve(
      known.map(({ found }) => strengthOf(found)),
      unknown.map(strengthOf),
    ),
  }
}

function strengthOf(found: readonly Similar[]): number {
  if (found.some(({ strength }) => strength === 'DUPLICATE')) return 2
  return found.length > 0 ? 1 : 0
}
