import { setTimeout } from 'node:timers/promises'
import { analyserVersion, lexemesOf } from '@netzwerkdiakonie/analyser'
import { type ClientBase, DatabaseError } from 'pg'
import { topicLexemes } from '#modules/search/topics.ts'

/** Entries analysed between two commits: others who write one of them wait for no longer than that. */
const batchSize = 500

interface WaitingRow {
  id: string
  title: string
  text: string
  topics: string[]
}

/**
 * Which entries to analyse: those whose terms nobody wrote, also those of another analyser, or every one.
 */
export type Waiting = 'NEW' | 'OUTDATED' | 'ALL'

const conditions: Record<Waiting, string> = {
  NEW: 'analyser_version = 0',
  OUTDATED: `analyser_version <> ${analyserVersion}`,
  ALL: 'true',
}

/**
 * Writes the terms of entries that wait for them, batch by batch, each in a transaction of its own:
 * the search goes on meanwhile, and finds each entry by its former terms until its turn comes. Ending
 * it in the middle loses nothing; the next run goes on. Terms that are right are not written again.
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
  const condition = `${conditions[waiting]} and state <> 'WITHDRAWN'`
  const { rows: counted } = await client.query<{ count: number }>(
    `select count(*)::int as count from search_entry where ${condition}`,
  )
  const total = counted[0]?.count ?? 0
  if (total === 0) return 0
  let done = 0
  let last = '00000000-0000-0000-0000-000000000000'
  for (let size = batchSize; size === batchSize;) {
    const ids = await withoutWaiting(() => indexBatch(client, condition, last))
    size = ids.length
    done += size
    last = ids.at(-1) ?? last
    progress(done, Math.max(total, done))
  }
  await client.query('select count_search_terms()')
  return done
}

/** Sooner than PostgreSQL looks for deadlocks (1 s): of two who wait for each other we give way. */
const longestWait = '500ms'
const attempts = 100

/** Runs a batch again that met somebody who is writing. */
async function withoutWaiting(batch: () => Promise<string[]>, left = attempts): Promise<string[]> {
  try {
    return await batch()
  } catch (error) {
    const isLocked = error instanceof DatabaseError && ['55P03', '40P01'].includes(error.code ?? '')
    if (!isLocked || left === 1) throw error
    await setTimeout(100)
    return withoutWaiting(batch, left - 1)
  }
}

/** Analyses the next entries after an id in one transaction. @returns their ids in order */
async function indexBatch(client: ClientBase, condition: string, last: string): Promise<string[]> {
  await client.query('begin')
  try {
    await client.query(`set local lock_timeout = '${longestWait}'`)
    const { rows: locked } = await client.query<{ id: string }>(
      `select id from search_entry where ${condition} and id > $1
       order by id limit ${batchSize} for update`,
      [last],
    )
    const ids = locked.map(({ id }) => id)
    const { rows } = await client.query<WaitingRow>(textsOfEntries, [ids])
    const terms = rows.map(({ id, title, text, topics }) => {
      const lexemes = lexemesOf(title, text, topicLexemes(topics))
      return { id, title: lexemes.title, terms: lexemes.all }
    })
    await client.query(
      `update search_entry entry
       set title_lexemes = fresh.title::tsvector, lexemes = fresh.terms::tsvector,
         analyser_version = $1
       from json_to_recordset($2::json) fresh (id uuid, title text, terms text)
       where entry.id = fresh.id and (entry.analyser_version, entry.title_lexemes, entry.lexemes)
         is distinct from ($1, fresh.title::tsvector, fresh.terms::tsvector)`,
      [analyserVersion, JSON.stringify(terms)],
    )
    await client.query('commit')
    return ids
  } catch (error) {
    await client.query('rollback')
    throw error
  }
}

/**
 * Read once the rows of the index are locked, not in the same statement: that would give the texts as
 * they were before whoever held a row until then. From here on, who changes a text waits for us, and
 * its new terms come last.
 */
const textsOfEntries = `select entry.id,
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
  where entry.id = any($1)`
