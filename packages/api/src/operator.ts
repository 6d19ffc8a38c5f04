import { Client } from 'pg'
import { withOwner } from '#database/prepare.ts'
import { ownerRole } from '#database/roles.ts'
import { hashToken, newApiToken } from '#lib/secret-token.ts'
import { ApiToken, type Scope, scopes } from '#modules/identity/api-token.entity.ts'
import { visitor } from '#modules/identity/viewer.ts'
import type { OrganisationClaimRow } from '#modules/organisation/organisation-claim.entity.ts'
import { claimColumns } from '#modules/organisation/organisation-claim.repository.ts'
import { carryOut, refuse } from '#modules/organisation/organisation-claim.service.ts'
import { Organisation } from '#modules/organisation/organisation.entity.ts'
import { mergeAssociations as mergeAssociationsIn } from '#modules/organisation/organisation.service.ts'
import { indexWaiting } from '#modules/search/index-waiting.ts'

/** A token is valid for so many days. */
const tokenDays = 365

/** The operator asked for something that cannot be; the message says why, in German. */
class OperatorError extends Error {}

/**
 * Merges an association into another on a day (ISO): see `mergeAssociationsIn`.
 *
 * @throws OperatorError for an unknown code, the same code twice, or a text that is no day
 */
export async function mergeAssociations(merge: {
  url: string
  from: string
  into: string
  on: string
}): Promise<void> {
  if (!/^\d{4}-\d\d-\d\d$/.test(merge.on) || Number.isNaN(Date.parse(merge.on)))
    throw new OperatorError(`„${merge.on}“ ist kein Tag der Form 2027-01-31.`)
  if (merge.from === merge.into)
    throw new OperatorError('Ein Verband kann nicht in sich selbst aufgehen.')
  await withOwner(merge.url, async (orm) => {
    for (const code of [merge.from, merge.into])
      if ((await orm.em.fork().count(Organisation, { code })) === 0) throw unknownOrganisation(code)
    await mergeAssociationsIn(orm, merge)
  })
}

/**
 * Creates a token for a member system. Only its hash is stored: the return value is the one time that
 * the token itself exists.
 *
 * @param request scopes in any case; reading is always among them
 * @throws OperatorError for an unknown organisation or scope
 */
export async function createToken(request: {
  url: string
  organisation: string
  scopes: string[]
  name?: string
}): Promise<string> {
  const wanted = new Set<Scope>(['READ'])
  for (const name of request.scopes) {
    const scope = scopes.find((known) => known.toLowerCase() === name.trim().toLowerCase())
    if (!scope)
      throw new OperatorError(`Es gibt keinen Bereich „${name}“. Möglich sind read und write.`)
    wanted.add(scope)
  }
  return withOwner(request.url, async (orm) => {
    const em = orm.em.fork()
    const organisation = await em.findOne(Organisation, { code: request.organisation })
    if (!organisation) throw unknownOrganisation(request.organisation)
    const token = newApiToken()
    em.create(ApiToken, {
      organisationId: organisation.id,
      name: request.name ?? 'Kommandozeile',
      tokenHash: hashToken(token),
      scopes: [...wanted],
      expiresAt: new Date(Date.now() + tokenDays * 86_400_000),
    })
    await em.flush()
    return token
  })
}

/**
 * Writes the terms of entries for the search that were made by another version of the analyser, while
 * the product goes on serving.
 *
 * @param request `all` analyses every entry, and writes what differs; `progress` is told how many of
 * how many are done
 * @returns how many were analysed
 */
export async function rebuildSearch(request: {
  url: string
  all: boolean
  progress(done: number, of: number): void
}): Promise<number> {
  const client = new Client({ connectionString: request.url })
  await client.connect()
  try {
    await client.query(`set role ${ownerRole}`)
    return await indexWaiting(client, request.all ? 'ALL' : 'OUTDATED', request.progress)
  } finally {
    await client.end()
  }
}

/** What came of deciding on a claim. */
export interface DecidedClaim {
  organisation: string
  /** Code of the card of the first executive; null where the claim was refused. */
  code: string | null
  /** ISO day. */
  expiresOn: string | null
}

/**
 * Decides on a claim: associations have nobody above them here but the operator.
 *
 * @param request `refusal` says why not; without it, the claim is confirmed
 * @throws OperatorError for a reference that no open claim has
 */
export async function decideClaim(request: {
  url: string
  reference: string
  refusal?: string
}): Promise<DecidedClaim> {
  return withOwner(request.url, (orm) =>
    orm.em.fork().transactional(async (em) => {
      const [claim] = await em.execute<(OrganisationClaimRow & { organisation: string })[]>(
        `select ${claimColumns}, (select name from organisation where organisation.id = organisation_id)
           as organisation
         from organisation_claim where reference = ? and state = 'OPEN'`,
        [request.reference.trim().toUpperCase()],
      )
      if (!claim) throw new OperatorError(`Es gibt keinen offenen Antrag „${request.reference}“.`)
      const { organisation } = claim
      if (request.refusal) {
        await refuse(em, visitor, claim, request.refusal)
        return { organisation, code: null, expiresOn: null }
      }
      const { card } = await carryOut(em, visitor, claim, 'carry_out_claim')
      return { organisation, ...card }
    }),
  )
}

function unknownOrganisation(code: string): OperatorError {
  return new OperatorError(`Es gibt keine Organisation mit dem Kürzel „${code}“.`)
}
