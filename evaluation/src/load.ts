import { createHash } from 'node:crypto'
import { indexWaiting, toGlobalId } from '@netzwerkdiakonie/api'
import type { CollectionDocument } from './collection.ts'
import type { World } from './world.ts'

/**
 * Puts documents into the product, under ids that follow from their own so that every run breaks ties
 * alike, and into a plain table for PostgreSQL's own search.
 *
 * @returns ids of the documents by those that the API gives them
 */
export async function loadDocuments(
  { sql }: World,
  documents: readonly CollectionDocument[],
): Promise<Map<string, string>> {
  await sql.query(`create table plain (
    id text primary key, text text not null,
    document tsvector generated always as (to_tsvector('german', text)) stored)`)
  for (const { id, kind, title, text, fieldsOfWork } of documents) {
    await sql.query(kind === 'PROBLEM' ? insertProblem : insertSolution, [
      uuidOf(id),
      title,
      text,
      fieldsOfWork,
      ...(kind === 'PROBLEM' ? [] : [kind === 'TOOL' ? 'TOOL' : 'PROCESS']),
    ])
    await sql.query('insert into plain (id, text) values ($1, $2)', [id, `${title}. ${text}`])
  }
  await indexWaiting(sql, 'NEW')
  return new Map(
    documents.map(({ id, kind }) => [
      toGlobalId(kind === 'PROBLEM' ? 'Problem' : 'Solution', uuidOf(id)),
      id,
    ]),
  )
}

const owner = `(select id from organisation where code = 'evaluation')`
const insertProblem = `insert into problem
    (id, title, body, fields_of_work, organisation_id, visibility, state)
  values ($1, $2, $3, $4, ${owner}, 'ALL_MEMBERS', 'PUBLISHED')`
const insertSolution = `insert into solution
    (id, title, summary, fields_of_work, kind, organisation_id, visibility, state)
  values ($1, $2, $3, $4, $5, ${owner}, 'ALL_MEMBERS', 'PUBLISHED')`

function uuidOf(id: string): string {
  const hex = createHash('md5').update(id).digest('hex')
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}
