import type { SqlEntityManager } from '@mikro-orm/postgresql'
import type { Pool } from 'pg'
import type { MessageLanguage } from '#api/errors.ts'
import { viewerSettings } from '#database/viewer-context.ts'
import type { Cursors } from '#lib/cursor.ts'
import { type Credentials, findViewer } from '#modules/identity/identity.service.ts'
import type { Viewer } from '#modules/identity/viewer.ts'
import { createMediationLoaders } from '#modules/mediation/mediation.loaders.ts'
import { createOrganisationLoaders } from '#modules/organisation/organisation.loaders.ts'
import { createProblemLoaders } from '#modules/problem/problem.loaders.ts'
import { createSolutionLoaders } from '#modules/solution/solution.loaders.ts'

/** What the process shares between requests: nothing in it knows a viewer. */
export interface Shared {
  em: SqlEntityManager
  pool: Pool
  cursors: Cursors
}

/** Everything that resolvers and services of one request work with; never outlives it. */
export interface Context extends Shared {
  viewer: Viewer
  loaders: ReturnType<typeof createLoaders>
  language: MessageLanguage
  /** From the header Idempotency-Key; an input's own key goes before it. */
  idempotencyKey: string | null
}

/** What a request brings. */
export interface RequestFacts extends Credentials {
  acceptLanguage?: string | undefined
  idempotencyKey?: string | undefined
}

/**
 * The context of a request. Entity manager and loaders are made anew: shared ones would show the rows
 * of one viewer to the next, row security or not.
 *
 * @throws UNAUTHENTICATED for an authorization header that is no valid token
 */
export async function createContext(shared: Shared, facts: RequestFacts): Promise<Context> {
  const viewer = await findViewer(shared.pool, facts)
  const em = shared.em.fork()
  em.setSessionContext({ variables: viewerSettings(viewer) })
  return {
    ...shared,
    em,
    viewer,
    loaders: createLoaders({ pool: shared.pool, viewer }),
    language: preferredLanguage(facts.acceptLanguage),
    idempotencyKey: facts.idempotencyKey ?? null,
  }
}

function createLoaders(context: { pool: Pool; viewer: Viewer }) {
  return {
    ...createMediationLoaders(context),
    ...createOrganisationLoaders(context),
    ...createProblemLoaders(context),
    ...createSolutionLoaders(context),
  }
}

/** The first language of an Accept-Language header that messages exist in; German otherwise. */
function preferredLanguage(header: string | undefined): MessageLanguage {
  const wanted = (header ?? '')
    .split(',')
    .map((part) => {
      const [tag = '', ...parameters] = part.trim().toLowerCase().split(';')
      const quality = parameters.find((parameter) => parameter.trim().startsWith('q='))
      return { tag, quality: quality ? Number(quality.trim().slice(2)) : 1 }
    })
    .filter(({ tag, quality }) => /^(de|en)(-|$)/.test(tag) && quality > 0)
    .sort((a, b) => b.quality - a.quality)
  return wanted[0]?.tag.startsWith('en') ? 'en' : 'de'
}
