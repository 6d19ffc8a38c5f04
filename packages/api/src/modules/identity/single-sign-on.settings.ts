import { type Role, roles } from '#modules/identity/role-assignment.entity.ts'
import { type ClaimMapping, domainOf } from '#modules/identity/single-sign-on.mapping.ts'
import { isLocal } from '#modules/identity/single-sign-on.provider.ts'

/** What an operator says of a provider. */
export interface SingleSignOnSettings {
  /** Code of the organisation that it belongs to. */
  organisation: string
  issuer: string
  clientId: string
  clientSecret: string
  domains: string[]
  mapping: ClaimMapping
}

const texts = ['organisation', 'issuer', 'clientId', 'clientSecret'] as const
const optionalTexts = ['organisationClaim', 'roleClaim', 'defaultRole', 'scope'] as const
const others = ['domains', 'organisationBy', 'organisations', 'roles'] as const
const isRole = (text: unknown): text is Role => roles.some((role) => role === text)
const isTable = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/**
 * Reads the file of an operator.
 *
 * @returns the settings, and in German what is wrong with them; with any mistake they must not be used
 */
export function readSettings(value: unknown): {
  settings: SingleSignOnSettings
  mistakes: string[]
} {
  const file = isTable(value) ? value : {}
  const mistakes: string[] = []
  if (!isTable(value)) mistakes.push('Erwartet wird ein JSON-Objekt.')
  const allowed: readonly string[] = [...texts, ...optionalTexts, ...others]
  for (const name of Object.keys(file))
    if (!allowed.includes(name)) mistakes.push(`„${name}“ gibt es nicht.`)
  const text = (name: (typeof texts)[number] | (typeof optionalTexts)[number]): string => {
    const found = file[name]
    if (typeof found === 'string' && found.trim()) return found.trim()
    if (found !== undefined) mistakes.push(`„${name}“ muss ein Text sein.`)
    else if (texts.some((needed) => needed === name)) mistakes.push(`„${name}“ fehlt.`)
    return ''
  }
  const issuer = text('issuer')
  if (issuer && !isIssuer(issuer))
    mistakes.push('„issuer“ muss eine Adresse mit https sein, ohne Fragezeichen und Raute.')
  const domains = readDomains(file['domains'], mistakes)
  const organisations = readTable(file['organisations'], 'organisations', mistakes)
  const roleTable = readTable(file['roles'], 'roles', mistakes)
  for (const role of [...Object.values(roleTable), text('defaultRole') || roles[0]])
    if (!isRole(role))
      mistakes.push(`Die Rolle „${role}“ gibt es nicht. Möglich sind ${roles.join(', ')}.`)
  const [organisationClaim, roleClaim] = [text('organisationClaim'), text('roleClaim')]
  const by = file['organisationBy']
  if (by !== undefined && by !== 'code' && by !== 'domain')
    mistakes.push('„organisationBy“ muss code oder domain sein.')
  if (by === 'domain' && Object.keys(organisations).length === 0)
    mistakes.push('Zu „organisationBy“: domain gehört „organisations“: für jede Domain ein Kürzel.')
  if (by !== undefined && !organisationClaim)
    mistakes.push('Zu „organisationBy“ gehört „organisationClaim“.')
  if (!text('defaultRole') && (!roleClaim || Object.keys(roleTable).length === 0))
    mistakes.push(
      'Es fehlt, welche Rolle jemand bekommt: „roleClaim“ mit „roles“, oder „defaultRole“.',
    )
  const scope = text('scope') || 'openid profile'
  if (!scope.split(' ').includes('openid')) mistakes.push('„scope“ muss openid enthalten.')
  const mapping: ClaimMapping = {
    scope,
    organisations: Object.fromEntries(
      Object.entries(organisations).map(([domain, code]) => [domain.toLowerCase(), code]),
    ),
    roles: roleTable as Record<string, Role>,
    ...(organisationClaim && { organisationClaim }),
    ...(by === 'domain' ? { organisationBy: 'DOMAIN' as const } : {}),
    ...(roleClaim && { roleClaim }),
    ...(isRole(file['defaultRole']) && { defaultRole: file['defaultRole'] }),
  }
  const settings = {
    organisation: text('organisation'),
    issuer,
    clientId: text('clientId'),
    clientSecret: text('clientSecret'),
    domains,
    mapping,
  }
  return { settings, mistakes: [...new Set(mistakes)] }
}

function isIssuer(text: string): boolean {
  const url = URL.parse(text)
  if (!url || url.search || url.hash || url.username) return false
  return url.protocol === 'https:' || isLocal(text)
}

function readDomains(value: unknown, mistakes: string[]): string[] {
  const list: unknown[] = Array.isArray(value) ? value : []
  const domains = list.map((entry) => (typeof entry === 'string' ? domainOf(entry) : null))
  if (domains.length === 0 || domains.includes(null))
    mistakes.push('„domains“ muss eine Liste von Domains sein, etwa ["nordmark.example"].')
  return domains.filter((domain) => domain !== null)
}

function readTable(value: unknown, name: string, mistakes: string[]): Record<string, string> {
  if (value === undefined) return {}
  const isOfTexts = isTable(value) && Object.values(value).every((text) => typeof text === 'string')
  if (isOfTexts) return value as Record<string, string>
  mistakes.push(`„${name}“ muss ein Objekt mit Texten sein.`)
  return {}
}
