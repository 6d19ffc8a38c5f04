import sql from 'sql-template-tag'
import type { Context } from '#api/context.ts'
import { read } from '#database/read.ts'
import { visibilities, type Visibility } from '#modules/entry/entry.entity.ts'
import type { OrganisationRow } from '#modules/organisation/organisation.entity.ts'
import {
  findOrganisations,
  visibleOrganisations,
} from '#modules/organisation/organisation.service.ts'

/** Who would see an entry in a circle. */
export interface Reach {
  visibility: Visibility
  /** Null where that is everybody. */
  organisationCount: number | null
  organisations: OrganisationRow[]
}

/** Who would see an entry of the viewer's organisation, in each circle from few to all. */
// public: the directory says no less; for visitors there is nothing to say
export async function listReach(
  context: Context,
  selectedOrganisations: readonly string[],
): Promise<Reach[]> {
  const own = context.viewer.organisationId
  if (!own) return []
  const found = await findOrganisations(context, selectedOrganisations)
  const chosen = new Set([...found.values()].filter((id) => id !== null && id !== own))
  const associations = await context.loaders.associationsOf.load(own)
  const counts = await readCounts(context, [own, ...associations.map(({ id }) => id)])
  const reach: Record<Visibility, Omit<Reach, 'visibility'>> = {
    OWN_ORGANISATION: {
      organisationCount: 1,
      organisations: await visibleOrganisations(context, [own]),
    },
    OWN_ASSOCIATION: { organisationCount: counts.near, organisations: associations },
    SELECTED_ORGANISATIONS: {
      organisationCount: chosen.size + 1,
      organisations: await visibleOrganisations(context, [...chosen] as string[]),
    },
    ALL_MEMBERS: { organisationCount: counts.claimed, organisations: [] },
    PUBLIC: { organisationCount: null, organisations: [] },
  }
  return visibilities.map((visibility) => ({ visibility, ...reach[visibility] }))
}

async function readCounts(context: Context, circle: string[]) {
  const [counts] = await read<{ near: number; claimed: number }>(
    context,
    sql`select count(*)::int as claimed, (count(*) filter (
        where organisation.id = any(${circle}::uuid[]) or organisation.id in (
          select current_membership.organisation_id from current_membership
          where current_membership.association_id = any(${circle}::uuid[]))))::int as near
      from organisation
      where organisation.claimed and not organisation.is_pseudonym
        and (organisation.merged_on is null or organisation.merged_on > current_date)`,
  )
  return counts ?? { near: 0, claimed: 0 }
}
