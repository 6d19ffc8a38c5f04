import { join } from 'node:path'
import { expect, test } from 'vitest'
import { newFolder, run } from '../test/product.ts'

test('says how far it is, and how long it still takes', async () => {
  const DATA_DIR = join(newFolder(), 'data')
  const { ended, stdout } = run('rebuild-search', { DATA_DIR }, ['--all'])
  expect(await ended).toBe(0)
  const [first, ...others] = stdout().split('\n')
  expect(first).toMatch(/^1\.000 von 2\.500 Einträgen \(40 %\), noch etwa [1-9]\d? Sekunden?$/)
  expect(others).toEqual(['2.500 von 2.500 Einträgen (100 %)', 'Fertig: 2.500 Einträge.', ''])
})

test('says that there is nothing to do, beside the running product', async () => {
  const DATA_DIR = join(newFolder(), 'data')
  const product = run('main', { PORT: '0', DATA_DIR })
  const [, address = ''] = await product.printed(/Netzwerkdiakonie läuft: (http:\S+)/)
  const { ended, stdout } = run('rebuild-search', { DATA_DIR })
  expect(await ended).toBe(0)
  expect(stdout()).toBe('Alle Einträge sind auf dem Stand dieser Version.\n')
  expect((await fetch(`${address}/graphql`)).status).toBe(200)
})

test.each([[['--everything']], [['now']]])('%j is refused in one sentence', async (wrong) => {
  const { ended, stdout, stderr } = run('rebuild-search', { DATA_DIR: newFolder() }, wrong)
  expect(await ended).toBe(1)
  expect(stdout()).toBe('')
  expect(stderr()).toMatch(/^Aufruf: npm run search:rebuild/)
})
