import type { SqlEntityManager } from '@mikro-orm/postgresql'
import type { Pool } from 'pg'
import type { MessageLanguage } from '#api/errors.ts'
import { viewerSettings } from '#database/viewer-context.ts'
import type { Cursors } from '#lib/cursor.ts'
import type { KeyedHash } from '#lib/keyed-hash.ts'
import { type Credentials, findViewer } from '#modules/identity/identity.service.ts'
import type { SessionKeeper } from '#modules/identity/session-keeper.ts'
import type { Viewer } from '#modules/identity/viewer.ts'
import { createMediationLoaders } from '#modules/mediation/mediation.loaders.ts'
import { createNoticeLoaders } from '#modules/moderation/notice.loaders.ts'
import { createOrganisationLoaders } from '#modules/organisation/organisation.loaders.ts'
import { createProblemLoaders } from '#modules/problem/problem.loaders.ts'
import { createSavedSearchLoaders } from '#modules/search/saved-search.loaders.ts'
import { createSolutionLoaders } from '#modules/solution/solution.loaders.ts'
import { createTeamLoaders } from '#modules/team/team.loaders.ts'
import { createThesaurusLoaders } from '#modules/thesaurus/thesaurus.loaders.ts'

/** What the process shares between requests: nothing in it knows a viewer. */
export interface Shared {
  em: SqlEntityManager
  pool: Pool
  cursors: Cursors
  keyedHash: KeyedHash
  /** The key for a purpose, the same in all replicas. */
  keyFor(purpose: string): Buffer
  sessionKeeper: SessionKeeper
}

/** Everything that resolvers and services of one request work with; never outlives it. */
export interface Context extends Shared {
  viewer: Viewer
  loaders: ReturnType<typeof createLoaders>
  language: MessageLanguage
  /** Scheme and host under which people reach the product. */
  origin: string
  /** From the header Idempotency-Key; an input's own key goes before it. */
  idempotencyKey: string | null
  /** Of the browser or member system, as far as trusted proxies tell. Never stored as it is. */
  clientAddress: string
  /** The browser as it describes itself. Never stored as it is. */
  userAgent: string | null
  /** What a device on which somebody signed in before shows: see known-device.ts. */
  deviceToken: string | null
  /** Of a device on which people have PINs: see pin.service.ts. */
  deviceSecret: string | null
}

/** What a request brings. */
export interface RequestFacts extends Credentials {
  acceptLanguage?: string | undefined
  origin: string
  idempotencyKey?: string | undefined
  clientAddress: string
  userAgent?: string | undefined
  deviceToken?: string | undefined
  deviceSecret?: string | undefined
}

/**
 * The context of a request. Entity manager and loaders are made anew: shared ones would show the rows
 * of one viewer to the next, row security or not.
 *
 * @throws UNAUTHENTICATED for an authorization header that is no valid token
 */
export async function createContext(shared: Shared, facts: RequestFacts): Promise<Context> {
  const viewer = await findViewer(shared, facts)
  const em = shared.em.fork()
  em.setSessionContext({ variables: viewerSettings(viewer) })
  return {
    ...shared,
    em,
    viewer,
    loaders: createLoaders({ pool: shared.pool, viewer }),
    language: preferredLanguage(facts.acceptLanguage),
    origin: facts.origin,
    idempotencyKey: facts.idempotencyKey ?? null,
    clientAddress: facts.clientAddress,
    userAgent: facts.userAgent ?? null,
    deviceToken: facts.deviceToken ?? null,
    deviceSecret: facts.deviceSecret ?? null,
  }
}

function createLoaders(context: { pool: Pool; viewer: Viewer }) {
  return {
    ...createMediationLoaders(context),
    ...createOrganisationLoaders(context),
    ...createProblemLoaders(context),
    ...createSolutionLoaders(context),
    ...createNoticeLoaders(context),
    ...createTeamLoaders(context),
    ...createSavedSearchLoaders(context),
    ...createThesaurusLoaders(context),
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
