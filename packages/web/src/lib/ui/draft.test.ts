import { beforeEach, describe, expect, it } from 'vitest'
import { dropDraft, keepDraft, readDraft, sweepDrafts, type DraftStore } from './draft.ts'

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

  it('on a shared device go with the person, and after 15 minutes', () => {
    // Like the browser's own: what is kept shows as its own properties.
    const shared = Object.create(store) as DraftStore & Record<string, unknown>
    const show = () => {
      for (const name of Object.keys(shared)) delete shared[name]
      for (const [name, value] of jar) shared[name] = value
    }
    keepDraft('anna:problem', { title: 'a' }, store)
    keepDraft('ben:problem', { title: 'b' }, store)
    keepDraft('problem', { title: 'from before it was shared' }, store)
    show()
    sweepDrafts('anna', shared)
    expect([...jar.keys()]).toEqual(['draft:anna:problem'])
    show()
    sweepDrafts('anna', shared, Date.now() + 14 * 60_000)
    expect(jar.size).toBe(1)
    sweepDrafts('anna', shared, Date.now() + 16 * 60_000)
    expect(jar.size).toBe(0)
  })
})
