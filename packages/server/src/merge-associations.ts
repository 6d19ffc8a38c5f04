/** Merges an association into another on a day; members move, ids keep resolving. */
import { parseArgs } from 'node:util'
import { mergeAssociations } from '@netzwerkdiakonie/api'
import { runCommand } from './command.ts'

const usage =
  'Aufruf: npm run merge-associations -- --from <Kurzname> --into <Kurzname> --on <JJJJ-MM-TT>'

const merge = readArguments()
if (merge)
  await runCommand(async (url) => {
    await mergeAssociations({ url, ...merge })
    console.log(`${merge.from} geht am ${merge.on} in ${merge.into} auf.`)
  })
else {
  console.error(usage)
  process.exitCode = 1
}

function readArguments(): { from: string; into: string; on: string } | null {
  const text = { type: 'string' } as const
  try {
    const { values } = parseArgs({ options: { from: text, into: text, on: text } })
    const { from, into, on } = values
    if (from && into && on) return { from, into, on }
  } catch {
    // The usage says more than the parser.
  }
  return null
}
