import { error } from '@sveltejs/kit'
import { ClaimStatusDocument } from '#lib/__generated__/graphql.ts'
import { notFoundWords } from '#lib/entry/server/act.ts'
import { api } from '#lib/server/api.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = async (event) => {
  const { claimStatus } = await api(event).query(ClaimStatusDocument, {
    secret: event.params.secret,
  })
  if (!claimStatus) error(404, notFoundWords(), { code: 'NOT_FOUND' })
  // The address is the secret: nothing keeps a copy, and no other site learns it.
  event.setHeaders({ 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' })
  return { claim: claimStatus }
}
