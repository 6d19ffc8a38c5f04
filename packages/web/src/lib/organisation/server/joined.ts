import { error, type RequestEvent } from '@sveltejs/kit'
import { JoinedDocument } from '#lib/__generated__/graphql.ts'
import { notFoundWords, requireSession } from '#lib/entry/server/act.ts'
import { api } from '#lib/server/api.ts'
import { today } from '#lib/today.ts'

/**
 * The associations of an organisation that the viewer manages, what they asked for, and who may act
 * for it. Shows the page for what does not exist to everybody else.
 */
export async function loadJoined(event: RequestEvent, id: string) {
  if (event.request.method === 'GET') await requireSession(event)
  const data = await api(event).query(JoinedDocument, { id })
  const { organisation, viewer } = data
  if (!organisation?.viewerCanManage) error(404, notFoundWords(), { code: 'NOT_FOUND' })
  const memberships = data.memberships.edges.map(({ node }) => node)
  const requests = data.membershipRequests.edges.map(({ node }) => node)
  const staying = memberships.filter(({ validUntil }) => !validUntil)
  const taken = new Set([
    id,
    ...staying.map(({ association }) => association.id),
    ...requests.filter(({ state }) => state === 'OPEN').map(({ association }) => association.id),
  ])
  return {
    organisation,
    memberships,
    requests,
    mandates: data.mandates.edges.map(({ node }) => node),
    open: data.associations.filter((each) => each.claimed && !taken.has(each.id)),
    isExecutive: viewer.roles.some(
      (held) => held.role === 'EXECUTIVE' && held.organisation.id === id,
    ),
    today: today(),
  }
}
