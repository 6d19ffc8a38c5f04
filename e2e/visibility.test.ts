import type { APIRequestContext, BrowserContext } from '@playwright/test'
import { newWord, people, post, postEntry, signIn } from './support/people.ts'
import { expect, test } from './support/test.ts'

// Hidden is the same as non-existent, on every page and in every form a page takes.

const levels = ['OWN_ORGANISATION', 'OWN_ASSOCIATION', 'ALL_MEMBERS', 'PUBLIC'] as const
type Level = (typeof levels)[number]

/** Who sees what, written down independently of the product. */
const viewers: { who: string; userName?: string; sees: readonly Level[] }[] = [
  { who: 'own organisation', userName: people.educator, sees: levels },
  { who: 'same association', userName: people.volunteer, sees: levels.slice(1) },
  { who: 'other organisation', userName: people.stranger, sees: levels.slice(2) },
  { who: 'visitor', sees: ['PUBLIC'] },
]

interface Entry {
  level: Level
  title: string
  path: string
}

/** One entry of each kind and level. */
async function postAll(request: APIRequestContext, address: string, word: string) {
  const entries: Entry[] = []
  for (const level of levels)
    for (const kind of ['/probleme', '/loesungen'] as const) {
      const title = `Zebrafink ${word} ${level}`
      const values = { title, visibility: level, body: `Geheim ${word}` }
      const path = await postEntry(request, address, kind, values)
      entries.push({ level, title, path })
    }
  return entries
}

/** The same page as data, which SvelteKit serves to scripts. */
function dataOf(path: string): string {
  const [pathname = '', query] = path.split('?')
  return `${pathname}/__data.json${query ? `?${query}` : ''}`
}

/** A page and its headers without what differs each time anyway. */
async function neutral(request: APIRequestContext, path: string, id: string) {
  const response = await request.get(path, { headers: { accept: 'text/html' } })
  const clean = (text: string) =>
    text
      .replaceAll(id, 'ID')
      .replaceAll(/nonce[-="]+[\w+/=]+/g, 'NONCE')
      .replaceAll(/[0-9a-f-]{36}/g, 'UUID')
  const headers = response
    .headersArray()
    .filter(({ name }) => !/^(date|etag|content-length|x-request-id)$/i.test(name))
    .map(({ name, value }) => `${name}: ${clean(value)}`)
  return { status: response.status(), headers, body: clean(await response.text()) }
}

test.describe.configure({ mode: 'default' })

test.describe('an entry of each level', () => {
  let entries: Entry[] = []
  const word = newWord()

  test.beforeAll(async ({ browser }) => {
    const { E2E_ADDRESS: address = '' } = process.env
    const context: BrowserContext = await browser.newContext()
    await signIn(context, address, people.editor)
    entries = await postAll(context.request, address, word)
    await context.close()
  })

  for (const { who, userName, sees } of viewers) {
    test(`${who}: lists, counts and searches show ${sees.length} of 4`, async ({ browserOf }) => {
      const { request } = await browserOf(userName)
      for (const [path, kinds] of [
        [`/probleme?q=${word}`, ['/probleme']],
        [`/loesungen?q=${word}`, ['/loesungen']],
        [`/suche?q=${word}`, ['/probleme', '/loesungen']],
      ] as const) {
        const html = await (await request.get(path)).text()
        const data = await (await request.get(dataOf(path))).text()
        for (const entry of entries.filter(({ path }) => kinds.some((k) => path.startsWith(k))))
          for (const text of [html, data]) {
            expect(text.includes(`${word} ${entry.level}`), `${entry.level} in ${path}`).toBe(
              sees.includes(entry.level),
            )
            expect(text.includes(entry.path.split('/')[2] ?? ''), `id in ${path}`).toBe(
              sees.includes(entry.level),
            )
          }
        const counted = /<p role="status"><strong>\s*(?:<!--.*?-->)*(\d+)/.exec(html)
        expect(Number(counted?.[1]), `count in ${path}`).toBe(sees.length * kinds.length)
      }
    })

    test(`${who}: opens what is visible, and nothing else`, async ({ browserOf, address }) => {
      const { request } = await browserOf(userName)
      for (const { level, path, title } of entries) {
        const visible = sees.includes(level)
        for (const address of [path, dataOf(path), `${path}/verlauf`]) {
          const response = await request.get(address)
          const text = await response.text()
          const isData = address.includes('__data.json')
          if (!isData) expect(response.status(), address).toBe(visible ? 200 : 404)
          expect(text.includes(title), address).toBe(visible)
          expect(text.includes(`Geheim ${word}`), address).toBe(visible)
        }
        if (visible) continue
        const id = path.split('/')[2] ?? ''
        // A UUID that nobody ever gave out.
        const unknown = `${id.slice(0, 2)}${Array.from(id.slice(2, -1)).reverse().join('')}${id.slice(-1)}`
        for (const part of ['', '/verlauf', '/bearbeiten', '/__data.json'])
          expect(await neutral(request, path + part, id), part).toEqual(
            await neutral(request, path.replace(id, unknown) + part, unknown),
          )
        const send = async (target: string) => {
          const response = await post(request, address, `${target}?/withdraw`, {})
          return { status: response.status(), to: response.headers()['location'] }
        }
        const refused = await send(path)
        expect({ ...refused, to: refused.to?.replaceAll(id, 'ID') }).toEqual(
          await send(path.replace(id, unknown)).then((r) => ({
            ...r,
            to: r.to?.replaceAll(unknown, 'ID'),
          })),
        )
      }
    })
  }
})

test('lowering the visibility works at once', async ({ browserOf, address }) => {
  const { request } = await browserOf(people.editor)
  const title = `Doch lieber intern ${newWord()}`
  const path = await postEntry(request, address, '/probleme', { title, visibility: 'PUBLIC' })
  const visitor = await browserOf()
  expect((await visitor.request.get(path)).status()).toBe(200)
  await post(request, address, `${path}/bearbeiten`, {
    title,
    fieldsOfWork: 'child-daycare',
    visibility: 'OWN_ORGANISATION',
    version: '1',
  })
  expect((await visitor.request.get(path)).status()).toBe(404)
  expect((await request.get(path)).status()).toBe(200)
})
