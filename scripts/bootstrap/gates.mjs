import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { countTests, removeReports } from './report.mjs'
import { capture, root, run } from './run.mjs'

const tasks = ['typecheck', 'test', 'build', 'e2e']
/** Root scripts that change nothing and fail when something is wrong. */
const scripts = ['format:check', 'lint', 'deadcode', 'schema:check']
const committed = 'packages/schema/schema.graphql'

/** Runs the tests and prints `N passed, N failed`. Arguments go to turbo, such as `--force`. */
export function test(args) {
  return report([], args)
}

/** Runs every gate and prints `N passed, N failed`; a gate that fails counts as one. */
export function isGood(args) {
  const known = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).scripts
  const gates = scripts.filter((name) => known[name])
  return report(
    [
      { name: 'generate', check: () => turbo(['generate'], args) },
      { name: committed, check: isCommitted },
      ...gates.map((name) => ({ name, check: () => runScript(name) })),
    ],
    args,
  )
}

/** One after the other, and all of them: whoever waited wants to know everything at once. */
async function report(gates, args) {
  removeReports()
  const broken = []
  for (const { name, check } of gates) {
    console.log(`> ${name}`)
    if ((await check()) !== 0) broken.push(name)
  }
  const tasksPassed = (await turbo(tasks, args)) === 0
  const { passed, failed, missing } = countTests()
  broken.push(...missing.map((folder) => `${folder} left no test report`))
  // Something else than a test: a type check or a build.
  if (!tasksPassed && failed + missing.length === 0) broken.push(tasks.join(', '))
  for (const name of broken) console.error(`failed: ${name}`)
  console.log(`${passed} passed, ${failed + broken.length} failed`)
  return failed + broken.length === 0 ? 0 : 1
}

function turbo(names, args) {
  // One task per core: each brings its own workers, and PostgreSQL or a browser.
  const options = ['--continue=dependencies-successful', '--concurrency=100%', '--ui=stream']
  return run('turbo', ['run', ...names, ...options, ...args])
}

function runScript(script) {
  return run('node', ['--run', script])
}

async function isCommitted() {
  if (!existsSync(join(root, '.git'))) return 0 // an unpacked archive
  // The clone may belong to another account than the one that runs the gates.
  const args = ['-c', 'safe.directory=*', 'diff', '--exit-code', '--', committed]
  const { code, output } = await capture('git', args)
  if (code !== 0) console.error(`${output}\n${committed} differs from the one in git.`)
  return code
}
