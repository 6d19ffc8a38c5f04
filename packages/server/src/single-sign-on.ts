/** Connects the sign-in of an organisation (OpenID Connect), or lists, switches and removes it. */
import { readFileSync } from 'node:fs'
import {
  connectSingleSignOn,
  listSingleSignOn,
  removeSingleSignOn,
  switchSingleSignOn,
} from '@netzwerkdiakonie/api'
import { runCommand } from './command.ts'

const usage = `Aufruf: npm run single-sign-on -- connect <Datei.json>
        npm run single-sign-on -- list
        npm run single-sign-on -- disable|enable|remove <issuer>`

/** Each gives the lines to print. */
const commands: Record<string, (url: string, subject: string) => Promise<string[]>> = {
  connect: async (url, file) => [
    await connectSingleSignOn(url, readFile(file)),
    'Tragt beim Anbieter als Rücksprungadresse die Adresse dieser Plattform mit /anmelden/zurueck ein.',
  ],
  list: async (url) => {
    const lines = await listSingleSignOn(url)
    return lines.length > 0 ? lines : ['Es ist noch kein Anbieter verbunden.']
  },
  disable: async (url, issuer) => [await switchSingleSignOn(url, issuer, false)],
  enable: async (url, issuer) => [await switchSingleSignOn(url, issuer, true)],
  remove: async (url, issuer) => [await removeSingleSignOn(url, issuer)],
}

const [name = '', subject = '', ...rest] = process.argv.slice(2)
const command = Object.hasOwn(commands, name) ? commands[name] : undefined
if (command && rest.length === 0 && (name === 'list') === (subject === ''))
  await runCommand(async (url) => {
    for (const line of await command(url, subject)) process.stdout.write(`${line}\n`)
  })
else {
  console.error(usage)
  process.exitCode = 1
}

/** The content of a file of the operator; the folder is that in which the command was called. */
function readFile(path: string): unknown {
  let text
  try {
    text = readFileSync(path, 'utf8')
  } catch {
    throw new Error(`Die Datei „${path}“ lässt sich nicht lesen.`)
  }
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new Error(`„${path}“ ist kein gültiges JSON: ${(error as Error).message}`, {
      cause: error,
    })
  }
}
