import { oneApiCaller } from './one-api-caller.ts'
import { testRule } from './tester.ts'

const page = 'packages/web/src/routes/+page.server.ts'

testRule('one-api-caller', oneApiCaller, {
  valid: [
    ['packages/web/src/lib/server/api.ts', "fetch('/graphql'); event.platform?.req.api"],
    [page, "fetch('/live'); request.api"],
    ['packages/server/src/main.ts', 'request.req.api = call'],
  ],
  invalid: [
    [page, "fetch('/graphql', { method: 'POST' })"],
    [page, 'event.fetch(`${origin}/graphql`)'],
    [page, 'fetch(API_URL)'],
    [page, 'event.platform?.req.api(request)'],
    ['packages/web/src/lib/problem/load.ts', 'platform.req!.api'],
  ],
})
