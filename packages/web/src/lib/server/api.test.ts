import type { RequestEvent } from '@sveltejs/kit'
import { describe, expect, it } from 'vitest'
import { SignInDocument, ViewerDocument } from '#lib/__generated__/graphql.ts'
import type { ApiCall, ApiResponse } from './api-call.ts'
import { api } from './api.ts'

const credentials = { input: { userName: 'anna', password: 'geheim' } }

/** A request of a browser, with an API that answers as given and remembers what it was asked. */
function request(answer: ApiResponse['body'] | Error, token?: string) {
  const asked: Parameters<ApiCall>[] = []
  const call: ApiCall = async (...question) => {
    asked.push(question)
    if (answer instanceof Error) throw answer
    return { status: 200, body: answer }
  }
  const event = {
    cookies: { get: (name: string) => (name === 'session' ? token : undefined) },
    getClientAddress: () => '192.0.2.7',
    url: new URL('http://host/'),
    request: new Request('http://host/', { headers: { 'user-agent': 'Browser/1', other: 'x' } }),
    locals: { requestId: 'request-1' },
    platform: { req: { api: call } },
  } as unknown as RequestEvent
  return { event, asked }
}

describe('api', () => {
  it('hands on session, language, request id, browser and host, and nothing else', async () => {
    const { event, asked } = request({ data: {} }, 'a;b')
    await api(event).attempt(SignInDocument, credentials)
    expect(asked[0]?.[0].variables).toEqual(credentials)
    expect(asked[0]?.[1]).toEqual({
      'accept-language': 'de',
      'x-request-id': 'request-1',
      'x-forwarded-proto': 'http',
      host: 'host',
      'user-agent': 'Browser/1',
      cookie: 'session=a%3Bb',
    })
    expect(asked[0]?.[2]).toBe('192.0.2.7')
  })

  it('sends no cookie for a visitor', async () => {
    const { event, asked } = request({ data: {} })
    await api(event).query(ViewerDocument)
    expect(asked[0]?.[1]).not.toHaveProperty('cookie')
  })

  it.each([
    ['UNAUTHENTICATED', 401],
    ['FORBIDDEN_SCOPE', 403],
    ['LIMIT_EXCEEDED', 429],
    ['INTERNAL', 500],
    ['SOMETHING_NEW', 500],
  ])(
    'shows %s with status %i in our own words, with the reference of the log',
    async (code, status) => {
      const { event } = request({
        errors: [{ message: 'select from account', extensions: { code, reference: 'ref-7' } }],
      })
      const { data, failure } = await api(event).attempt(SignInDocument, credentials)
      expect(data).toBeNull()
      expect(failure).toMatchObject({ code, status, reference: 'ref-7' })
      expect(failure?.message).not.toContain('select')

      await expect(api(event).query(ViewerDocument)).rejects.toMatchObject({
        status,
        body: { code, reference: 'ref-7' },
      })
    },
  )

  it('says so where the API does not answer at all', async () => {
    const { event } = request(new Error('connection refused'))
    const { failure } = await api(event).attempt(SignInDocument, credentials)
    expect(failure).toMatchObject({ code: 'UNAVAILABLE', status: 503, reference: 'request-1' })
  })
})
