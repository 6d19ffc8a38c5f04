import { error, type RequestEvent } from '@sveltejs/kit'
import { API_URL } from '$app/env/private'
import type { TypedDocumentString } from '#lib/__generated__/graphql.ts'
import { describeFailure, type CallFailure } from '#lib/errors.ts'
import { getLocale } from '#lib/i18n.ts'
import type { ApiCall, ApiResponse } from './api-call.ts'
import { cookieHeader } from './session-cookie.ts'

/** Over the network, for `vite dev`: in production the API lives in this very process. */
const callByNetwork: ApiCall = async (request, headers) => {
  const response = await fetch(API_URL, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify(request),
  })
  return { status: response.status, body: (await response.json()) as ApiResponse['body'] }
}

/** Either the data, or why there is none. */
export type Outcome<Data> = { data: Data; failure: null } | { data: null; failure: CallFailure }

type Variables<V> = V extends Record<string, never> ? [variables?: V] : [variables: V]

/** The API as the person behind `event` may use it. Nothing else in the web calls the API. */
export function api(event: RequestEvent) {
  /** Asks without throwing: for form actions, which must keep what was typed whatever happens. */
  async function attempt<Data, V>(
    document: TypedDocumentString<Data, V>,
    ...[variables]: Variables<V>
  ): Promise<Outcome<Data>> {
    const call = event.platform?.req.api ?? callByNetwork
    let response: ApiResponse
    try {
      response = await call(
        { query: document.toString(), variables: variables ?? {} },
        headersFor(event),
        event.getClientAddress(),
      )
    } catch (cause) {
      console.error(
        JSON.stringify({
          level: 'error',
          requestId: event.locals.requestId,
          message: 'API unreachable',
          cause: String(cause),
        }),
      )
      return { data: null, failure: describeFailure('UNAVAILABLE', event.locals.requestId) }
    }
    const [first] = response.body.errors ?? []
    if (first || !response.body.data) {
      const code = String(first?.extensions?.['code'] ?? 'INTERNAL')
      const reference = first?.extensions?.['reference']
      return {
        data: null,
        failure: describeFailure(code, reference ? String(reference) : event.locals.requestId),
      }
    }
    return { data: response.body.data as Data, failure: null }
  }

  /** Asks, and shows the error page where there is no answer: for `load` functions. */
  async function query<Data, V>(
    document: TypedDocumentString<Data, V>,
    ...variables: Variables<V>
  ): Promise<Data> {
    const { data, failure } = await attempt(document, ...variables)
    if (failure) {
      error(failure.status, failure.message, { code: failure.code, reference: failure.reference })
    }
    return data
  }

  return { query, attempt }
}

function headersFor(event: RequestEvent): Record<string, string> {
  const headers: Record<string, string> = {
    'accept-language': getLocale(),
    'x-request-id': event.locals.requestId,
    // Passkeys count for the host that people see, not for the way from here to the API.
    host: event.url.host,
    'x-forwarded-proto': event.url.protocol.slice(0, -1),
  }
  const userAgent = event.request.headers.get('user-agent')
  if (userAgent) headers['user-agent'] = userAgent
  const cookie = cookieHeader(event)
  if (cookie) headers['cookie'] = cookie
  return headers
}
