import { type Server as HttpServer } from 'node:http'
import { type AddressInfo, type Server, createServer } from 'node:net'
import { StartError } from '@netzwerkdiakonie/postgres'

interface Address {
  port: number
  host: string
}

/**
 * Makes sure the product will be able to listen, before anything else is started.
 * @throws StartError when the port is in use or the address is not of this machine
 */
export async function requireFreePort({ port, host }: Address): Promise<void> {
  await tryToListen({ port, host })
  // Browsers try ::1 first for "localhost": another program there would answer in our place.
  if (host !== '127.0.0.1' || port === 0) return
  await tryToListen({ port, host: '::1' }).catch((error: unknown) => {
    if (error instanceof StartError && (error.cause as NodeJS.ErrnoException).code === 'EADDRINUSE')
      throw error
  })
}

/**
 * Listens and returns the port.
 * @throws StartError like `requireFreePort`
 */
export async function listen(server: Server | HttpServer, address: Address): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(explain(error, address)))
    server.listen(address, resolve)
  })
  return (server.address() as AddressInfo).port
}

async function tryToListen(address: Address): Promise<void> {
  const server = createServer()
  await listen(server, address)
  await new Promise((resolve) => server.close(resolve))
}

function explain(cause: NodeJS.ErrnoException, { port, host }: Address): StartError {
  const sentences: Record<string, string> = {
    EADDRINUSE:
      `Port ${port} ist schon belegt; beenden Sie das Programm, das ihn verwendet, oder ` +
      `wählen Sie einen anderen, etwa PORT=${port + 1}.`,
    EACCES: `Port ${port} darf dieses Konto nicht verwenden; wählen Sie einen über 1023, etwa PORT=3000.`,
    EADDRNOTAVAIL: `${host} ist keine Adresse dieses Rechners; prüfen Sie HOST.`,
    ENOTFOUND: `Der Name ${host} ist unbekannt; prüfen Sie HOST.`,
  }
  const sentence =
    sentences[cause.code ?? ''] ??
    `An ${host}, Port ${port}, lässt sich nicht lauschen (${cause.message}); prüfen Sie HOST und PORT.`
  return new StartError(sentence, { cause })
}
