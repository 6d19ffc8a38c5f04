import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core'
import { expect } from 'vitest'
import type { Caller, Response, World } from './world.ts'

/** What a mutation refuses as data. */
interface Payload {
  userErrors: readonly { code: string; path?: readonly string[] | null }[]
}

/** Everything that mutations write, as one text: equal before and after means that nothing was. */
export async function contentOf(world: World): Promise<string> {
  const tables = [
    'problem',
    'problem_version',
    'solution',
    'solution_version',
    'answer',
    'same_here',
    'idempotency_record',
    'account',
    'role_assignment',
    'access_card',
    'audit_entry',
    'hand_over',
  ]
  const digests = tables.map(
    (table) => `(select md5(string_agg(row::text, '' order by row::text)) from ${table} row)`,
  )
  const { rows } = await world.sql.query<{ content: string }>(
    `select concat_ws('/', ${digests.join(', ')}) as content`,
  )
  return rows[0]?.content ?? ''
}

/** Code of the first top-level error. */
export function topLevelCode({ errors }: Response<unknown>): unknown {
  return errors[0]?.extensions?.['code']
}

/** What a mutation refuses, one `CODE path` for each fault. */
export function faultsOf({ userErrors }: Payload): string[] {
  return userErrors.map(({ code, path }) => [code, ...(path ?? []).slice(1)].join(' '))
}

/** A mutation is closed to visitors and to tokens that only read, and neither writes anything. */
export async function expectNeedsContributor<Result, Variables>(
  world: World,
  organisation: string,
  operation: DocumentTypeDecoration<Result, Variables> & { toString(): string },
  variables: Variables,
): Promise<void> {
  const before = await contentOf(world)
  const anonymous = await world.visitor.send(operation, variables)
  expect([anonymous.status, topLevelCode(anonymous)]).toEqual([401, 'UNAUTHENTICATED'])
  expect(anonymous.data).toBeNull()
  const reader: Caller = await world.token(organisation, ['read'])
  const reading = await reader.send(operation, variables)
  expect([reading.status, topLevelCode(reading)]).toEqual([403, 'FORBIDDEN_SCOPE'])
  expect(reading.data).toBeNull()
  expect(await contentOf(world)).toBe(before)
}
