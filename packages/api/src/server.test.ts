import { serverAudits } from 'graphql-http'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { createWorld, type World } from '#test/world.ts'

let world: World
let url: string

beforeAll(async () => {
  world = await createWorld('demo')
  url = `${await world.api.app.listen({ port: 0, host: '127.0.0.1' })}/graphql`
})

afterAll(() => world.close())

interface Answer {
  errors?: { message: string; extensions?: { code?: string; reference?: string } }[]
}

async function post(body: string, headers: Record<string, string> = {}) {
  const response = await fetch(url, {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/json', ...headers },
  })
  return { response, body: (await response.json()) as Answer }
}

const ask = (query: string, headers?: Record<string, string>) =>
  post(JSON.stringify({ query }), headers)

describe('GraphQL over HTTP', () => {
  const known = ['572B', 'FDE2', '7B9B']
  const knownNotices = ['5A70', 'D6D5', '6A70']

  it('passes the audits of graphql-http but for the known warnings', async () => {
    const failed: string[] = []
    for (const audit of serverAudits({ url, fetchFn: fetch })) {
      const result = await audit.fn()
      if (result.status !== 'ok') failed.push(`${result.status} ${audit.id}`)
    }
    const tolerated = [
      ...known.map((id) => `warn ${id}`),
      ...knownNotices.map((id) => `notice ${id}`),
    ]
    expect(failed.filter((entry) => !tolerated.includes(entry))).toEqual([])
  })

  it.each([
    ['{"query": ', 'application/json'],
    ['[]', 'application/json'],
    ['null', 'application/json'],
    ['query=%7B', 'application/x-www-form-urlencoded'],
    ['<xml/>', 'text/xml'],
    ['', 'application/json'],
  ])('answers %s with JSON and no fault of ours', async (body, type) => {
    const { response, body: answer } = await post(body, { 'content-type': type })
    expect(response.status).toBeGreaterThanOrEqual(400)
    expect(response.status).toBeLessThan(500)
    expect(answer.errors?.[0]?.extensions?.code).toMatch(/^(BAD_REQUEST|BAD_USER_INPUT)$/)
  })

  it('refuses more than 100 kB', async () => {
    const { response } = await ask(`{ viewer { kind } } # ${'x'.repeat(100_001)}`)
    expect(response.status).toBe(413)
  })
})

describe('limits', () => {
  const deep = `{ problems { edges { node { solutions { problem { solutions { problem { solutions { problem { solutions { problem { solutions { problem { solutions { problem { solutions { id } } } } } } } } } } } } } } } } }`
  const chain = `query { ...F0 } ${Array.from({ length: 25 }, (_, n) => `fragment F${n} on Query { ...F${n + 1} ...F${n + 1} }`).join(' ')} fragment F25 on Query { viewer { kind } }`
  it.each([
    ['depth', deep],
    ['fields', `{ viewer { ${'kind name '.repeat(160)} } }`],
    ['aliases', `{ viewer { ${Array.from({ length: 31 }, (_, n) => `a${n}: kind`).join(' ')} } }`],
    ['root fields', `{ ${'viewer { kind } '.repeat(11)} }`],
    ['directives', `{ viewer { kind ${'@include(if: true) '.repeat(10)} } }`],
    ['a chain of fragments', chain],
    ['tokens', `{ viewer { ${'kind '.repeat(2_001)} } }`],
  ])('refuses too many %s quickly', async (_, query) => {
    const started = performance.now()
    const { response, body } = await ask(query)
    expect(response.status).toBe(400)
    expect(body.errors?.[0]?.extensions?.code).toMatch(
      /LIMIT_EXCEEDED|GRAPHQL_VALIDATION_FAILED|GRAPHQL_PARSE_FAILED/,
    )
    expect(performance.now() - started).toBeLessThan(1_000)
  })
})

describe('faults', () => {
  it('are masked: the caller gets a number that the log has, too', async () => {
    const logged = vi.fn<(facts: { reference: string }) => void>()
    const log = world.api.app.log
    const original = log.error.bind(log)
    log.error = logged
    await world.sql.query('alter table problem rename to problem_away')
    const { response, body } = await ask('{ problems { edges { node { id } } } }')
    await world.sql.query('alter table problem_away rename to problem')
    log.error = original
    const [error] = body.errors ?? []
    expect(error?.extensions?.code).toBe('INTERNAL')
    expect(JSON.stringify(body)).not.toMatch(/relation|problem_away|select|node_modules|\.ts/i)
    expect(response.headers.get('content-type')).toMatch(/json/)
    expect(logged.mock.calls[0]?.[0].reference).toBe(error?.extensions?.reference)
  })

  it('suggest nothing of the schema', async () => {
    const { body } = await ask('{ problms { edges { node { id } } } }')
    expect(body.errors?.[0]?.message).not.toMatch(/did you mean/i)
  })
})

describe('health', () => {
  it('is live and ready', async () => {
    for (const path of ['live', 'ready']) {
      const response = await fetch(new URL(`/${path}`, url))
      expect({ path, status: response.status }).toEqual({ path, status: 200 })
    }
  })
})

describe('closing', () => {
  it('lets a running request finish', async () => {
    const other = await createWorld('demo')
    const origin = await other.api.app.listen({ port: 0, host: '127.0.0.1' })
    // Holds the table, so that the request is still running when the server closes.
    await other.sql.query('begin; lock table organisation in access exclusive mode')
    const running = fetch(`${origin}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: '{ organisations { totalCount { value } } }' }),
    })
    await new Promise((resolve) => setTimeout(resolve, 200))
    const closed = other.api.close()
    await new Promise((resolve) => setTimeout(resolve, 200))
    await other.sql.query('commit')
    const response = await running
    expect(await response.json()).toEqual({
      data: { organisations: { totalCount: { value: 40 } } },
    })
    await closed
    await other.sql.end()
    await expect(fetch(`${origin}/live`)).rejects.toThrow()
  })
})
