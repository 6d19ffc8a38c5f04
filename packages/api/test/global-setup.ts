import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startPostgres } from '@netzwerkdiakonie/postgres'
import { Client } from 'pg'
import type { TestProject } from 'vitest/node'
import { prepareDatabase } from '#api/index.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Addresses of databases that every test file copies from, for the operator's login. */
    templates: { empty: string; demo: string }
  }
}

/** Starts a real PostgreSQL and prepares two templates: only migrated, and with demo content. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const dataDir = await mkdtemp(join(tmpdir(), 'netzwerkdiakonie-test-'))
  const silent = () => {}
  const postgres = await startPostgres({ dataDir, log: silent, durable: false })
  const admin = new Client({ connectionString: postgres.url })
  await admin.connect()
  const prepare = async (name: string, demoContent: boolean): Promise<string> => {
    await admin.query(`create database ${name}`)
    const url = new URL(postgres.url)
    url.pathname = name
    await prepareDatabase({ url: url.href, demoContent, progress: silent })
    return url.href
  }
  project.provide('templates', {
    empty: await prepare('template_empty', false),
    demo: await prepare('template_demo', true),
  })
  await admin.end()
  return async () => {
    await postgres.stop()
    await rm(dataDir, { recursive: true, force: true })
  }
}
