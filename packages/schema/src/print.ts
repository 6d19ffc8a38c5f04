import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { mergeTypeDefs } from '@graphql-tools/merge'
import { buildASTSchema, lexicographicSortSchema, printSchema } from 'graphql'

/** The whole contract as one sorted SDL text, merged from `sdl/*.graphql`. */
export function printContract(): string {
  const folder = new URL('sdl/', import.meta.url)
  const files = readdirSync(folder).filter((name) => name.endsWith('.graphql'))
  const sources = files.sort().map((name) => readFileSync(new URL(name, folder), 'utf8'))
  const schema = buildASTSchema(mergeTypeDefs(sources))
  return `${printSchema(lexicographicSortSchema(schema))}\n`
}

if (import.meta.main) {
  const text = printContract()
  if (process.argv.includes('--write'))
    writeFileSync(new URL('../schema.graphql', import.meta.url), text)
  else process.stdout.write(text)
}
