import { analyserVersion, lexemesOf } from '@netzwerkdiakonie/analyser'
import type { ClientBase } from 'pg'
import { topicLexemes } from '#modules/search/topics.ts'

/** Entries analysed between two commits: others who write one of them wait for no longer than that. */
const batchSize = 500

interface WaitingRow {
  id: string
  title: string
  text: string
  topics: string[]
}

/** Which entries to analyse: those whose terms nobody wrote, or also those of an earlier analyser. */
export type Waiting = 'NEW' | 'OUTDATED'

/**
 * Writes the terms of entries that wait for them, batch by batch, each in a transaction of its own:
 * the search goes on meanwhile, and finds each entry by its former terms until its turn comes. Ending
 * it in the middle loses nothing; the next run goes on.
 *
 * @param client a connection as the owner, in no transaction
 * @param progress told how many of how many are done
 * @returns how many were analysed
 */
export async function indexWaiting(
  client: ClientBase,
  waiting: Waiting,
  progress: (done: number, of: number) => void = () => {},
): Promise<number> {
  const condition =
    waiting === 'NEW' ? 'analyser_version = 0' : `analyser_version <> ${analyserVersion}`
  const { rows: counted } = await client.query<{ count: number }>(
    `select count(*)::int as count from search_entry where ${condition} and state <> 'WITHDRAWN'`,
  )
  const total = counted[0]?.count ?? 0
  if (total === 0) return 0
  let done = 0
  let last = '00000000-0000-0000-0000-000000000000'
  for (let size = batchSize; size === batchSize;) {
    const ids = await indexBatch(client, condition, last)
    size = ids.length
    done += size
    last = ids.at(-1) ?? last
    progress(done, Math.max(total, done))
  }
  await client.query('select count_search_terms()')
  return done
}

/** Analyses the next entries after an id in one transaction. @returns their ids in order */
async function indexBatch(client: ClientBase, condition: string, last: string): Promise<string[]> {
  await client.query('begin')
  try {
    const { rows } = await client.query<WaitingRow>(waitingTexts(condition), [last])
    const terms = rows.map(({ id, title, text, topics }) => {
      const lexemes = lexemesOf(title, text, topicLexemes(topics))
      return { id, title: lexemes.title, terms: lexemes.all }
    })
    await client.query(
      `update search_entry entry
       set title_lexemes = fresh.title::tsvector, lexemes = fresh.terms::tsvector,
         analyser_version = $1
       from json_to_recordset($2::json) fresh (id uuid, title text, terms text)
       where entry.id = fresh.id`,
      [analyserVersion, JSON.stringify(terms)],
    )
    await client.query('commit')
    return rows.map(({ id }) => id)
  } catch (error) {
    await client.query('rollback')
    throw error
  }
}

/** Locks the rows of the index, so that nobody's newer terms are overwritten. */
function waitingTexts(condition: string): string {
  return `select entry.id,
      coalesce(problem.title, solution.title, organisation.name, '') as title,
      coalesce(problem.body, solution.summary || E'\\n' || solution.body, answer.body,
        organisation.description || E'\\n' || coalesce(organisation.seat, ''), '') as text,
      coalesce(problem.fields_of_work || problem.competences,
        solution.fields_of_work || solution.competences || solution.tool_categories,
        organisation.fields_of_work, '{}') as topics
    from search_entry entry
    left join problem on problem.id = entry.id
    left join solution on solution.id = entry.id
    left join answer on answer.id = entry.id
    left join organisation on organisation.id = entry.id
    where entry.${condition} and entry.state <> 'WITHDRAWN' and entry.id > $1
    order by entry.id limit ${batchSize} for update of entry`
}
