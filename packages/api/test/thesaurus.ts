import { Pool } from 'pg'
import { sessionOptions } from '#database/mikro-orm.config.ts'
import { countSearch } from '#modules/thesaurus/missed-search.service.ts'
import { type MissedSearchFilter, MissedSearchesDocument } from './__generated__/operations.ts'
import { type Caller, createWorld, type World } from './world.ts'

/** Associations of each kind with an editor, and others who are none. */
export interface ThesaurusWorld {
  world: World
  /** Of a regional association. */
  editor: Caller
  /** Of a specialist association. */
  other: Caller
  /** Of an umbrella. */
  head: Caller
  /** Manages an organisation that is no association. */
  executive: Caller
  /** Has a role in an association, but none that manages it. */
  advisor: Caller
  /** Counts searches as the search service does: those of anybody. */
  searched(query: string, times?: number, hadHits?: boolean): Promise<void>
  close(): Promise<void>
}

/** Makes such a world. */
export async function createThesaurusWorld(): Promise<ThesaurusWorld> {
  const world = await createWorld()
  await world.association('assoc')
  await world.organisation('other', { kind: 'specialist-association' })
  await world.organisation('head', { kind: 'umbrella' })
  await world.organisation('member', { associations: ['assoc'] })
  const pool = new Pool({ connectionString: world.appUrl, options: sessionOptions, max: 2 })
  return {
    world,
    editor: await world.person({ assoc: 'EDITOR' }),
    other: await world.person({ other: 'EXECUTIVE' }),
    head: await world.person({ head: 'EDITOR' }),
    executive: await world.person({ member: 'EXECUTIVE' }),
    advisor: await world.person({ assoc: 'ADVISOR' }),
    searched: async (query, times = 1, hadHits = false) => {
      for (let time = 0; time < times; time += 1) await countSearch({ pool }, query, hadHits)
    },
    close: async () => {
      await pool.end()
      await world.close()
    },
  }
}

/** The missed searches that somebody reads. */
export async function missedBy(caller: Caller, filter: MissedSearchFilter | null = null) {
  const { missedSearches } = await caller.run(MissedSearchesDocument, { filter, first: 100 })
  return missedSearches.edges.map(({ node }) => node)
}

/** The id of one of them, by its words. */
export async function missedId(caller: Caller, query: string): Promise<string> {
  return (await missedBy(caller)).find((row) => row.query === query)?.id ?? ''
}
