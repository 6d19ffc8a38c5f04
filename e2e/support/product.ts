import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createRequire } from 'node:module'

const require = createRequire(import.meta.url)
const main = require.resolve('@netzwerkdiakonie/server/src/main.ts')

/** The real product as a process of its own. */
export interface Product {
  /** Such as http://localhost:41234 */
  address: string
  process: ChildProcess
  /** Resolves with the exit code; null after `kill -9`. */
  ended: Promise<number | null>
  /** Stops it by SIGTERM. */
  stop(): Promise<number | null>
  /** Everything printed so far. */
  output(): string
}

/** Starts the product on a free port, with the embedded database in a folder. */
export async function startProduct(dataDir: string): Promise<Product> {
  const { DATABASE_URL: _, ...inherited } = process.env
  const child = spawn(process.execPath, [main], {
    env: { ...inherited, PORT: '0', HOST: '127.0.0.1', DATA_DIR: dataDir, LOG_LEVEL: 'warn' },
    // By the channel the product learns when this process is gone: nothing is left behind.
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  let output = ''
  const ended = once(child, 'exit').then(([code]) => code as number | null)
  const address = await new Promise<string>((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr])
      stream?.setEncoding('utf8').on('data', (text: string) => {
        output += text
        const [, found] = /Netzwerkdiakonie läuft: (http:\S+)/.exec(output) ?? []
        if (found) resolve(found)
      })
    void ended.then(() => reject(new Error(`The product did not start:\n${output}`)))
  })
  const stop = () => {
    child.kill('SIGTERM')
    return ended
  }
  return { address, process: child, ended, stop, output: () => output }
}
