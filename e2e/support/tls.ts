import { once } from 'node:events'
import { request as forward } from 'node:http'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { generate } from 'selfsigned'

/** A proxy that ends TLS, as operators put it before the product. */
export interface TlsProxy {
  /** Such as https://localhost:41235 */
  address: string
  close(): void
}

/** Starts a proxy before the product, with a certificate that is made for the moment. */
export async function startTlsProxy(product: string): Promise<TlsProxy> {
  const certificate = await generate([{ name: 'commonName', value: 'localhost' }])
  const { port } = new URL(product)
  const tls = { key: certificate.private, cert: certificate.cert }
  const server = createServer(tls, ({ method, url, headers, socket }, response) => {
    const passed = {
      ...headers,
      'x-forwarded-proto': 'https',
      'x-forwarded-for': socket.remoteAddress ?? '',
    }
    const onward = forward({ port, method, path: url, headers: passed }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.rawHeaders)
      answer.pipe(response)
    })
    onward.on('error', () => response.destroy())
    response.req.pipe(onward)
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  return {
    address: `https://localhost:${(server.address() as AddressInfo).port}`,
    close: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}
