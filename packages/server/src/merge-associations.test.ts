import { join } from 'node:path'
import { expect, test } from 'vitest'
import { newFolder, run } from '../test/product.ts'

const merge = (from: string) => ['--from', from, '--into', 'b', '--on', '2027-01-01']

test('merges on the database of the product and says so', async () => {
  const { ended, stdout } = run(
    'merge-associations',
    { DATA_DIR: join(newFolder(), 'data') },
    merge('a'),
  )
  expect(await ended).toBe(0)
  expect(stdout()).toBe('a geht am 2027-01-01 in b auf.\n')
})

test.each([
  [[], /^Aufruf: npm run merge-associations -- --from/],
  [['--from', 'a'], /^Aufruf: /],
  [merge('nobody'), /^Unbekannter Verband\.\n$/],
])('%j is refused in one sentence', async (wrong, sentence) => {
  const DATA_DIR = join(newFolder(), 'data')
  const { ended, stdout, stderr } = run('merge-associations', { DATA_DIR }, wrong)
  expect(await ended).toBe(1)
  expect(stdout()).toBe('')
  expect(stderr().replace('Datenbank wird angelegt …\n', '')).toMatch(sentence)
})
