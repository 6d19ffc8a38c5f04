import {
  type ChangeSet,
  ChangeSetType,
  type EventSubscriber,
  type FlushEventArgs,
} from '@mikro-orm/core'
import type { SqlEntityManager } from '@mikro-orm/postgresql'
import { analyserVersion, lexemesOf } from '@netzwerkdiakonie/analyser'
import { topicLexemes } from '#modules/search/topics.ts'

/** A text that is to be found. */
interface IndexedText {
  id: string
  title: string
  text: string
  /** Codes of the vocabularies under which it is filed. */
  topics: readonly string[]
}

/** What makes an entry waited for by the index, by entity: its text and what it is filed under. */
const sources: Record<string, (row: Record<string, unknown>) => Omit<IndexedText, 'id'>> = {
  Problem: (row) => ({
    title: textOf(row['title']),
    text: textOf(row['body']),
    topics: [...codesOf(row['fieldsOfWork']), ...codesOf(row['competences'])],
  }),
  Solution: (row) => ({
    title: textOf(row['title']),
    text: `${textOf(row['summary'])}\n${textOf(row['body'])}`,
    topics: [
      ...codesOf(row['fieldsOfWork']),
      ...codesOf(row['competences']),
      ...codesOf(row['toolCategories']),
    ],
  }),
  Answer: (row) => ({ title: '', text: textOf(row['body']), topics: [] }),
  Organisation: (row) => ({
    title: textOf(row['name']),
    text: `${textOf(row['description'])}\n${textOf(row['seat'])}`,
    topics: codesOf(row['fieldsOfWork']),
  }),
}

/**
 * Writes the terms of everything that a flush creates or changes, in the transaction of that flush:
 * what is saved is found from the next read on.
 */
export class SearchIndexer implements EventSubscriber {
  async afterFlush({ em, uow }: FlushEventArgs): Promise<void> {
    const changed = uow.getChangeSets().filter(isIndexed)
    for (const { entity, meta } of changed) {
      const row = entity as Record<string, unknown>
      const source = sources[meta.className]
      if (source)
        await writeTerms(em as SqlEntityManager, { id: String(row['id']), ...source(row) })
    }
  }
}

function isIndexed({ meta, type, entity }: ChangeSet<object>): boolean {
  const isPseudonym = (entity as { isPseudonym?: boolean }).isPseudonym === true
  return (
    meta.className in sources &&
    (type === ChangeSetType.CREATE || type === ChangeSetType.UPDATE) &&
    !isPseudonym
  )
}

/** Analyses a text and writes its terms, if they are waited for. */
async function writeTerms(em: SqlEntityManager, text: IndexedText): Promise<void> {
  const { title, all } = lexemesOf(text.title, text.text, topicLexemes(text.topics))
  await em.execute('select write_search_lexemes(?, ?::tsvector, ?::tsvector, ?::smallint)', [
    text.id,
    title,
    all,
    analyserVersion,
  ])
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

function codesOf(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : []
}
