import { serviceAuthorizes } from './service-authorizes.ts'
import { testRule } from './tester.ts'

const service = 'packages/api/src/modules/problem/problem.service.ts'

testRule('service-authorizes', serviceAuthorizes, {
  valid: [
    [service, 'export async function post() { const row = await load(); authorize(row) }'],
    [service, "export const post = () => authorizeUpdate<Problem>(viewer, 'update')"],
    [service, 'export const service = { post() { authorize(row) } }'],
    [service, '// public: row level security narrows the list\nexport function list() {}'],
    [
      service,
      '/** Lists. */\n// public: row level security narrows the list\nexport function list() {}',
    ],
    [service, 'function hidden() {}'],
    [service, 'export const limit = 3; export type A = string'],
    ['packages/api/src/modules/problem/problem.repository.ts', 'export function list() {}'],
  ],
  invalid: [
    [service, 'export async function post() {}'],
    [service, 'export const post = async () => save()'],
    [service, 'export default function () {}'],
    [service, 'export const service = { post() {} }'],
    [service, 'export function post() { /* authorize() */ }'],
    [service, "export function post() { return 'authorize()' }"],
    [service, '// public:\nexport function list() {}'],
    [service, '// public: for the other one\nexport const a = 1\nexport function list() {}'],
  ],
})
