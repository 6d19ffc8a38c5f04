import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { StartError } from '@netzwerkdiakonie/postgres'

/** What can be set from outside; the names are those of the environment variables. */
export interface Environment {
  /** 0 takes any free port. */
  port: number
  host: string
  /** Absolute path of the data of the embedded PostgreSQL. */
  dataDir: string
  /** An outside PostgreSQL, by a login that owns the database and may create roles. */
  databaseUrl?: string
  /** Scheme and host under which people reach the product, if it is not that of each request. */
  publicOrigin?: string
  demoContent: boolean
  logLevel: string
  /** How many proxies stand between people and this server. */
  trustedProxies: number
}

const root = fileURLToPath(new URL('../../../', import.meta.url))
const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']

/**
 * Reads and checks the environment variables; an empty one counts as not set.
 * @throws StartError with one sentence per mistake, each on a line of its own
 */
export function readEnvironment(variables: Record<string, string | undefined>): Environment {
  const mistakes: string[] = []
  const read = <Value>(name: string, standard: string, parse: (text: string) => Value): Value => {
    const text = variables[name]?.trim() || standard
    try {
      return parse(text)
    } catch (error) {
      // A DATABASE_URL holds a password, which must not get into logs.
      const shown = name === 'DATABASE_URL' ? '' : ` „${text}“`
      mistakes.push(`${name}${shown} ist nicht möglich: ${(error as Error).message}`)
      return undefined as Value
    }
  }
  const databaseUrl = read('DATABASE_URL', '', parseDatabaseUrl)
  const publicOrigin = read('PUBLIC_URL', '', parseOrigin)
  const environment = {
    port: read('PORT', '3000', parsePort),
    host: read('HOST', '127.0.0.1', parseHost),
    dataDir: read('DATA_DIR', './data', (text) => resolve(root, text)),
    ...(databaseUrl ? { databaseUrl } : {}),
    ...(publicOrigin ? { publicOrigin } : {}),
    demoContent: read('DEMO_CONTENT', 'on', (text) => oneOf(['on', 'off'], text)) === 'on',
    logLevel: read('LOG_LEVEL', 'warn', (text) => oneOf(logLevels, text)),
    trustedProxies: read('TRUSTED_PROXIES', '0', parseHops),
  }
  if (mistakes.length > 0) throw new StartError(mistakes.join('\n'))
  return environment
}

function parsePort(text: string): number {
  if (/^\d{1,5}$/.test(text) && Number(text) <= 65_535) return Number(text)
  throw new Error('Erlaubt ist eine Zahl von 0 bis 65535.')
}

function parseHops(text: string): number {
  if (/^\d$/.test(text)) return Number(text)
  throw new Error('Erlaubt ist eine Zahl von 0 bis 9.')
}

function parseHost(text: string): string {
  if (/^[\w.:%-]+$/.test(text)) return text
  throw new Error('Erlaubt ist ein Rechnername oder eine IP-Adresse, etwa 127.0.0.1 oder 0.0.0.0.')
}

function parseDatabaseUrl(text: string): string {
  if (text === '') return text
  const url = URL.parse(text)
  const isPostgres = url?.protocol === 'postgresql:' || url?.protocol === 'postgres:'
  if (isPostgres && url.hostname && url.pathname.length > 1) return text
  throw new Error('Erwartet wird postgresql://Anmeldename:Passwort@Rechner:5432/Datenbank.')
}

function parseOrigin(text: string): string {
  if (text === '') return text
  const url = URL.parse(text)
  const isWeb = url?.protocol === 'https:' || url?.protocol === 'http:'
  if (isWeb && url.pathname === '/' && !url.search && !url.hash && !url.username) return url.origin
  throw new Error('Erwartet wird Schema und Rechner ohne Pfad, etwa https://netz.example.')
}

function oneOf(allowed: string[], text: string): string {
  if (allowed.includes(text)) return text
  throw new Error(`Erlaubt ist ${allowed.slice(0, -1).join(', ')} oder ${allowed.at(-1)}.`)
}
