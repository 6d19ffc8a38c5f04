import type { TeamMemberPartsFragment } from '#lib/__generated__/graphql.ts'
import { m } from '#lib/i18n.ts'

/** The ways to sign in that a person has, in words. */
export function waysIn({ waysIn: ways }: Pick<TeamMemberPartsFragment, 'waysIn'>): string {
  const words = [
    ways.password && m.team_way_password(),
    ways.pin && m.team_way_pin(),
    ways.passkey && m.team_way_passkey(),
    ways.singleSignOn && m.team_way_single_sign_on(),
  ].filter((word) => word !== false)
  return words.length > 0 ? words.join(', ') : m.team_ways_none()
}
