/** Prints an access token for the API and nothing else, so that scripts can use the output. */
import { parseArgs } from 'node:util'
import { createToken } from '@netzwerkdiakonie/api'
import { runCommand } from './command.ts'

const usage =
  'Aufruf: npm run --silent token -- --organisation <Kurzname> --scopes read,write [--name <Zweck>]'

const request = readArguments()
if (request)
  await runCommand(async (url) => {
    process.stdout.write(`${await createToken({ url, ...request })}\n`)
  })
else {
  console.error(usage)
  process.exitCode = 1
}

function readArguments(): { organisation: string; scopes: string[]; name?: string } | null {
  const text = { type: 'string' } as const
  try {
    const { values } = parseArgs({ options: { organisation: text, scopes: text, name: text } })
    const { organisation, scopes = '', name } = values
    const list = scopes.split(',').flatMap((scope) => scope.trim() || [])
    if (organisation && list.length > 0)
      return { organisation, scopes: list, ...(name ? { name } : {}) }
  } catch {
    // The usage says more than the parser.
  }
  return null
}
