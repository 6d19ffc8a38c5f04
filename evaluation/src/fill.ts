import { createHash, randomBytes } from 'node:crypto'
import { analyserVersion } from '@netzwerkdiakonie/analyser'
import { createToken, prepareDatabase } from '@netzwerkdiakonie/api'
import { vocabularies, type VocabularyTerm } from '@netzwerkdiakonie/schema'
import { Client } from 'pg'
import type { Random } from './random.ts'
import { checkComposition, type Language } from './synthetic.ts'
import type { World } from './world.ts'

const organisationCount = 5_000
const associationCount = 17
const batchSize = 1_000

/** Of a hundred entries. */
const visibilities = [
  ...Array<string>(40).fill('ALL_MEMBERS'),
  ...Array<string>(30).fill('PUBLIC'),
  ...Array<string>(15).fill('OWN_ASSOCIATION'),
  ...Array<string>(10).fill('OWN_ORGANISATION'),
  ...Array<string>(5).fill('SELECTED_ORGANISATIONS'),
]

/** Somebody who searches. */
export interface Viewer {
  name: string
  headers: Record<string, string>
}

interface OrganisationRow {
  id: string
  umbrella: string
}

/** Makes organisations in associations, some of them large, and somebody to ask from each side. */
export async function fillOrganisations(
  { sql, url }: World,
  random: Random,
): Promise<{ organisations: OrganisationRow[]; viewers: Viewer[] }> {
  await sql.query(
    `insert into organisation (code, name, kind, size_class, umbrella, claimed)
     select 'verband-' || number, 'Verband ' || number, 'regional-association', 'm', 'diakonie', true
     from generate_series(1, $1::int) number`,
    [associationCount],
  )
  const umbrellas = vocabularies.umbrellas.map(({ code }) => code)
  const rows = Array.from({ length: organisationCount }, (_, number) => ({
    code: `traeger-${number}`,
    umbrella: random.pick(umbrellas),
    association: `verband-${1 + random.zipf(associationCount, 3)}`,
  }))
  const { rows: organisations } = await sql.query<OrganisationRow>(
    `insert into organisation (code, name, kind, size_class, umbrella, claimed)
     select code, 'Träger ' || code, 'provider', 'm', umbrella, true
     from json_to_recordset($1) wanted (code text, umbrella text)
     returning id, umbrella`,
    [JSON.stringify(rows)],
  )
  await sql.query(
    `insert into membership (organisation_id, association_id, valid_from)
     select member.id, association.id, '2020-01-01'
     from json_to_recordset($1) wanted (code text, association text)
     join organisation member on member.code = wanted.code
     join organisation association on association.code = wanted.association`,
    [JSON.stringify(rows)],
  )
  await prepareDatabase({ url, demoContent: false, progress: () => {} })
  const inLargest = rows.find(({ association }) => association === 'verband-1')?.code ?? ''
  const elsewhere = rows.find(({ association }) => association === 'verband-9')?.code ?? ''
  const token = await createToken({ url, organisation: elsewhere, scopes: ['read'] })
  return {
    organisations,
    viewers: [
      { name: 'visitor', headers: {} },
      {
        name: 'member of a large association',
        headers: { cookie: `session=${await signIn(sql, inLargest)}` },
      },
      { name: 'token', headers: { authorization: `Bearer ${token}` } },
    ],
  }
}

/** Signs a person in, past the pages. @returns the secret of the session */
async function signIn(sql: Client, organisation: string): Promise<string> {
  const secret = randomBytes(32).toString('base64url')
  await sql.query(
    `with person as (
       insert into account (user_name, password_hash) values ('evaluation', 'none') returning id
     ), assigned as (
       insert into role_assignment (account_id, organisation_id, role)
       select person.id, organisation.id, 'PRACTITIONER' from person, organisation where code = $1
       returning account_id, organisation_id
     )
     insert into auth_session (token_hash, account_id, organisation_id, expires_at, idle_expires_at, method)
     select $2, account_id, organisation_id, now() + interval '1 day', now() + interval '1 day', 'PASSWORD'
     from assigned`,
    [organisation, createHash('sha256').update(secret).digest()],
  )
  return secret
}

/**
 * Fills the product and, with the same texts, a table that is searched by PostgreSQL's own `german`
 * configuration: problems as they would be without our index, and without row security.
 */
export async function fillEntries(
  { sql, url }: World,
  random: Random,
  language: Language,
  organisations: readonly OrganisationRow[],
  count: number,
): Promise<void> {
  await sql.query(`create table plain (like problem including defaults including indexes)`)
  await sql.query(
    `alter table plain add column document tsvector
     generated always as (to_tsvector('german', title || '. ' || body)) stored`,
  )
  await sql.query('alter table plain add foreign key (organisation_id) references organisation')
  const tables = ['problem', 'search_entry', 'plain']
  const indices = await dropIndices(sql, tables)
  const clients = await Promise.all([connectForFilling(url), connectForFilling(url)])
  const started = performance.now()
  let done = 0
  const work = async (client: Client) => {
    while (done < count) {
      const size = Math.min(batchSize, count - done)
      done += size
      await insertBatch(client, batchOf(random, language, organisations, size))
      if (done % 50_000 === 0) report('entries', done, count, started)
    }
  }
  await Promise.all(clients.map(work))
  await Promise.all(clients.map((client) => client.end()))
  await sql.query("set maintenance_work_mem = '1GB'")
  for (const [number, index] of [
    ...indices,
    'create index plain_document_index on plain using gin (document)',
  ].entries()) {
    await sql.query(index)
    report('indices', number + 1, indices.length + 1, started)
  }
  for (const table of tables) await sql.query(`vacuum (analyze) ${table}`)
  await sql.query('select count_search_terms()')
  await sql.query('vacuum (analyze) search_term')
  report('terms counted', count, count, started)
}

async function connectForFilling(connectionString: string): Promise<Client> {
  const client = new Client({ connectionString })
  await client.connect()
  // Neither triggers nor foreign keys: what they would do is written here.
  await client.query('set session_replication_role = replica')
  return client
}

/** @returns statements that make them again */
async function dropIndices(sql: Client, tables: string[]): Promise<string[]> {
  const { rows } = await sql.query<{ name: string; definition: string }>(
    `select indexname as name, indexdef as definition from pg_indexes
     where tablename = any($1) and not exists (
       select from pg_constraint where conindid = format('%I', indexname)::regclass)`,
    [tables],
  )
  for (const { name } of rows) await sql.query(`drop index ${name}`)
  return rows.map(({ definition }) => definition)
}

const fieldCodes = vocabularies.fieldsOfWork as VocabularyTerm[]
const competenceCodes = vocabularies.competences as VocabularyTerm[]

function batchOf(
  random: Random,
  language: Language,
  organisations: readonly OrganisationRow[],
  size: number,
) {
  return Array.from({ length: size }, (_, number) => {
    const fields = [fieldCodes[random.zipf(fieldCodes.length, 5)] as VocabularyTerm]
    const competences = [competenceCodes[random.zipf(competenceCodes.length, 5)] as VocabularyTerm]
    const labels = [...fields, ...competences].map(({ code }) => `t:${code}`)
    labels.push(...fields.flatMap(({ broader }) => (broader ? [`t:${broader}`] : [])))
    const text = language.entry(random, labels)
    if (number < 2) checkComposition(text, labels)
    const { id: organisation, umbrella } = random.pick(organisations)
    const visibility = random.pick(visibilities)
    return {
      id: random.uuid(),
      ...text,
      organisation,
      umbrella,
      visibility,
      selected:
        visibility === 'SELECTED_ORGANISATIONS'
          ? Array.from({ length: 3 }, () => random.pick(organisations).id)
          : [],
      fields: fields.map(({ code }) => code),
      competences: competences.map(({ code }) => code),
      day: `202${random.below(7)}-0${1 + random.below(9)}-1${random.below(9)}`,
    }
  })
}

async function insertBatch(client: Client, entries: ReturnType<typeof batchOf>): Promise<void> {
  const columns = `id, title, body, organisation_id, visibility, selected_organisation_ids, state,
    fields_of_work, competences, as_of`
  const values = `id, title, body, organisation, visibility, selected, 'PUBLISHED', fields, competences, day`
  await client.query(
    `with entry as materialized (
       select * from json_to_recordset($1) entry (id uuid, title text, body text,
         "titleLexemes" text, lexemes text, organisation uuid, umbrella text, visibility text,
         selected uuid[], fields text[], competences text[], day date)
     ), into_problem as (
       insert into problem (${columns}) select ${values} from entry
     ), into_plain as (
       insert into plain (${columns}) select ${values} from entry
     )
     insert into search_entry (id, entry_id, kind, part, organisation_id, visibility,
       selected_organisation_ids, state, title, fields_of_work, competences, umbrella, as_of,
       title_lexemes, lexemes, analyser_version)
     select id, id, 'PROBLEM', 'ENTRY', organisation, visibility, selected, 'PUBLISHED', title, fields,
       competences, umbrella, day, "titleLexemes"::tsvector, lexemes::tsvector, $2
     from entry`,
    [JSON.stringify(entries), analyserVersion],
  )
}

function report(what: string, done: number, of: number, started: number): void {
  const seconds = Math.round((performance.now() - started) / 1_000)
  console.error(`${what}: ${done} of ${of} after ${seconds} s`)
}
