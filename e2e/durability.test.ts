import { mkdtempSync, readdirSync, readlinkSync, rmSync } from 'node:fs'
import { request as httpRequest } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { people, signIn } from './support/people.ts'
import { postAnyway } from './support/posting.ts'
import { type Product, startProduct } from './support/product.ts'
import { expect, test } from './support/test.ts'

// The product of this file is its own: it gets killed.

/** Processes of PostgreSQL that work in a folder. */
function postgresIn(dataDir: string): string[] {
  return readdirSync('/proc').filter((pid) => {
    try {
      return /^\d+$/.test(pid) && readlinkSync(`/proc/${pid}/cwd`) === join(dataDir, 'postgres')
    } catch {
      return false // it ended meanwhile, or belongs to somebody else
    }
  })
}

async function postProblem(page: Page, address: string, title: string): Promise<string> {
  await page.goto(`${address}/probleme/neu`)
  await page.getByLabel('Was ist das Problem?').fill(title)
  await page.getByLabel('In welchem Arbeitsfeld?').selectOption('elder-care')
  await postAnyway(page, page.getByText('Euer Problem ist veröffentlicht.'))
  return new URL(page.url()).pathname
}

/** Sends a form whose end comes only when `finish` is called. */
function sendSlowly(address: string, path: string, cookie: string, body: string) {
  let answered: (result: { status: number; location: string | undefined }) => void
  const answer = new Promise<{ status: number; location: string | undefined }>(
    (resolve) => (answered = resolve),
  )
  const outgoing = httpRequest(
    address + path,
    {
      method: 'POST',
      headers: {
        origin: address,
        cookie,
        accept: 'text/html',
        'content-type': 'application/x-www-form-urlencoded',
        'content-length': Buffer.byteLength(body),
      },
    },
    (response) => {
      response.resume()
      answered({ status: response.statusCode ?? 0, location: response.headers.location })
    },
  )
  const half = Math.floor(body.length / 2)
  outgoing.write(body.slice(0, half))
  return { answer, finish: () => outgoing.end(body.slice(half)) }
}

test.describe('the data folder', () => {
  test.setTimeout(150_000)
  let dataDir: string
  let product: Product | undefined

  test.beforeAll(() => {
    dataDir = mkdtempSync(join(tmpdir(), 'netzwerkdiakonie-e2e-'))
  })

  test.afterAll(async () => {
    await product?.stop()
    rmSync(dataDir, { recursive: true, force: true, maxRetries: 20 })
  })

  test('kill -9 between post and answer loses nothing; SIGTERM lets requests finish', async ({
    browserOf,
  }) => {
    product = await startProduct(dataDir)
    const asker = await browserOf()
    await signIn(asker, product.address, people.editor)
    const page = await asker.newPage()
    const title = 'Der Strom fällt aus'
    const path = await postProblem(page, product.address, title)

    product.process.kill('SIGKILL')
    await product.ended
    await expect.poll(() => postgresIn(dataDir), { timeout: 20_000 }).toEqual([])

    let begin = Date.now()
    product = await startProduct(dataDir)
    expect(Date.now() - begin, 'time to start again').toBeLessThan(20_000)
    expect(product.output()).not.toContain('Demo-Inhalte werden geladen')

    // The cookie is the one from before; localhost has no ports for cookies.
    await page.goto(product.address + path)
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(title)
    await expect(page.getByText('Euer Problem verwalten')).toBeVisible()
    const answerer = await browserOf()
    await signIn(answerer, product.address, people.nurse)
    const other = await answerer.newPage()
    await other.goto(product.address + path)
    await other.getByRole('radio', { name: 'Erfahrung' }).check()
    await other.getByLabel('Eure Antwort').fill('Wir haben ein Notstromgerät.')
    await other.getByRole('button', { name: 'Antwort veröffentlichen' }).click()
    await expect(other.getByText('Eure Antwort ist veröffentlicht.')).toBeVisible()

    const cookies = await asker.cookies(product.address)
    const session = cookies.find(({ name }) => name === 'session')?.value ?? ''
    const body = new URLSearchParams({ title: 'Kurz vor Schluss', fieldsOfWork: 'elder-care' })
    const slow = sendSlowly(product.address, '/probleme/neu', `session=${session}`, String(body))
    await page.waitForTimeout(300)
    const stopped = product.stop()
    await expect.poll(() => product?.output()).toContain('wird beendet')
    await expect(fetch(`${product.address}/live`)).rejects.toThrow()
    slow.finish()
    const answer = await slow.answer
    expect(answer.status).toBe(303)
    expect(await stopped).toBe(0)
    expect(postgresIn(dataDir)).toEqual([])

    begin = Date.now()
    product = await startProduct(dataDir)
    expect(Date.now() - begin, 'time to start a third time').toBeLessThan(20_000)
    await page.goto(product.address + answer.location)
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Kurz vor Schluss')
    await page.goto(product.address + path)
    await expect(page.getByText('Wir haben ein Notstromgerät.')).toBeVisible()
    expect(await product.stop()).toBe(0)
    product = undefined
  })
})
