/**
 * Runs PostgreSQL and stops it as soon as the process that started us is gone, however it
 * ended: that process holds the other end of our stdin, and the kernel closes it even after
 * `kill -9`. Arguments: uid, gid (-1 keeps ours), then the command.
 */
import { spawn } from 'node:child_process'

/** How long a fast shutdown may take before the immediate one, which recovers at the next start. */
const patience = 15_000

const [uid, gid, command = 'postgres', ...args] = process.argv.slice(2)
const ids = Number(uid) < 0 ? {} : { uid: Number(uid), gid: Number(gid) }

// Ctrl-C reaches the whole terminal; the parent decides when the database may go.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {})

const postgres = spawn(command, args, { ...ids, stdio: ['ignore', 'inherit', 'inherit'] })
postgres.on('error', () => process.exit(1))
postgres.on('exit', (code) => process.exit(code ?? 1))

process.stdin.on('error', stop).on('close', stop).resume()

function stop(): void {
  postgres.kill('SIGINT')
  setTimeout(() => postgres.kill('SIGQUIT'), patience).unref()
}
