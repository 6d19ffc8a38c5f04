/**
 * Measures what the search takes among many entries, beside PostgreSQL's own `german` configuration
 * on the same texts in the same run. Read ratios: absolute times are those of the machine.
 *
 *   pnpm search:bench [--entries 1000000] [--server postgres://…] [--check]
 *
 * With `--check` it fails where a goal is missed.
 */
import { setTimeout } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { countScans, measureInserts, measureSizes } from './costs.ts'
import { fillEntries, fillOrganisations } from './fill.ts'
import { atMost, type Goal, printGoal } from './goals.ts'
import { german, measureAnalysis, measureLatencies, summarise, type Times } from './latency.ts'
import { quantile } from './measures.ts'
import { Random } from './random.ts'
import { Language } from './synthetic.ts'
import { createWorld } from './world.ts'

const { values: options } = parseArgs({
  options: {
    entries: { type: 'string', default: '1000000' },
    server: { type: 'string' },
    check: { type: 'boolean', default: false },
  },
})

/** What connections count is told by them up to so late. */
const statisticsDelay = 2_000

/** From how many entries on the search has to be how much faster; among fewer, both are fast. */
const mostOfGerman = new Map([
  [1_000_000, 0.1],
  [200_000, 0.3],
])

const entries = Number(options.entries)
const random = new Random(20_261_128)
const world = await createWorld(options.server)
try {
  const language = new Language(random, entries)
  const { organisations, viewers } = await fillOrganisations(world, random)
  await fillEntries(world, random, language, organisations, entries)
  const sizes = await measureSizes(world)
  await setTimeout(statisticsDelay)
  const scansBefore = await countScans(world)
  const times = await measureLatencies(world, random, language, viewers)
  await setTimeout(statisticsDelay)
  const scans = (await countScans(world)) - scansBefore
  const analysis = measureAnalysis(random, language)
  const inserts = await measureInserts(world, random, language)

  const perRow = (bytes: number) => `${Math.round(bytes / sizes.rows)} B a row`
  const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`
  console.log(`${entries} entries, PostgreSQL ${world.serverVersion}\n`)
  console.log(`${'ms'.padEnd(46)}      p50      p95      p99   (samples)`)
  for (const [name, taken] of times) console.log(`${name.padEnd(46)} ${summarise(taken)}`)
  console.log(`
search_entry          ${megabytes(sizes.searchTable)}, ${perRow(sizes.searchTable)}
  GIN of lexemes      ${megabytes(sizes.lexemes)}, ${perRow(sizes.lexemes)}
  GIN of titles       ${megabytes(sizes.titleLexemes)}, ${perRow(sizes.titleLexemes)}
search_term           ${megabytes(sizes.searchTerms)}
plain, german         ${megabytes(sizes.plainTable)}, ${perRow(sizes.plainTable)}
  GIN of german       ${megabytes(sizes.german)}, ${perRow(sizes.german)}
analysis              ${analysis.toFixed(3)} ms an entry
insert                ${inserts.own.toFixed(3)} ms; plain, german ${inserts.german.toFixed(3)} ms
\ngoals`)
  const goals: Goal[] = [
    ...latencyGoals(times),
    atMost(
      'GIN indices against GIN german',
      (sizes.lexemes + sizes.titleLexemes) / sizes.german,
      2,
    ),
    atMost('insert against insert with german', inserts.own / inserts.german, 1.5),
    atMost('analysis of an entry, ms', analysis, 1),
    atMost('times that all of search_entry was read', scans, 0),
  ]
  for (const goal of goals) console.log(printGoal(goal))
  if (options.check && goals.some(({ isMet }) => !isMet)) process.exitCode = 1
} finally {
  await world.close()
}

function latencyGoals(times: Times): Goal[] {
  const own = quantile(times.get('search') ?? [], 0.95)
  const ratio = own / quantile(times.get(german) ?? [], 0.95)
  const most = [...mostOfGerman].find(([least]) => entries >= least)?.[1]
  return [
    ...(most ? [atMost('search p95 against german OR', ratio, most)] : []),
    atMost('search p95, ms', own, 250),
  ]
}
