/**
 * What `npm start`, `npm test` and `npm run token` run, with whatever Node >= 18 the machine has:
 * installs the dependencies, among them the Node that runs everything else, then hands over.
 *
 *   node scripts/bootstrap.mjs start            build if needed, then run the product
 *   node scripts/bootstrap.mjs test             type check, tests, build, end-to-end tests
 *   node scripts/bootstrap.mjs isgood           `test` and all other gates: what CI runs
 *   node scripts/bootstrap.mjs token [options]  print an access token for the API
 *   node scripts/bootstrap.mjs confirm-claim [options]  decide who answers for an association
 *   node scripts/bootstrap.mjs merge-associations [options]  merge one association into another
 *   node scripts/bootstrap.mjs single-sign-on [options]  connect the sign-in of an organisation
 *   node scripts/bootstrap.mjs search:rebuild [--all]  write the terms of the search anew
 *   node scripts/bootstrap.mjs exec command …   any other command with the same Node and tools
 */
import { install } from './bootstrap/install.mjs'
import { isGood, test } from './bootstrap/gates.mjs'
import { Failure, run } from './bootstrap/run.mjs'
import { build } from './bootstrap/build.mjs'

const server = (file) => `packages/server/src/${file}.ts`

/** A command of an operator: silent but for what it says itself. */
async function command(name, args) {
  await install({ quiet: true })
  return await run('node', [server(name), ...args])
}

const modes = {
  async start(args) {
    await install()
    await build()
    // The channel tells the product when this process is gone, even after `kill -9`.
    return await run('node', [server('main'), ...args], { channel: true })
  },
  token: (args) => command('token', args),
  'single-sign-on': (args) => command('single-sign-on', args),
  'confirm-claim': (args) => command('confirm-claim', args),
  'merge-associations': (args) => command('merge-associations', args),
  'search:rebuild': (args) => command('rebuild-search', args),
  async test(args) {
    await install()
    return await test(args)
  },
  async isgood(args) {
    await install()
    return await isGood(args)
  },
  async exec([command, ...args]) {
    await install({ quiet: true })
    return await run(command, args)
  },
}

const [mode, ...args] = process.argv.slice(2)
if (!Object.hasOwn(modes, mode ?? '') || (mode === 'exec' && args.length === 0)) {
  console.error(`usage: node scripts/bootstrap.mjs ${Object.keys(modes).join('|')} [argument …]`)
  process.exit(2)
}
try {
  process.exitCode = await modes[mode](args)
} catch (error) {
  if (!(error instanceof Failure)) throw error
  if (error.message) console.error(error.message)
  // Whoever reads the last line has to learn that nothing was tested.
  if (mode === 'test' || mode === 'isgood') console.log('0 passed, 1 failed')
  process.exitCode = error.exitCode
}
