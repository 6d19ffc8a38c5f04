import type { Page } from '@playwright/test'
import { postAnyway } from './support/posting.ts'
import { newWord, people } from './support/people.ts'
import { expect, test } from './support/test.ts'

// The main job, as three people of three organisations do it.

async function signInByClick(page: Page, userName: string): Promise<void> {
  await page.goto('/anmelden')
  await page.getByRole('button', { name: `Als ${userName} anmelden` }).click()
  await expect(page.getByText('Ihr seid angemeldet.')).toBeVisible()
}

async function search(page: Page, words: string): Promise<void> {
  const box = page.getByRole('banner').locator('input[name=q]')
  await box.fill(words)
  await box.press('Enter')
  await expect(page.getByRole('heading', { level: 1 })).toContainText(words)
}

async function postProblem(page: Page, title: string): Promise<void> {
  await page.goto('/')
  await page.getByRole('banner').getByRole('link', { name: 'Ich habe da ein Problem' }).click()
  await page.getByLabel('Was ist das Problem?').fill(title)
  await page.getByLabel('In welchem Arbeitsfeld?').selectOption('child-daycare')
  await postAnyway(page, page.getByText('Euer Problem ist veröffentlicht.'))
}

async function makeSolution(page: Page, title: string, visibility: string): Promise<void> {
  await expect(page.getByText('Soll daraus eine Lösung werden?')).toBeVisible()
  await page.getByRole('link', { name: 'Lösung daraus machen' }).first().click()
  await expect(page.getByText('Aus Problem und Antwort vorbereitet')).toBeVisible()
  for (const name of ['Kita-Verbund Seelgrund', 'Diakoniestation Silberquell'])
    await expect(page.getByText('Genannt werden:')).toContainText(name)
  // What was answered is already there.
  await expect(page.getByLabel('So geht es')).toHaveValue(/Wir haben eine Seite mit fünf Fragen/)
  await expect(page.getByLabel('In welchem Arbeitsfeld?')).toHaveValue('child-daycare')
  await page.getByLabel('Wie heißt die Lösung?').fill(title)
  await page.getByRole('radio', { name: 'Vorlage' }).check()
  await page.getByText('Lizenz, Sichtbarkeit und KI-Anteil').click()
  await page.getByRole('radio', { name: visibility }).check()
  await postAnyway(page, page.getByRole('heading', { level: 1, name: title }))
}

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with script' : 'without script', () => {
    for (const isPublic of [true, false]) {
      test(
        isPublic ? 'ends before everybody’s eyes' : 'stays among members',
        async ({ pageOf }) => {
          const options = { javaScriptEnabled }
          const [asker, answerer, third, visitor] = [
            await pageOf(undefined, options),
            await pageOf(undefined, options),
            await pageOf(undefined, options),
            await pageOf(undefined, options),
          ]
          const word = newWord()
          const title = `Die Übergabe steht auf Zetteln ${word}`
          const solution = `Fünf Fragen zur Übergabe ${word}`

          // A problem is posted …
          // An editor publishes at once; what the educator writes waits for the editor.
          const author = isPublic ? people.educator : people.editor
          await signInByClick(asker, author)
          await postProblem(asker, title)
          const problemPath = new URL(asker.url()).pathname
          expect((await visitor.goto(problemPath))?.status()).toBe(404)

          // … found by another organisation, and answered …
          await signInByClick(answerer, people.nurse)
          await search(answerer, word)
          await expect(
            answerer.getByRole('status').filter({ hasText: /^1 Treffer$/ }),
          ).toBeVisible()
          await answerer.getByRole('link', { name: title }).click()
          await answerer.getByRole('radio', { name: 'Erfahrung' }).check()
          await answerer
            .getByLabel('Eure Antwort')
            .fill('Wir haben eine Seite mit fünf Fragen, die alle ausfüllen.')
          await answerer.getByRole('button', { name: 'Antwort veröffentlichen' }).click()
          await expect(answerer.getByText('Eure Antwort ist veröffentlicht.')).toBeVisible()
          await expect(answerer.getByRole('button', { name: 'Das hat geholfen' })).toHaveCount(0)

          // … a third one has it, too …
          await signInByClick(third, people.stranger)
          await third.goto(problemPath)
          await third.getByRole('button', { name: 'Wir auch', exact: true }).click()
          await expect(third.getByText('1 Organisation sagt „Wir auch“')).toBeVisible()

          // … the asker says that it helped, and shares what came of it.
          await asker.goto(problemPath)
          await asker.getByRole('button', { name: 'Das hat geholfen' }).click()
          await makeSolution(asker, solution, isPublic ? 'Öffentlich' : 'Alle Mitglieder')
          await asker.waitForURL(/\/loesungen\/(?!neu)/)
          const solutionPath = new URL(asker.url()).pathname
          if (isPublic) {
            await expect(asker.getByRole('main')).toContainText('Wartet auf Freigabe')
            expect((await visitor.goto(solutionPath))?.status()).toBe(404)
            expect((await third.goto(solutionPath))?.status()).toBe(404)
            const editor = await pageOf(undefined, options)
            await signInByClick(editor, people.editor)
            await editor.goto('/freigaben')
            await editor.getByRole('button', { name: `Freigeben: ${solution}` }).click()
            await expect(editor.getByText('Freigegeben.')).toBeVisible()
          } else {
            await expect(asker.getByText('Eure Lösung ist veröffentlicht.')).toBeVisible()
          }

          // A member finds it; a visitor only if it is public.
          for (const [page, isMember] of [
            [third, true],
            [visitor, false],
          ] as const) {
            const sees = isPublic || isMember
            await page.goto('/')
            await search(page, word)
            await expect(page.getByRole('link', { name: solution })).toHaveCount(sees ? 1 : 0)
            await expect(page.getByRole('link', { name: title })).toHaveCount(isMember ? 1 : 0)
            await page.goto(`/loesungen?q=${word}`)
            const count = page.getByRole('status').filter({ hasText: /Lösung/ })
            await expect(count).toHaveText(sees ? '1 Lösung' : '0 Lösungen')
            await expect(page.getByRole('link', { name: solution })).toHaveCount(sees ? 1 : 0)
            expect((await page.goto(solutionPath))?.status()).toBe(sees ? 200 : 404)
            if (!sees) continue
            await expect(page.getByRole('heading', { level: 1 })).toHaveText(solution)
            await expect(page.getByRole('main')).toContainText('Diakoniestation Silberquell')
          }
        },
      )
    }
  })
}
