import { error, type RequestEvent } from '@sveltejs/kit'
import { SuccessorsDocument } from '#lib/__generated__/graphql.ts'
import { notFoundWords, requireSession } from '#lib/entry/server/act.ts'
import { api } from '#lib/server/api.ts'

/** The organisation whose people the viewer manages; whoever manages none finds no such page. */
export async function requireTeam(event: RequestEvent): Promise<{ id: string; name: string }> {
  await requireSession(event)
  const { organisation, viewerCanManageTeam } = await event.locals.viewer()
  if (!organisation || !viewerCanManageTeam) error(404, notFoundWords(), { code: 'NOT_FOUND' })
  return organisation
}

/** Who could look after open entries, for a list to choose from. */
export async function successorChoices(
  event: RequestEvent,
  organisationId: string,
  without?: string,
): Promise<{ value: string; label: string }[]> {
  const { team } = await api(event).query(SuccessorsDocument, { organisationId })
  return (team?.edges ?? [])
    .filter(({ node }) => node.id !== without && !node.isViewer)
    .map(({ node }) => ({
      value: node.id,
      label: node.unit ? `${node.name}, ${node.unit}` : node.name,
    }))
}

/** Address of the page on which cards are redeemed, as it stands on them. */
export function cardAddress(url: URL): string {
  return `${url.origin}/karte`
}
