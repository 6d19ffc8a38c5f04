import type { OrganisationUnitKind } from '#lib/__generated__/graphql.ts'
import { m } from '#lib/i18n.ts'

/** What a part of an organisation can be. */
export const unitKinds = ['INSTITUTION', 'SERVICE', 'TEAM'] as const

const labels = {
  INSTITUTION: m.organisation_unit_institution,
  SERVICE: m.organisation_unit_service,
  TEAM: m.organisation_unit_team,
}

/** The word for a kind of unit. */
export function unitKindLabel(kind: OrganisationUnitKind): string {
  return labels[kind]()
}

/** All kinds of units to choose from. */
export function unitKindOptions(): { value: string; label: string }[] {
  return unitKinds.map((kind) => ({ value: kind, label: unitKindLabel(kind) }))
}
