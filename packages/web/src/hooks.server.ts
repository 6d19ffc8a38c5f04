import { randomUUID } from 'node:crypto'
import type { RequestEvent } from '@sveltejs/kit'
import type { Handle, HandleServerError } from '@sveltejs/kit/hooks'
import { defineCustomServerStrategy } from '#lib/__generated__/paraglide/runtime.js'
import { paraglideMiddleware } from '#lib/__generated__/paraglide/server.js'
import { describeFailure } from '#lib/errors.ts'
import { localeOf } from '#lib/i18n.ts'
import { sessionOf } from '#lib/server/session-cookie.ts'
import { viewerOf } from '#lib/server/session.ts'
import { themeAttribute, themeOf } from '#lib/server/theme.ts'

defineCustomServerStrategy('custom-path', {
  getLocale: (request) => (request ? localeOf(new URL(request.url).pathname) : undefined),
})

const securityHeaders = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), browsing-topics=()',
}

/** Ids from outside end up in the log: only harmless ones are taken over. */
const harmlessId = /^[\w.:-]{8,100}$/

/**
 * Whether a request may change something. SvelteKit itself looks at the content types of forms alone;
 * an origin is due with every other one, too. Browsers send it with each of these requests.
 */
function isFromHere({ request, url }: RequestEvent): boolean {
  return /^(GET|HEAD|OPTIONS)$/.test(request.method) || request.headers.get('origin') === url.origin
}

/** Language, theme, caller and safety headers of every page. */
export const handle: Handle = ({ event, resolve }) => {
  const given = event.request.headers.get('x-request-id') ?? ''
  event.locals.requestId = harmlessId.test(given) ? given : randomUUID()
  event.locals.viewer = viewerOf(event)
  if (!isFromHere(event)) return new Response('Cross-site requests are forbidden', { status: 403 })

  return paraglideMiddleware(event.request, async ({ locale }) => {
    const response = await resolve(event, {
      transformPageChunk: ({ html }) =>
        html.replace('%lang%', locale).replace('%theme%', themeAttribute(themeOf(event))),
    })
    for (const [name, value] of Object.entries(securityHeaders)) response.headers.set(name, value)
    response.headers.set('x-request-id', event.locals.requestId)
    // Pages differ by viewer: no shared cache may keep one. After signing out on a tablet that others
    // use, the way back must not show what was there.
    if (!response.headers.has('cache-control')) {
      response.headers.set('cache-control', sessionOf(event) ? 'no-store' : 'private, no-cache')
    }
    return response
  })
}

/** Friendly words for what went wrong; the whole story only in the log. */
export const handleError: HandleServerError = ({ kind, error, event }) => {
  if (kind === 'app') return { code: error.code, reference: error.reference }
  const reference = event.locals.requestId
  if (kind === 'framework') {
    // SvelteKit's own messages are English and speak of its insides.
    const { code, message } = describeFailure(error.status === 404 ? 'NOT_FOUND' : 'BAD_REQUEST')
    return { code, message, reference }
  }
  const stack = error instanceof Error ? error.stack : String(error)
  // The pattern of the address, not the address: some hold a secret link.
  const route = event.route.id
  console.error(JSON.stringify({ level: 'error', requestId: reference, route, stack }))
  const { code, message } = describeFailure('INTERNAL')
  return { code, message, reference }
}
