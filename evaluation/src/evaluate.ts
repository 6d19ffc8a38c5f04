/**
 * Measures how well the search finds, on the judged collection of this folder, beside PostgreSQL's own
 * search and an engine in JavaScript. All of them see the same texts in the same run.
 *
 *   pnpm search:evaluate [--part a|b] [--server postgres://…] [--details] [--check]
 *
 * With `--check` it fails where a goal is missed. The hash of the first ten is the same on every
 * version of PostgreSQL.
 */
import { createHash } from 'node:crypto'
import { parseArgs } from 'node:util'
import { type Collection, collectionNames } from './collection.ts'
import { goalsFor, printGoal } from './goals.ts'
import { quantile } from './measures.ts'
import { evaluate, type Judged, summarise } from './run.ts'

const { values: options } = parseArgs({
  options: {
    part: { type: 'string', multiple: true },
    server: { type: 'string' },
    details: { type: 'boolean', default: false },
    check: { type: 'boolean', default: false },
  },
})

const evaluation = await evaluate(options.part ?? collectionNames, options.server)
const { collection, judged, drafts, splits } = evaluation
const [own = []] = judged.values()

console.log(
  `${collection.documents.length} documents, ${collection.queries.length} queries, PostgreSQL ${evaluation.serverVersion}\n`,
)
for (const [name, found] of judged) printEngine(name, found)
console.log(`drafts        ${print(drafts)}`)
console.log(`compounds     ${print({ ...splits, mistakes: undefined })}`)
console.log(`first ten     ${hashOf(own)}`)
for (const query of evaluation.disagreements) console.log(`umlauts matter in: ${query}`)
if (options.details) printDetails(own, collection, splits.mistakes)

const goals = goalsFor(evaluation)
console.log('\ngoals')
for (const goal of goals) console.log(printGoal(goal))
if (options.check && goals.some(({ isMet }) => !isMet)) process.exitCode = 1

function hashOf(found: readonly Judged[]): string {
  const lists = found.map(({ query, ranking }) => [query.query, ranking.slice(0, 10)])
  return createHash('sha256').update(JSON.stringify(lists)).digest('hex').slice(0, 16)
}

function printEngine(name: string, found: readonly Judged[]): void {
  const { byCategory, ...whole } = summarise(found)
  const times = found.map(({ took }) => took)
  console.log(name)
  console.log(`  nDCG@10, MRR, recall@10, no hit: ${print(whole)}`)
  console.log(`  nDCG@10 by category: ${print(Object.fromEntries(byCategory))}`)
  console.log(
    `  ms: p50 ${quantile(times, 0.5).toFixed(1)}, p95 ${quantile(times, 0.95).toFixed(1)}\n`,
  )
}

function printDetails(own: readonly Judged[], { documents }: Collection, mistakes: string[]): void {
  const titles = new Map(documents.map(({ id, title, topic }) => [id, `${title} (${topic})`]))
  for (const { query, ranking, ndcg } of [...own].sort((a, b) => a.ndcg - b.ndcg).slice(0, 40)) {
    console.log(`\n${ndcg.toFixed(2)} ${query.category}: ${query.query} → ${query.topic}`)
    for (const id of ranking.slice(0, 5)) console.log(`      ${titles.get(id)}`)
  }
  console.log(`\n${mistakes.join('\n')}`)
}

function print(values: object): string {
  return Object.entries(values)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) =>
      typeof value === 'number'
        ? `${name} ${value.toFixed(3)}`
        : `${name} (${print(value as object)})`,
    )
    .join(', ')
}
