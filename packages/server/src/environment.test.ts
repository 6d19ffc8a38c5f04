import { resolve } from 'node:path'
import { StartError } from '@netzwerkdiakonie/postgres'
import { expect, test } from 'vitest'
import { readEnvironment } from './environment.ts'

const standard = {
  port: 3000,
  host: '127.0.0.1',
  dataDir: resolve(import.meta.dirname, '../../../data'),
  demoContent: true,
  logLevel: 'warn',
  trustedProxies: 0,
}
const databaseUrl = 'postgresql://anna:geheim@db.example:5432/netzwerkdiakonie'

test.each([
  [{}, {}],
  [{ PORT: '', DATA_DIR: ' ', DATABASE_URL: '' }, {}],
  [{ PORT: '8080' }, { port: 8080 }],
  [{ PORT: '0' }, { port: 0 }],
  [{ HOST: '0.0.0.0' }, { host: '0.0.0.0' }],
  [{ HOST: '::' }, { host: '::' }],
  [{ DATA_DIR: '/srv/daten' }, { dataDir: '/srv/daten' }],
  [{ DATA_DIR: 'andere' }, { dataDir: resolve(import.meta.dirname, '../../../andere') }],
  [{ DATABASE_URL: databaseUrl }, { databaseUrl }],
  [{ PUBLIC_URL: 'https://netz.example/' }, { publicOrigin: 'https://netz.example' }],
  [{ DEMO_CONTENT: 'off' }, { demoContent: false }],
  [{ LOG_LEVEL: 'debug' }, { logLevel: 'debug' }],
  [{ TRUSTED_PROXIES: '2' }, { trustedProxies: 2 }],
])('%j is read as %j', (variables, expected) => {
  expect(readEnvironment(variables)).toEqual({ ...standard, ...expected })
})

test.each([
  [{ PORT: 'abc' }, 'PORT „abc“ ist nicht möglich: Erlaubt ist eine Zahl von 0 bis 65535.'],
  [{ PORT: '65536' }, 'PORT „65536“ ist nicht möglich: Erlaubt ist eine Zahl von 0 bis 65535.'],
  [{ PORT: '-1' }, 'PORT „-1“ ist nicht möglich: Erlaubt ist eine Zahl von 0 bis 65535.'],
  [
    { HOST: 'http://localhost' },
    'HOST „http://localhost“ ist nicht möglich: ' +
      'Erlaubt ist ein Rechnername oder eine IP-Adresse, etwa 127.0.0.1 oder 0.0.0.0.',
  ],
  [
    { PUBLIC_URL: 'https://netz.example/pfad' },
    'PUBLIC_URL „https://netz.example/pfad“ ist nicht möglich: ' +
      'Erwartet wird Schema und Rechner ohne Pfad, etwa https://netz.example.',
  ],
  [
    { TRUSTED_PROXIES: '10.0.0.1' },
    'TRUSTED_PROXIES „10.0.0.1“ ist nicht möglich: Erlaubt ist eine Zahl von 0 bis 9.',
  ],
  [{ DEMO_CONTENT: 'yes' }, 'DEMO_CONTENT „yes“ ist nicht möglich: Erlaubt ist on oder off.'],
  [
    { LOG_LEVEL: 'loud' },
    'LOG_LEVEL „loud“ ist nicht möglich: ' +
      'Erlaubt ist fatal, error, warn, info, debug, trace oder silent.',
  ],
])('%j is refused', (variables, message) => {
  expect(() => readEnvironment(variables)).toThrow(new StartError(message))
})

test.each(['mysql://anna:geheim@db/x', 'postgresql://anna:geheim@db', 'geheim'])(
  'DATABASE_URL %s is refused without repeating the password',
  (DATABASE_URL) => {
    expect(() => readEnvironment({ DATABASE_URL })).toThrow(
      'DATABASE_URL ist nicht möglich: ' +
        'Erwartet wird postgresql://Anmeldename:Passwort@Rechner:5432/Datenbank.',
    )
  },
)

test('all mistakes are told at once', () => {
  expect(() => readEnvironment({ PORT: 'x', DEMO_CONTENT: 'x' })).toThrow(
    /^PORT .*\nDEMO_CONTENT .*$/,
  )
})
