import type { RequestEvent } from '@sveltejs/kit'
import { ActingOrganisationDocument } from '#lib/__generated__/graphql.ts'
import { api } from '#lib/server/api.ts'

/** The association that the viewer acts for and manages, or null. */
export async function actingAssociation(
  event: RequestEvent,
): Promise<{ id: string; name: string } | null> {
  const { viewer } = await api(event).query(ActingOrganisationDocument)
  const organisation = viewer.organisation
  const isAssociation = organisation?.kind.endsWith('-association')
  return isAssociation && organisation?.viewerCanManage ? organisation : null
}
