import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { newFolder, run } from '../test/product.ts'

const args = ['--organisation', 'a-nordmark', '--scopes', 'read, write']
const token = 'netzwerkdiakonie|a-nordmark|read|write|\n'

test('prints the token and nothing else, and stops the database it started', async () => {
  const DATA_DIR = join(newFolder(), 'data')
  const { ended, stdout } = run('token', { DATA_DIR }, [...args, '--name', 'Import'])
  expect(await ended).toBe(0)
  expect(stdout()).toBe('netzwerkdiakonie|a-nordmark|read|write|Import\n')
  expect(existsSync(join(DATA_DIR, 'postgres', 'postmaster.pid'))).toBe(false)
})

test('uses the database of the running product and leaves it running', async () => {
  const DATA_DIR = join(newFolder(), 'data')
  const product = run('main', { PORT: '0', DATA_DIR })
  const [, address = ''] = await product.printed(/Netzwerkdiakonie läuft: (http:\S+)/)
  const { ended, stdout } = run('token', { DATA_DIR }, args)
  expect(await ended).toBe(0)
  expect(stdout()).toBe(token)
  expect((await fetch(`${address}/graphql`)).status).toBe(200)
})

test.each([
  [[], /^Aufruf: npm run --silent token -- --organisation/],
  [['--organisation', 'a-nordmark', '--scopes', ','], /^Aufruf: /],
  [['--organization', 'a-nordmark'], /^Aufruf: /],
  [['--organisation', 'nobody', '--scopes', 'read'], /^Unbekannte Organisation\.\n$/],
])('%j is refused in one sentence', async (wrong, sentence) => {
  const DATA_DIR = join(newFolder(), 'data')
  const { ended, stdout, stderr } = run('token', { DATA_DIR }, wrong)
  expect(await ended).toBe(1)
  expect(stdout()).toBe('')
  expect(stderr().replace('Datenbank wird angelegt …\n', '')).toMatch(sentence)
})
