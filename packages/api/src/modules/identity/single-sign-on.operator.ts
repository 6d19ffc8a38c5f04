import type { MikroORM } from '@mikro-orm/postgresql'
import { withOwner } from '#database/prepare.ts'
import { createSeal, keyFor } from '#lib/seal.ts'
import { audit } from '#modules/identity/audit.ts'
import { SingleSignOn } from '#modules/identity/single-sign-on.entity.ts'
import { discover } from '#modules/identity/single-sign-on.provider.ts'
import { clientSecretPurpose } from '#modules/identity/single-sign-on.service.ts'
import {
  readSettings,
  type SingleSignOnSettings,
} from '#modules/identity/single-sign-on.settings.ts'
import { Organisation } from '#modules/organisation/organisation.entity.ts'

/** What an operator asked for cannot be; the message says why, in German, a line for each reason. */
class SettingsError extends Error {}

/**
 * Connects a provider, or changes one that is connected already. It is asked first what it can do.
 *
 * @param file content of the operator's file, as parsed JSON
 * @throws SettingsError with a line for each mistake; nothing is changed then
 */
export async function connectSingleSignOn(url: string, file: unknown): Promise<string> {
  const { settings, mistakes } = readSettings(file)
  if (mistakes.length > 0) throw new SettingsError(mistakes.join('\n'))
  const faults = await faultsOfProvider(settings)
  if (faults.length > 0) throw new SettingsError(faults.join('\n'))
  return withOwner(url, async (orm) => {
    const { id: organisationId } = await check(orm, settings)
    const { issuer, clientId, domains, mapping } = settings
    return orm.em.fork().transactional(async (em) => {
      const [instance] = await em.execute<{ secret: Buffer }[]>('select secret from instance')
      if (!instance) throw new Error('The database has not been prepared')
      const sealedClientSecret = createSeal(keyFor(instance.secret, clientSecretPurpose)).close(
        settings.clientSecret,
      )
      const row =
        (await em.findOne(SingleSignOn, { issuer })) ??
        em.create(SingleSignOn, {
          organisationId,
          issuer,
          clientId,
          domains,
          mapping,
          sealedClientSecret,
        })
      em.assign(row, { clientId, domains, mapping, sealedClientSecret, isEnabled: true })
      await em.flush()
      await log(em, row, 'CONNECTED')
      return `Verbunden: ${issuer} für ${settings.organisation} (${domains.join(', ')}).`
    })
  })
}

/** All providers, a line for each. */
export async function listSingleSignOn(url: string): Promise<string[]> {
  return withOwner(url, async (orm) => {
    const rows = await orm.em
      .fork()
      .execute<
        { code: string; issuer: string; domains: string[]; is_enabled: boolean; people: number }[]
      >(
        `select code, issuer, domains, is_enabled,
         (select count(*)::int from federated_identity where single_sign_on_id = single_sign_on.id) as people
       from single_sign_on join organisation on organisation.id = organisation_id order by code, issuer`,
      )
    return rows.map(({ code, issuer, domains, is_enabled: isEnabled, people }) =>
      [code, issuer, domains.join(','), isEnabled ? 'an' : 'aus', `${people} Personen`].join('  '),
    )
  })
}

/**
 * Switches a provider off or on. Off, nobody signs in through it, and who did is signed out.
 *
 * @throws SettingsError if there is none with this issuer
 */
export async function switchSingleSignOn(
  url: string,
  issuer: string,
  isEnabled: boolean,
): Promise<string> {
  return withConnected(url, issuer, async (em, row) => {
    em.assign(row, { isEnabled })
    await log(em, row, isEnabled ? 'ENABLED' : 'DISABLED')
    return isEnabled
      ? `Eingeschaltet: ${issuer}.`
      : `Ausgeschaltet: ${issuer}. Wer darüber angemeldet war, ist abgemeldet.`
  })
}

/**
 * Removes a provider, with all roles that it gave and all that ties accounts to it.
 *
 * @throws SettingsError if there is none with this issuer
 */
export async function removeSingleSignOn(url: string, issuer: string): Promise<string> {
  return withConnected(url, issuer, async (em, row) => {
    await log(em, row, 'REMOVED')
    em.remove(row)
    return `Entfernt: ${issuer}, mit allen Rollen, die darüber vergeben waren.`
  })
}

function log(em: MikroORM['em'], row: SingleSignOn, change: string): Promise<void> {
  return audit(
    em,
    { actorId: null },
    {
      organisationId: row.organisationId,
      action: 'SIGN_ON_CONFIGURED',
      subject: row.id,
      details: { change },
    },
  )
}

async function withConnected(
  url: string,
  issuer: string,
  change: (em: MikroORM['em'], row: SingleSignOn) => Promise<string>,
): Promise<string> {
  return withOwner(url, (orm) =>
    orm.em.fork().transactional(async (em) => {
      const row = await em.findOne(SingleSignOn, { issuer })
      if (!row) throw new SettingsError(`Es ist kein Anbieter „${issuer}“ verbunden.`)
      return change(em, row)
    }),
  )
}

/** What the provider says that it cannot do, though we need it. */
async function faultsOfProvider(settings: SingleSignOnSettings): Promise<string[]> {
  const { issuer, mapping } = settings
  let provider
  try {
    provider = (await discover(settings)).serverMetadata()
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause.message : ''
    const address = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`
    return [
      `Unter ${address} antwortet kein Anbieter, der sich „${issuer}“ nennt. Stimmt „issuer“ genau, und ist er von hier aus erreichbar? (${cause})`,
    ]
  }
  const needs: [name: string, offered: string[] | undefined, needed: string[]][] = [
    ['response_types_supported', provider.response_types_supported, ['code']],
    ['code_challenge_methods_supported', provider.code_challenge_methods_supported, ['S256']],
    [
      'token_endpoint_auth_methods_supported',
      provider.token_endpoint_auth_methods_supported,
      ['client_secret_basic'],
    ],
    ['scopes_supported', provider.scopes_supported, mapping.scope.split(' ')],
  ]
  const endpoints = ['authorization_endpoint', 'token_endpoint', 'jwks_uri'] as const
  return [
    ...endpoints.filter((name) => !provider[name]).map((name) => `Dem Anbieter fehlt „${name}“.`),
    ...needs.flatMap(([name, offered, needed]) =>
      needed
        .filter((each) => offered && !offered.includes(each))
        .map((each) => `Der Anbieter kann „${each}“ nicht (${name}).`),
    ),
  ]
}

async function check(orm: MikroORM, settings: SingleSignOnSettings): Promise<Organisation> {
  const em = orm.em.fork()
  const { organisation: code, issuer, domains, mapping } = settings
  const organisation = await em.findOne(Organisation, { code })
  if (!organisation) throw new SettingsError(`Es gibt keine Organisation mit dem Kürzel „${code}“.`)
  const mistakes: string[] = []
  const same = await em.findOne(SingleSignOn, { issuer })
  if (same && same.organisationId !== organisation.id)
    mistakes.push(`„${issuer}“ gehört schon zu einer anderen Organisation.`)
  const taken = await em.find(SingleSignOn, { issuer: { $ne: issuer } })
  for (const domain of domains)
    if (taken.some((other) => other.domains.includes(domain)))
      mistakes.push(`Die Domain „${domain}“ führt schon zu einem anderen Anbieter.`)
  for (const member of new Set(Object.values(mapping.organisations ?? {}))) {
    const [reached] = await em.execute<unknown[]>(
      `select from organisation where code = ? and (id = ? or id in (
         select organisation_id from membership where association_id = ?
           and valid_from <= current_date and (valid_until is null or valid_until > current_date)))`,
      [member, organisation.id, organisation.id],
    )
    if (!reached)
      mistakes.push(`„${member}“ gehört nicht zu „${code}“: Dort gibt der Anbieter keine Rollen.`)
  }
  if (mistakes.length > 0) throw new SettingsError(mistakes.join('\n'))
  return organisation
}
