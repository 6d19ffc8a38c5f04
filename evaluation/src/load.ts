import type { CollectionDocument } from './collection.ts'
import type { World } from './world.ts'

/**
 * Puts documents into the product through its API, and into a plain table for PostgreSQL's own search.
 *
 * @returns ids of the documents by those that the product gave them
 */
export async function loadDocuments(
  world: World,
  documents: readonly CollectionDocument[],
): Promise<Map<string, string>> {
  const ids = new Map<string, string>()
  for (const document of documents) ids.set(await publish(world, document), document.id)
  await world.sql.query('create extension if not exists pg_trgm')
  await world.sql.query(`create table plain (
    id text primary key, text text not null,
    document tsvector generated always as (to_tsvector('german', text)) stored)`)
  for (const { id, title, text } of documents)
    await world.sql.query('insert into plain (id, text) values ($1, $2)', [id, `${title}. ${text}`])
  await world.sql.query('select count_search_terms()')
  return ids
}

async function publish({ ask }: World, document: CollectionDocument): Promise<string> {
  const { title, text, kind, fieldsOfWork } = document
  const shared = { title, fieldsOfWork, visibility: 'ALL_MEMBERS', confirmedNoClientData: true }
  const errors = 'userErrors { code path }'
  const { made } =
    kind === 'PROBLEM'
      ? await ask<Made>(
          `mutation ($input: PostProblemInput!) {
            made: postProblem(input: $input) { entry: problem { id } ${errors} } }`,
          { input: { ...shared, body: text } },
        )
      : await ask<Made>(
          `mutation ($input: PublishSolutionInput!) {
            made: publishSolution(input: $input) { entry: solution { id } ${errors} } }`,
          { input: { ...shared, summary: text, kind: kind === 'TOOL' ? 'TOOL' : 'PROCESS' } },
        )
  if (!made.entry) throw new Error(`${document.id}: ${JSON.stringify(made.userErrors)}`)
  return made.entry.id
}

interface Made {
  made: { entry: { id: string } | null; userErrors: unknown[] }
}
