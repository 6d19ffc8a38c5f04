/** The product from start to end: what has been opened is closed in reverse order. */
export interface Lifetime {
  /** Adds something to do at the end. */
  atEnd(close: () => Promise<void>): void
  /** Closes everything and exits; further calls change nothing. */
  end(exitCode: number): Promise<void>
}

// Ctrl-C reaches us twice within moments: from the terminal, and passed on by npm.
const sameSignal = 1_000

/**
 * Ends the product on SIGINT, SIGTERM and SIGHUP, when the bootstrap is gone, and on errors that
 * nobody caught. A second signal exits at once; PostgreSQL stops by its supervisor then.
 */
export function createLifetime(): Lifetime {
  const closers: (() => Promise<void>)[] = []
  let ending: Promise<void> | undefined
  let firstSignal = 0

  const end = (exitCode: number): Promise<void> => (ending ??= close(exitCode))

  async function close(exitCode: number): Promise<void> {
    let code = exitCode
    for (const closer of closers.reverse()) {
      try {
        await closer()
      } catch (error) {
        console.error(error)
        code ||= 1
      }
    }
    process.exit(code)
  }

  function onSignal(): void {
    const now = Date.now()
    firstSignal ||= now
    if (ending && now - firstSignal > sameSignal) process.exit(130)
    if (!ending) console.log('Netzwerkdiakonie wird beendet …')
    void end(0)
  }

  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, onSignal)
  process.on('disconnect', () => void end(0))
  process.on('uncaughtException', (error) => {
    console.error(error)
    void end(1)
  })
  return { atEnd: (closer) => closers.push(closer), end }
}
