import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { fileURLToPath } from 'node:url'

/** The root of the repository, where every command runs. */
export const root = fileURLToPath(new URL('../../', import.meta.url))

/** Ends the bootstrap with one sentence instead of a stack. */
export class Failure extends Error {
  constructor(message, exitCode = 1) {
    super(message)
    this.exitCode = exitCode
  }
}

const forwarded = ['SIGINT', 'SIGTERM', 'SIGHUP']

/**
 * Runs a command, passes signals on to it and resolves with its exit code.
 * @param {{ channel?: boolean }} options `channel` opens an IPC channel, which closes with this
 *   process
 * @throws {Failure} when the command cannot be started, or a signal for us ended it
 */
export function run(command, args, { channel = false } = {}) {
  const stdio = ['inherit', 'inherit', 'inherit', ...(channel ? ['ipc'] : [])]
  return exitOf(start(command, args, stdio), command)
}

/**
 * Like `run`, but keeps what the command prints; `output` is stdout and stderr as they came.
 * @returns {Promise<{ code: number, stdout: string, output: string }>}
 */
export async function capture(command, args) {
  const child = start(command, args, ['ignore', 'pipe', 'pipe'])
  let stdout = ''
  let output = ''
  child.stdout.setEncoding('utf8').on('data', (text) => (stdout += text))
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text) => (output += text))
  return { code: await exitOf(child, command), stdout, output }
}

function start(command, args, stdio) {
  // npm, pnpm and turbo are .cmd files on Windows, which only the shell runs.
  const shell = process.platform === 'win32'
  return spawn(command, args, { cwd: root, stdio, shell })
}

function exitOf(child, command) {
  let received
  const forward = (signal) => {
    received = signal
    child.kill(signal)
  }
  for (const signal of forwarded) process.on(signal, forward)
  return new Promise((resolve, reject) => {
    child.on('error', (error) => reject(new Failure(`${command}: ${error.message}`)))
    child.on('close', (code, signal) => {
      if (code !== null && !(received && code !== 0)) resolve(code)
      // Nothing may follow a command that was told to end.
      else reject(new Failure('', code ?? 128 + constants.signals[signal]))
    })
  }).finally(() => {
    for (const signal of forwarded) process.off(signal, forward)
  })
}
