import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Postgres, startPostgres } from '@netzwerkdiakonie/postgres'
import { Client } from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createApi, createToken, prepareDatabase } from '#api/index.ts'

// A server of somebody else: the login owns its database and may create roles, and is no superuser.

let dataDir: string
let postgres: Postgres
let url: string

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'netzwerkdiakonie-outside-'))
  postgres = await startPostgres({ dataDir, log: () => {}, durable: false })
  const superuser = new Client({ connectionString: postgres.url })
  await superuser.connect()
  await superuser.query(`create role operator login createrole password 'geheim'`)
  await superuser.query('create database outside owner operator')
  await superuser.end()
  const address = new URL(postgres.url)
  address.username = 'operator'
  address.password = 'geheim'
  address.pathname = 'outside'
  url = address.href
})

afterAll(async () => {
  await postgres.stop()
  await rm(dataDir, { recursive: true, force: true })
})

it('is prepared by a login that is no superuser, served by another, and prepared again', async () => {
  const { appUrl } = await prepareDatabase({ url, demoContent: true, progress: () => {} })
  const api = await createApi({ appUrl, logLevel: 'silent' })
  const token = await createToken({ url, organisation: 'a-nordmark', scopes: ['read'] })
  const { body } = await api.execute(
    { query: '{ problems { totalCount { value } } viewer { organisation { code } } }' },
    { authorization: `Bearer ${token}` },
  )
  await api.close()
  expect(body).toEqual({
    data: {
      problems: { totalCount: { value: 29 } },
      viewer: { organisation: { code: 'a-nordmark' } },
    },
  })
  const again = await prepareDatabase({ url, demoContent: true, progress: () => {} })
  expect(again.appUrl).toBe(appUrl)
  expect(appUrl).not.toContain('geheim')
})
