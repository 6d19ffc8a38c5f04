import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { newFolder, run } from '../test/product.ts'

/** Runs the command on a database of its own. */
async function outcomeOf(args: string[]) {
  const { ended, stdout, stderr } = run(
    'single-sign-on',
    { DATA_DIR: join(newFolder(), 'data') },
    args,
  )
  const code = await ended
  return { code, stdout: stdout(), stderr: stderr().replace('Datenbank wird angelegt …\n', '') }
}

test('reads the file, connects, and says what to enter at the provider', async () => {
  const file = join(newFolder(), 'anbieter.json')
  writeFileSync(file, JSON.stringify({ issuer: 'https://login.example' }))
  const { code, stdout } = await outcomeOf(['connect', file])
  expect(code).toBe(0)
  expect(stdout).toMatch(/^connected https:\/\/login.example\nTragt .*\/anmelden\/zurueck ein\.\n$/)
})

test('lists, switches and removes', async () => {
  expect((await outcomeOf(['list'])).stdout).toBe('Es ist noch kein Anbieter verbunden.\n')
  expect((await outcomeOf(['disable', 'https://a.example'])).stdout).toBe(
    'https://a.example false\n',
  )
  expect((await outcomeOf(['remove', 'https://a.example'])).stdout).toBe(
    'removed https://a.example\n',
  )
})

test.each([
  [[], /^Aufruf: npm run single-sign-on -- connect/],
  [['connect'], /^Aufruf: /],
  [['list', 'x'], /^Aufruf: /],
  [['constructor', 'x'], /^Aufruf: /],
  [['connect', '/gibt/es/nicht.json'], /^Die Datei „.*“ lässt sich nicht lesen\.\n$/],
])('%j is refused in one sentence', async (args, sentence) => {
  const { code, stdout, stderr } = await outcomeOf(args)
  expect([code, stdout]).toEqual([1, ''])
  expect(stderr).toMatch(sentence)
})
