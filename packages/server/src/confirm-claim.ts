/** Decides on a claim to an organisation, and prints the card of its first executive. */
import { parseArgs } from 'node:util'
import { decideClaim } from '@netzwerkdiakonie/api'
import { runCommand } from './command.ts'

const usage =
  'Aufruf: npm run confirm-claim -- --reference <Vorgangsnummer> [--refuse <Begründung>]'

const request = readArguments()
if (request)
  await runCommand(async (url) => {
    const { organisation, code, expiresOn } = await decideClaim({ url, ...request })
    console.log(
      code
        ? `${organisation} ist übernommen.\nZugangskarte für die Leitung, gültig bis ${expiresOn}: ${code}`
        : `Der Antrag für ${organisation} ist abgelehnt.`,
    )
  })
else {
  console.error(usage)
  process.exitCode = 1
}

function readArguments(): { reference: string; refusal?: string } | null {
  const text = { type: 'string' } as const
  try {
    const { values } = parseArgs({ options: { reference: text, refuse: text } })
    const { reference, refuse } = values
    if (reference) return { reference, ...(refuse ? { refusal: refuse } : {}) }
  } catch {
    // The usage says more than the parser.
  }
  return null
}
