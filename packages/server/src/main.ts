/** The composition root: environment, database, API beside the pages on one port. */
import { createApi, prepareDatabase } from '@netzwerkdiakonie/api'
import { consoleFolder } from '@netzwerkdiakonie/console'
import { openDatabase } from './database.ts'
import { prepareDrain } from './drain.ts'
import { readEnvironment } from './environment.ts'
import { describeFailure } from './failure.ts'
import { createLifetime } from './lifetime.ts'
import { loadPages } from './pages.ts'
import { listen, requireFreePort } from './port.ts'
import { createSite } from './site.ts'
import { welcome } from './welcome.ts'

/** How long running requests may take to finish at the end, in milliseconds. */
const drainLimit = 10_000

const log = (line: string): void => console.log(line)
const lifetime = createLifetime()

try {
  const environment = readEnvironment(process.env)
  await requireFreePort(environment)
  const url = await openDatabase(environment, lifetime, log)
  const { demoContent, host, logLevel, publicOrigin, trustedProxies } = environment
  const { appUrl } = await prepareDatabase({ url, demoContent, progress: log })

  const site = createSite(await loadPages(), trustedProxies)
  const { serverFactory } = site
  const api = await createApi({
    appUrl,
    consoleFolder,
    logLevel,
    serverFactory,
    trustedProxies,
    ...(publicOrigin ? { publicOrigin } : {}),
  })
  lifetime.atEnd(api.close)
  site.connect(api.execute)
  await api.app.ready()

  lifetime.atEnd(prepareDrain(site.server, drainLimit))
  const port = await listen(site.server, environment)
  welcome({ host, port, demoContent }, log)
} catch (error) {
  console.error(describeFailure(error))
  await lifetime.end(1)
}
