import type { APIRequestContext } from '@playwright/test'
import { newWord, post, postEntry } from './people.ts'

/** Addresses of every kind of page there is. */
export interface Sites {
  /** What a visitor sees. */
  open: string[]
  /** What only the editor of the entries sees. */
  own: string[]
}

/** Makes entries in every state, by an editor, and gives the addresses of all pages. */
export async function makeSites(request: APIRequestContext, address: string): Promise<Sites> {
  const open = [
    '/',
    '/probleme',
    '/probleme/neu',
    '/loesungen',
    '/loesungen/neu',
    '/loesungen/gesucht',
    '/organisationen',
    '/suche',
    '/suche?q=Dienstplan',
    '/suche?q=Dokumentation&art=probleme&feld=elder-care&verband=diakonie&seit=2020-01-01',
    '/suche?q=Ich+will+mich+umbringen',
    `/suche?q=${newWord()}`,
    `/probleme?q=${newWord()}&status=OPEN`,
    `/loesungen?q=${newWord()}`,
    '/anmelden',
    '/karte',
    '/anmelden/organisation',
    '/impressum',
    '/datenschutz',
    '/barrierefreiheit',
    '/mav-blatt',
    '/melden',
    '/lizenzen',
    '/gibt-es-nicht',
    '/en/loesungen',
  ]
  const own = [
    '/konto',
    '/team',
    '/team/neu',
    '/team/karten',
    '/team/uebergaben',
    '/team/verlassen',
    '/team/beitreten',
    '/freigaben',
    '/suche?q=Dokumentation+per+Sprache',
    '/suche/gemerkt',
    '/vermittlung',
    '/gesucht',
    '/gesucht/synonyme',
    '/entscheidungen',
    '/protokoll',
    '/meldungen',
    '/meine-daten',
    '/meine-daten/loeschen',
    '/konto/passkeys',
    '/loesungen?ohne-it=ja&art=vorlage',
  ]
  const organisations = await (await request.get('/organisationen')).text()
  const organisation = /\/organisationen\/[\w-]{23}/.exec(organisations)?.[0]
  if (!organisation) throw new Error('No organisation is listed')
  open.push(organisation)
  for (const kind of ['/probleme', '/loesungen'] as const) {
    const values = { visibility: 'PUBLIC', body: 'Ein Absatz.\n\nNoch einer, und der ist länger.' }
    const path = await postEntry(request, address, kind, { title: 'Für alle zu lesen', ...values })
    await post(request, address, `${path}/bearbeiten`, {
      ...values,
      title: 'Für alle besser zu lesen',
      summary: 'Kurz und gut.',
      kind: 'PROCESS',
      fieldsOfWork: 'child-daycare',
      version: '1',
    })
    const gone = await postEntry(request, address, kind, { title: 'Zurückgezogen', ...values })
    await post(request, address, `${gone}?/withdraw`, {})
    open.push(path, gone)
    own.push(path, `${path}/bearbeiten`, `${path}/verlauf`)
  }
  return { open, own }
}
