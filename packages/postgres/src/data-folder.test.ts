import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { newFolder } from '../test/world.ts'
import { startPostgres } from './index.ts'

const sentence = (pattern: RegExp) => ({
  name: 'StartError',
  message: expect.stringMatching(pattern),
})

function start(dataDir: string) {
  return startPostgres({ dataDir, durable: false, log: () => {} })
}

test('a folder with files of somebody else stays as it is', async () => {
  const folder = newFolder()
  writeFileSync(join(folder, 'thesis.odt'), 'years of work')
  await expect(start(folder)).rejects.toMatchObject(sentence(/enthält fremde Dateien.*DATA_DIR/))
  expect(readdirSync(folder)).toEqual(['thesis.odt'])
})

test('a PostgreSQL folder that we did not make stays as it is', async () => {
  const folder = newFolder()
  mkdirSync(join(folder, 'postgres'))
  writeFileSync(join(folder, 'postgres', 'PG_VERSION'), '18\n')
  await expect(start(folder)).rejects.toMatchObject(sentence(/enthält fremde Dateien/))
  expect(readdirSync(folder)).toEqual(['postgres'])
})

test('data of another PostgreSQL version stays as it is', async () => {
  const dataDir = join(newFolder(), 'data')
  await (await start(dataDir)).stop()
  const versionFile = join(dataDir, 'postgres', 'PG_VERSION')
  writeFileSync(versionFile, '17\n')
  const before = readdirSync(dataDir)
  await expect(start(dataDir)).rejects.toMatchObject(
    sentence(/stammen von PostgreSQL 17, eingebaut ist PostgreSQL 18/),
  )
  expect(readFileSync(versionFile, 'utf8')).toBe('17\n')
  expect(readdirSync(dataDir)).toEqual(before)
})

test('a file instead of a folder is refused', async () => {
  const file = join(newFolder(), 'file')
  writeFileSync(file, '')
  await expect(start(file)).rejects.toMatchObject(sentence(/ist kein Ordner/))
})

test('a mount point counts as empty, and a start that was cut off is made up for', async () => {
  const dataDir = join(newFolder(), 'data')
  mkdirSync(join(dataDir, 'lost+found'), { recursive: true })
  await (await start(dataDir)).stop()

  const unfinished = join(newFolder(), 'data')
  mkdirSync(join(unfinished, 'postgres-new-1', 'base'), { recursive: true })
  writeFileSync(join(unfinished, 'postgres-password'), 'chosen\n', { mode: 0o600 })
  await (await start(unfinished)).stop()
  expect(readdirSync(unfinished)).not.toContain('postgres-new-1')
})
