import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { finished } from 'node:stream/promises'
import { fileURLToPath } from 'node:url'
import { onTestFinished } from 'vitest'

// What the server composes, reduced to what can be seen from outside. The real API and pages
// run in the end-to-end tests.
const standIns = {
  api: `
    import { setTimeout as sleep } from 'node:timers/promises'
    import { Client } from ${JSON.stringify(import.meta.resolve('pg'))}
    export class UnsafeLoginError extends Error {}
    export async function prepareDatabase({ url, demoContent, progress }) {
      progress('prepared, demo content ' + demoContent)
      return { appUrl: url }
    }
    export async function createApi({ appUrl, consoleFolder, serverFactory, trustedProxies }) {
      console.log('console in ' + consoleFolder)
      console.log('trusted proxies ' + trustedProxies)
      if (appUrl.includes('unsafe')) throw new UnsafeLoginError('login is a superuser')
      const client = new Client(appUrl)
      client.on('error', () => {})
      await client.connect()
      serverFactory(async (request, response) => {
        if (request.url.endsWith('?slow')) {
          console.log('slow request')
          await sleep(1_500)
          await client.query('select 1')
        }
        response.end('api ' + request.url)
      })
      return {
        app: { ready: async () => {} },
        execute: async () => ({ status: 200, body: { data: 'from the API' } }),
        ready: async () => {},
        async close() { console.log('api closed'); await client.end() },
      }
    }
    export async function mergeAssociations({ url, from }) {
      if (from === 'nobody') throw new Error('Unbekannter Verband.')
    }
    export async function rebuildSearch({ all, progress }) {
      if (!all) return 0
      await sleep(2_100)
      progress(1_000, 2_500)
      progress(1_500, 2_500)
      progress(2_500, 2_500)
      return 2_500
    }
    export const connectSingleSignOn = async (url, { issuer }) => 'connected ' + issuer
    export const listSingleSignOn = async () => []
    export const switchSingleSignOn = async (url, issuer, isEnabled) => issuer + ' ' + isEnabled
    export const removeSingleSignOn = async (url, issuer) => 'removed ' + issuer
    export async function createToken({ url, organisation, scopes, name }) {
      const client = new Client(url)
      await client.connect()
      const { rows } = await client.query('select current_database() as name')
      await client.end()
      if (organisation === 'nobody') throw new Error('Unbekannte Organisation.')
      return [rows[0].name, organisation, ...scopes, name].join('|')
    }`,
  web: `
    export async function handler(request, response, next) {
      if (request.url === '/missing') return next()
      if (request.url === '/broken') return next(new Error('broken page'))
      const { body } = await request.api({ query: '{ __typename }' }, {})
      const proto = request.headers['x-forwarded-proto']
      response.end(JSON.stringify({ page: request.url, proto, id: request.headers['x-request-id'],
        data: body.data, protocolHeader: process.env.PROTOCOL_HEADER,
        address: request.headers[process.env.ADDRESS_HEADER] }))
    }`,
}

const hooks = (folder: string) => `
  import { registerHooks } from 'node:module'
  import { pathToFileURL } from 'node:url'
  const files = { '@netzwerkdiakonie/api': 'api.mjs', '@netzwerkdiakonie/web/handler': 'web.mjs' }
  registerHooks({
    resolve(specifier, context, next) {
      const file = files[specifier]
      if (!file) return next(specifier, context)
      return { url: pathToFileURL(${JSON.stringify(folder)} + '/' + file).href, shortCircuit: true }
    },
  })`

/** A folder that is gone after the test. */
export function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'netzwerkdiakonie-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true, maxRetries: 20 }))
  return folder
}

export interface Run {
  child: ChildProcess
  /** Everything printed so far. */
  stdout(): string
  stderr(): string
  /** Resolves with the exit code. */
  ended: Promise<number | null>
  /** Resolves as soon as stdout matches. */
  printed(pattern: RegExp): Promise<RegExpMatchArray>
}

/** Runs a program of packages/server/src with stand-ins for API and pages. */
export function run(
  program: 'main' | 'merge-associations' | 'rebuild-search' | 'single-sign-on' | 'token',
  environment: Record<string, string>,
  args: string[] = [],
): Run {
  const folder = newFolder()
  writeFileSync(join(folder, 'api.mjs'), standIns.api)
  writeFileSync(join(folder, 'web.mjs'), standIns.web)
  writeFileSync(join(folder, 'hooks.mjs'), hooks(folder))
  const script = fileURLToPath(new URL(`../src/${program}.ts`, import.meta.url))
  const { PATH = '' } = process.env
  const child = spawn(process.execPath, ['--import', join(folder, 'hooks.mjs'), script, ...args], {
    env: { PATH, ...environment },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  let stdout = ''
  let stderr = ''
  const [out, err] = [child.stdio[1] as Readable, child.stdio[2] as Readable]
  out.setEncoding('utf8').on('data', (text: string) => (stdout += text))
  err.setEncoding('utf8').on('data', (text: string) => (stderr += text))
  // Not its event `close`: Node leaves that out once the channel has been disconnected.
  const ended = Promise.all([once(child, 'exit'), finished(out), finished(err)])
    .then(([[code]]) => code as number | null) // prettier-ignore
  onTestFinished(async () => {
    child.kill('SIGKILL')
    await ended
  })
  const printed = (pattern: RegExp) =>
    new Promise<RegExpMatchArray>((resolve, reject) => {
      const look = () => {
        const match = stdout.match(pattern)
        if (match) resolve(match)
      }
      look()
      out.on('data', look)
      void ended.then(() => reject(new Error(`ended before ${pattern}:\n${stdout}${stderr}`)))
    })
  return { child, stdout: () => stdout, stderr: () => stderr, ended, printed }
}

/** A port that is free at the moment. */
export async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}
