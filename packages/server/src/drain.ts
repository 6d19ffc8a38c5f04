import type { Server, ServerResponse } from 'node:http'

/**
 * Prepares an HTTP server for its end; call it before the server listens.
 * @returns a function that stops accepting requests and resolves when the running ones have
 *   been answered, or after `limit` milliseconds, when it cuts them off
 */
export function prepareDrain(server: Server, limit: number): () => Promise<void> {
  const running = new Set<ServerResponse>()
  let answered = (): void => {}
  server.prependListener('request', (_request, response: ServerResponse) => {
    running.add(response)
    // A kept connection may bring one more request after we stopped accepting new ones.
    if (!server.listening) response.setHeader('connection', 'close')
    response.once('close', () => {
      running.delete(response)
      if (running.size === 0) answered()
    })
  })
  return async () => {
    const closed = new Promise<void>((resolve) => server.close(() => resolve()))
    const cutOff = setTimeout(() => answered(), limit)
    if (running.size > 0) await new Promise<void>((resolve) => (answered = resolve))
    clearTimeout(cutOff)
    // Also those that browsers open ahead of a request; Node counts them as active.
    server.closeAllConnections()
    await closed
  }
}
