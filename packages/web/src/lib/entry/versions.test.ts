import { expect, it } from 'vitest'
import { withChanges } from './versions.ts'

it('says what each version changed', () => {
  const first = { title: 'A', summary: null, body: 'x' }
  const second = { title: 'B', summary: null, body: 'x' }
  const third = { title: 'B', summary: 'kurz', body: '' }
  expect(withChanges([third, second, first]).map(({ changes }) => changes)).toEqual([
    [
      { part: 'summary', before: '', after: 'kurz' },
      { part: 'body', before: 'x', after: '' },
    ],
    [{ part: 'title', before: 'A', after: 'B' }],
    [
      { part: 'title', before: '', after: 'A' },
      { part: 'body', before: '', after: 'x' },
    ],
  ])
  expect(withChanges([second, first]).map(({ isFirst }) => isFirst)).toEqual([false, true])
})
