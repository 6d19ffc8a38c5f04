/** Writes the terms of the search anew, while the product goes on serving. */
import { parseArgs } from 'node:util'
import { rebuildSearch } from '@netzwerkdiakonie/api'
import { runCommand } from './command.ts'

const usage = 'Aufruf: npm run search:rebuild [-- --all]'

/** Milliseconds between two lines. */
const pause = 2_000

const request = readArguments()
if (request)
  await runCommand(async (url) => {
    const started = performance.now()
    let told = started
    const done = await rebuildSearch({
      url,
      all: request.all,
      progress(done, of) {
        const now = performance.now()
        if (now - told < pause && done < of) return
        told = now
        console.log(lineOf(done, of, now - started))
      },
    })
    console.log(
      done === 0
        ? 'Alle Einträge sind auf dem Stand dieser Version.'
        : `Fertig: ${count(done)} Einträge.`,
    )
  })
else {
  console.error(usage)
  process.exitCode = 1
}

function lineOf(done: number, of: number, took: number): string {
  const share = Math.floor((100 * done) / of)
  const line = `${count(done)} von ${count(of)} Einträgen (${share} %)`
  return done < of ? `${line}, noch etwa ${duration((took / done) * (of - done))}` : line
}

function count(number: number): string {
  return number.toLocaleString('de-DE')
}

function duration(milliseconds: number): string {
  const seconds = Math.ceil(milliseconds / 1_000)
  if (seconds < 90) return seconds === 1 ? '1 Sekunde' : `${seconds} Sekunden`
  return `${Math.round(seconds / 60)} Minuten`
}

function readArguments(): { all: boolean } | null {
  try {
    const { values } = parseArgs({ options: { all: { type: 'boolean', default: false } } })
    return { all: values.all }
  } catch {
    // The usage says more than the parser.
    return null
  }
}
