import type { Role } from '#modules/identity/role-assignment.entity.ts'

/** How the claims of a provider become roles. */
export interface ClaimMapping {
  /** Claim that names the organisation; without it everybody belongs to the organisation of the provider. */
  organisationClaim?: string
  /** What stands in it: the code of the organisation, or a domain or e-mail address. */
  organisationBy?: 'CODE' | 'DOMAIN'
  /** Code of the organisation for each domain. */
  organisations?: Record<string, string>
  /** Claim that names the role; without it everybody gets `defaultRole`. */
  roleClaim?: string
  /** Role for each value; the first that fits counts. */
  roles?: Record<string, Role>
  /** For whom no value fits; without it they get no role. */
  defaultRole?: Role
  /** What to ask the provider for. */
  scope: string
}

/** A role that a provider gives. */
export interface MappedRole {
  /** Code of the organisation. */
  organisation: string
  role: Role
}

/** Claims as they came. */
export type Claims = Readonly<Record<string, unknown>>

/**
 * The roles that claims mean. Whether the provider may give them there, the database decides.
 *
 * @param ownCode code of the organisation that the provider belongs to
 */
export function rolesFrom(claims: Claims, mapping: ClaimMapping, ownCode: string): MappedRole[] {
  const role = roleFrom(claims, mapping)
  return role
    ? organisationsFrom(claims, mapping, ownCode).map((organisation) => ({ organisation, role }))
    : []
}

/** Claims that the mapping needs. */
export function neededClaims({ organisationClaim, roleClaim }: ClaimMapping): string[] {
  return [organisationClaim, roleClaim].filter((claim) => claim !== undefined)
}

/** What to call a person whom nobody has named yet: colleagues see it. */
export function nameFrom({ name, given_name: givenName }: Claims, limit: number): string | null {
  const found = [name, givenName].find((text) => typeof text === 'string' && text.trim() !== '')
  return typeof found === 'string' ? found.trim().replaceAll(/\s+/g, ' ').slice(0, limit) : null
}

function roleFrom(claims: Claims, { roleClaim, roles = {}, defaultRole }: ClaimMapping) {
  const values = roleClaim ? valuesOf(claims[roleClaim]) : []
  const fitting = Object.entries(roles).find(([value]) => values.includes(value))
  return fitting?.[1] ?? defaultRole
}

function organisationsFrom(claims: Claims, mapping: ClaimMapping, ownCode: string): string[] {
  const { organisationClaim, organisationBy, organisations = {} } = mapping
  if (!organisationClaim) return [ownCode]
  const values = valuesOf(claims[organisationClaim])
  if (organisationBy !== 'DOMAIN') return values
  // An address that the provider itself has not checked says nothing about where somebody belongs.
  if (organisationClaim === 'email' && claims['email_verified'] !== true) return []
  return values.flatMap((value) => {
    const domain = domainOf(value)
    return domain && Object.hasOwn(organisations, domain) ? (organisations[domain] ?? []) : []
  })
}

/** The domain of an e-mail address, or a domain as it stands; null for anything else. */
export function domainOf(text: string): string | null {
  const domain = text.trim().toLowerCase().replace(/^.*@/, '')
  return /^(?=.{4,253}$)([a-z0-9äöüß-]+\.)+[a-z0-9-]{2,}$/.test(domain) ? domain : null
}

function valuesOf(claim: unknown): string[] {
  const values: unknown[] = Array.isArray(claim) ? claim : [claim]
  return values.filter((value): value is string => typeof value === 'string').slice(0, 100)
}
