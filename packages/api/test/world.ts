import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core'
import type { GraphQLSchema } from 'graphql'
import { Client } from 'pg'
import { inject } from 'vitest'
import { type Api, createApi, createToken, prepareDatabase } from '#api/index.ts'
import { sessionOptions } from '#database/mikro-orm.config.ts'
import { hashPassword } from '#lib/password.ts'
import { toGlobalId } from '#lib/global-id.ts'
import type { Role } from '#modules/identity/role-assignment.entity.ts'
import { indexWaiting } from '#modules/search/index-waiting.ts'
import { SignInDocument } from './__generated__/operations.ts'

/** A document that codegen made: its text with the types of its result and variables. */
type Operation<Result, Variables> = DocumentTypeDecoration<Result, Variables> & {
  toString(): string
}

/** What came back over HTTP. */
export interface Response<Result> {
  status: number
  data: Result | null
  errors: { message: string; extensions?: Record<string, unknown> }[]
}

const password = 'ein langes Passwort'
const passwordHash = hashPassword(password)
let databases = 0

/** A caller of the API, by the public door. */
export class Caller {
  readonly #api: Api
  readonly headers: Record<string, string>

  constructor(api: Api, headers: Record<string, string>) {
    this.#api = api
    this.headers = headers
  }

  /** Runs an operation and gives all that came back. */
  async send<Result, Variables>(
    operation: Operation<Result, Variables>,
    variables?: Variables,
    headers: Record<string, string> = {},
  ): Promise<Response<Result>> {
    const { status, body } = await this.#api.execute(
      { query: operation.toString(), variables: variables as Record<string, unknown> },
      { ...this.headers, ...headers },
    )
    return { status, data: (body.data ?? null) as Result | null, errors: body.errors ?? [] }
  }

  /** Runs an operation that must not give a top-level error. */
  async run<Result, Variables>(
    operation: Operation<Result, Variables>,
    variables?: Variables,
    headers?: Record<string, string>,
  ): Promise<Result> {
    const { data, errors } = await this.send(operation, variables, headers)
    if (!data || errors.length > 0) throw new Error(JSON.stringify(errors))
    return data
  }
}

/**
 * A database of its own with an API on it. Organisations, people and memberships are put in by the
 * operator's login; everything after that goes through the API.
 */
export class World {
  readonly api: Api
  /** The operator's connection, past all row policies. */
  readonly sql: Client
  /** Address of the operator's login. */
  readonly url: string
  /** Address of the app's login. */
  readonly appUrl: string
  readonly visitor: Caller

  constructor(api: Api, sql: Client, url: string, appUrl: string) {
    this.api = api
    this.sql = sql
    this.url = url
    this.appUrl = appUrl
    this.visitor = new Caller(api, {})
  }

  /** Makes an organisation that belongs to associations from a day on. */
  async organisation(
    code: string,
    {
      kind = 'provider',
      sizeClass = 'm',
      associations = [],
      umbrella = 'diakonie',
    }: { kind?: string; sizeClass?: string; associations?: string[]; umbrella?: string } = {},
  ): Promise<string> {
    const { rows } = await this.sql.query<{ id: string }>(
      `insert into organisation (code, name, kind, size_class, umbrella, claimed)
       values ($1, $2, $3, $4, $5, true) returning id`,
      [code, `Organisation ${code}`, kind, sizeClass, umbrella],
    )
    for (const association of associations)
      await this.sql.query(
        `insert into membership (organisation_id, association_id, valid_from)
         select $1, id, '2020-01-01' from organisation where code = $2`,
        [rows[0]?.id, association],
      )
    await this.index()
    return toGlobalId('Organisation', rows[0]?.id ?? '')
  }

  /** Lets the search know what was written past the product. */
  index(): Promise<unknown> {
    // One after the other: each runs transactions on the one connection.
    this.#indexed = this.#indexed.then(() => indexWaiting(this.sql, 'NEW'))
    return this.#indexed
  }

  #indexed: Promise<unknown> = Promise.resolve()

  /** Makes an association. */
  association(code: string): Promise<string> {
    return this.organisation(code, { kind: 'regional-association' })
  }

  /** Makes an account with a role in each organisation, and signs it in. */
  async person(roles: Record<string, Role>): Promise<Caller> {
    const userName = `person-${crypto.randomUUID()}`
    await this.account(userName, roles)
    const { signIn } = await this.visitor.run(SignInDocument, { input: { userName, password } })
    return new Caller(this.api, { cookie: `session=${signIn.sessionToken}` })
  }

  /** Makes an account with a role in each organisation. */
  async account(userName: string, roles: Record<string, Role>): Promise<{ password: string }> {
    const { rows } = await this.sql.query<{ id: string }>(
      'insert into account (user_name, password_hash) values ($1, $2) returning id',
      [userName, await passwordHash],
    )
    for (const [code, role] of Object.entries(roles))
      await this.sql.query(
        `insert into role_assignment (account_id, organisation_id, role)
         select $1, id, $3 from organisation where code = $2`,
        [rows[0]?.id, code, role],
      )
    return { password }
  }

  /** Makes a token of an organisation. */
  async token(organisation: string, scopes: string[] = ['read', 'write']): Promise<Caller> {
    const token = await createToken({ url: this.url, organisation, scopes })
    return new Caller(this.api, { authorization: `Bearer ${token}` })
  }

  /** The opaque id of an organisation. */
  async organisationId(code: string): Promise<string> {
    const { rows } = await this.sql.query<{ id: string }>(
      'select id from organisation where code = $1',
      [code],
    )
    return toGlobalId('Organisation', rows[0]?.id ?? '')
  }

  async close(): Promise<void> {
    await this.api.close()
    await this.sql.end()
  }
}

/** Makes a world from a template: `empty` holds only reference entries, `demo` the demo content. */
export async function createWorld(template: 'empty' | 'demo' = 'empty'): Promise<World> {
  return cloneWorld(inject('templates')[template])
}

/**
 * Makes a world that is equal to another, down to ids and sessions; nobody may be connected to that.
 *
 * @param schema another contract than the product's own
 */
export async function cloneWorld(sourceUrl: string, schema?: GraphQLSchema): Promise<World> {
  const source = new URL(sourceUrl)
  const name = `world_${process.pid}_${databases++}_${Math.random().toString(36).slice(2, 8)}`
  const admin = new Client({ connectionString: urlOf(source, 'postgres') })
  await admin.connect()
  await admin.query(
    `create database ${name} template ${source.pathname.slice(1)} strategy file_copy`,
  )
  await admin.end()
  const url = urlOf(source, name)
  const { appUrl } = await prepareDatabase({ url, demoContent: false, progress: () => {} })
  // The operator's days begin when those of the product do.
  const sql = new Client({ connectionString: url, options: sessionOptions })
  await sql.connect()
  const api = await createApi({ appUrl, logLevel: 'silent', ...(schema && { schema }) })
  return new World(api, sql, url, appUrl)
}

function urlOf(url: URL, database: string): string {
  const copy = new URL(url)
  copy.pathname = database
  return copy.href
}
