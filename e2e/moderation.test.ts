import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { newWord, people, post, postEntry } from './support/people.ts'
import { expect, test } from './support/test.ts'

const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

async function findBarriers(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().withTags(rules).analyze()
  expect.soft(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([])
}

const withoutScript = { javaScriptEnabled: false }

test('a report: without account and script, decided, objected to, decided by somebody else', async ({
  browserOf,
  pageOf,
  address,
}) => {
  test.setTimeout(150_000)
  const word = newWord()
  const owner = await browserOf(people.editor)
  const path = await postEntry(owner.request, address, '/probleme', {
    title: `Wer will zu uns? ${word}`,
    visibility: 'PUBLIC',
    body: 'Ein Absatz mit Werbung.',
  })

  // Somebody without an account, in a browser without JavaScript.
  const visitor = await pageOf(undefined, {
    ...withoutScript,
    viewport: { width: 390, height: 844 },
  })
  await visitor.goto(path)
  await visitor.getByRole('link', { name: 'Diesen Beitrag melden' }).click()
  await expect(visitor.getByText(`„Wer will zu uns? ${word}“`)).toBeVisible()
  await expect(visitor.getByLabel('Sofort ausblenden')).toHaveCount(0)
  await visitor.getByLabel('Was genau stimmt nicht?').fill('Das ist eine Anzeige')
  await visitor.getByRole('button', { name: 'Meldung absenden' }).click()
  await expect(visitor.getByRole('alert')).toContainText('Bitte wählt aus, worum es geht.')
  await expect(visitor.getByLabel('Was genau stimmt nicht?')).toHaveValue('Das ist eine Anzeige')
  await visitor.getByLabel('Werbung').check()
  await visitor.getByLabel('Wie erreicht man euch').fill('Rita Rot, 0511 1')
  await visitor.getByLabel('Ich melde das nach bestem Wissen').check()
  await visitor.getByRole('button', { name: 'Meldung absenden' }).click()
  await expect(visitor).toHaveURL(/\/meldung\/[\w-]{43}$/)
  await expect(visitor.getByText('Noch ist nichts entschieden.')).toBeVisible()
  const reference = (await visitor.getByText(/^M-\w{4}-\w{4}$/).textContent()) ?? ''

  // Whoever has nothing to do with it sees no report.
  const stranger = await pageOf(people.stranger)
  expect((await stranger.goto(`/meldungen/${reference}`))?.status()).toBe(404)

  const moderator = await pageOf('redaktion.nordmark', withoutScript)
  await moderator.goto('/')
  await moderator.locator('details.menu summary').click()
  await moderator.getByRole('link', { name: 'Meldungen', exact: true }).click()
  await moderator.getByRole('link', { name: `Wer will zu uns? ${word}` }).click()
  await expect(moderator.getByText('Rita Rot, 0511 1')).toBeVisible()
  await expect(moderator.getByText('Ein Absatz mit Werbung.')).toBeVisible()
  await moderator.getByRole('button', { name: 'Entscheidung mitteilen' }).click()
  await expect(moderator.getByRole('alert')).toContainText('Bitte begründet die Entscheidung.')
  await moderator.getByLabel('Sperren').check()
  await moderator.getByLabel('Begründung').fill('Das wirbt für ein Angebot.')
  await moderator.getByLabel('Auf welchem Gesetz').fill('Nutzungsregeln, Nr. 3')
  await moderator.getByRole('button', { name: 'Entscheidung mitteilen' }).click()
  await expect(moderator.getByText('Entschieden. Beide Seiten lesen')).toBeVisible()

  await visitor.reload()
  await expect(visitor.getByRole('heading', { name: 'Der Beitrag ist gesperrt' })).toBeVisible()
  await expect(visitor.getByText('Das wirbt für ein Angebot.')).toBeVisible()
  expect((await visitor.request.get(path)).status()).toBe(404)

  const ownerPage = await owner.newPage()
  await ownerPage.goto(path)
  await expect(
    ownerPage.getByText('Diesen Beitrag sieht nur noch eure Organisation.'),
  ).toBeVisible()
  await findBarriers(ownerPage)
  await ownerPage.getByRole('link', { name: 'Begründung lesen und widersprechen' }).click()
  const ours = ownerPage.getByRole('listitem').filter({ hasText: reference })
  await expect(ours.getByText('Das wirbt für ein Angebot.')).toBeVisible()
  await expect(ownerPage.getByText('Rita Rot')).toHaveCount(0)
  await ours.getByText('Seid ihr anderer Meinung?').click()
  await ours.getByRole('button', { name: 'Widersprechen' }).click()
  await expect(ownerPage.getByRole('alert')).toContainText('Bitte schreibt, warum')
  await findBarriers(ownerPage)
  await ours.getByLabel('Warum?').fill('Wir fragen nur.')
  await ours.getByRole('button', { name: 'Widersprechen' }).click()
  await expect(ownerPage.getByText('Der Widerspruch ist angekommen.')).toBeVisible()

  // The association has one editor alone: somebody of another one decides now.
  expect((await moderator.goto(`/meldungen/${reference}`))?.status()).toBe(404)
  const second = await pageOf('redaktion.flussland')
  await second.goto(`/meldungen/${reference}`)
  await expect(second.getByText('Wir fragen nur.')).toBeVisible()
  await findBarriers(second)
  await second.getByLabel('Wieder zeigen').check()
  await second.getByLabel('Begründung').fill('Eine Frage ist keine Werbung.')
  await second.getByLabel('Auf welchem Gesetz').fill('Nutzungsregeln, Nr. 3')
  await second.getByRole('button', { name: 'Entscheidung mitteilen' }).click()
  await expect(second.getByText('Entschieden. Beide Seiten lesen')).toBeVisible()

  await visitor.reload()
  await expect(visitor.getByText('Eine Frage ist keine Werbung.')).toBeVisible()
  expect((await visitor.request.get(path)).status()).toBe(200)

  // Both logs tell it, and are whole.
  await ownerPage.goto('/protokoll?was=NOTICE_DECIDED')
  await expect(ownerPage.getByText(/Kette vollständig \(\d+ Einträge\)/)).toBeVisible()
  await expect(ownerPage.getByText(`Betrifft ${reference}`).first()).toBeVisible()
  await findBarriers(ownerPage)
  const lines = await owner.request.get(
    (await ownerPage.getByRole('link', { name: 'Als Datei sichern' }).getAttribute('href')) ?? '',
  )
  const parsed = (await lines.text()).trim().split('\n')
  expect(parsed.map((line) => (JSON.parse(line) as { action: string }).action)).toContain(
    'NOTICE_DECIDED',
  )
})

test('personal data disappear with one press of a signed-in person, until somebody decides', async ({
  browserOf,
  pageOf,
  address,
}) => {
  const owner = await browserOf(people.editor)
  const path = await postEntry(owner.request, address, '/probleme', {
    title: `Wer kennt sie? ${newWord()}`,
    visibility: 'PUBLIC',
  })
  const nurse = await pageOf(people.nurse, withoutScript)
  await nurse.goto(path)
  await nurse.locator('summary', { hasText: 'Personenbezug melden' }).click()
  await nurse.getByRole('button', { name: 'Personenbezug melden' }).click()
  await expect(nurse.getByText('Der Beitrag ist ausgeblendet')).toBeVisible()
  const visitor = await browserOf()
  expect((await visitor.request.get(path)).status()).toBe(404)
  expect((await nurse.goto(path))?.status()).toBe(404)
  const ownerPage = await owner.newPage()
  await ownerPage.goto(path)
  await expect(ownerPage.getByText('Jemand hat gemeldet')).toBeVisible()
  // Without a session, the same press leads to the sign-in.
  const refused = await post(visitor.request, address, '/melden?/hide', { entryId: 'x' })
  expect([refused.status(), refused.headers()['location']]).toEqual([
    303,
    expect.stringContaining('/anmelden'),
  ])
})

for (const [width, colorScheme] of [
  [1280, 'light'],
  [390, 'dark'],
] as const)
  test(`the pages of moderation at ${width} px, ${colorScheme}: axe finds nothing`, async ({
    browserOf,
    address,
  }) => {
    test.setTimeout(150_000)
    const look = { viewport: { width, height: 900 }, colorScheme }
    const owner = await browserOf(people.editor, look)
    const path = await postEntry(owner.request, address, '/probleme', {
      title: `Für alle ${newWord()}`,
      visibility: 'PUBLIC',
    })
    const id = path.split('/').at(-1) ?? ''
    const visitor = await browserOf(undefined, look)
    const sent = await post(visitor.request, address, '/melden?/send', {
      entryId: id,
      reason: 'INSULT',
      explanation: 'Ein Schimpfwort',
      inGoodFaith: 'on',
      idempotencyKey: crypto.randomUUID(),
    })
    const moderator = await browserOf('redaktion.nordmark', look)
    const list = await (await moderator.request.get('/meldungen')).text()
    const pages = {
      visitor: [path, '/melden', `/melden?beitrag=${id}`, sent.headers()['location'] ?? ''],
      moderator: [
        '/meldungen',
        '/meldungen?stand=DECIDED&grund=OTHER',
        /\/meldungen\/M-[\w-]+/.exec(list)?.[0] ?? '',
        '/protokoll',
      ],
      owner: ['/entscheidungen', '/protokoll', path],
    }
    for (const [context, paths] of [
      [visitor, pages.visitor],
      [moderator, pages.moderator],
      [owner, pages.owner],
    ] as const) {
      const page = await context.newPage()
      for (const to of paths) {
        expect((await page.goto(to))?.status(), to).toBe(200)
        await findBarriers(page)
        const overflow = await page.evaluate(
          () => document.documentElement.scrollWidth - innerWidth,
        )
        expect.soft(overflow, to).toBeLessThanOrEqual(0)
        const shots = process.env['SHOTS']
        if (shots) {
          const name = to.replaceAll(/[^\w]+/g, '-').slice(0, 30)
          await page.screenshot({ path: `${shots}/${width}-${name}.png`, fullPage: true })
        }
      }
    }
  })
