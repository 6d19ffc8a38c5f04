import { beforeEach, describe, expect, it } from 'vitest'
import { dropDraft, keepDraft, readDraft, type DraftStore } from './draft.ts'

let jar: Map<string, string>
let store: DraftStore

beforeEach(() => {
  jar = new Map()
  store = {
    getItem: (key) => jar.get(key) ?? null,
    setItem: (key, value) => void jar.set(key, value),
    removeItem: (key) => void jar.delete(key),
  }
})

const day = 24 * 60 * 60 * 1000

describe('drafts', () => {
  it('come back as they were typed', () => {
    expect(keepDraft('problem', { title: 'Dienstplan', body: ' ' }, store)).toBe(true)
    expect(readDraft('problem', store)?.fields).toEqual({ title: 'Dienstplan' })
    expect(readDraft('another', store)).toBeNull()
  })

  it('vanish with the last letter, on demand and after seven days', () => {
    keepDraft('problem', { title: 'a' }, store)
    expect(keepDraft('problem', { title: '' }, store)).toBe(false)
    expect(jar.size).toBe(0)

    keepDraft('problem', { title: 'a' }, store)
    dropDraft('problem', store)
    expect(jar.size).toBe(0)

    keepDraft('problem', { title: 'a' }, store)
    expect(readDraft('problem', store, Date.now() + 6 * day)).not.toBeNull()
    expect(readDraft('problem', store, Date.now() + 8 * day)).toBeNull()
    expect(jar.size).toBe(0)
  })

  it('never break typing: neither a full store nor strange content', () => {
    const full: DraftStore = {
      ...store,
      setItem: () => {
        throw new Error('QuotaExceeded')
      },
    }
    expect(keepDraft('problem', { title: 'a' }, full)).toBe(false)
    for (const strange of ['', 'x', '5', '{"fields":{}}', '{"savedAt":1}']) {
      jar.set('draft:problem', strange)
      expect(readDraft('problem', store)).toBeNull()
    }
  })
})
