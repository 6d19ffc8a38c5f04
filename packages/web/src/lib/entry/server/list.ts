import { error, redirect, type RequestEvent } from '@sveltejs/kit'
import type { TypedDocumentString } from '#lib/__generated__/graphql.ts'
import { api, type Outcome } from '#lib/server/api.ts'

/**
 * Asks for a page of a list. A cursor that the API cannot read (an old bookmark, a typing error)
 * leads to the beginning of the same list instead of to an error page.
 */
export async function queryPage<Data, V extends { after?: string | null | undefined }>(
  event: RequestEvent,
  document: TypedDocumentString<Data, V>,
  variables: V,
  firstPage: string,
): Promise<Data> {
  const attempt = api(event).attempt as (
    document: TypedDocumentString<Data, V>,
    variables: V,
  ) => Promise<Outcome<Data>>
  const { data, failure } = await attempt(document, variables)
  if (data) return data
  if (failure?.status === 400 && variables.after) redirect(303, firstPage)
  error(failure?.status ?? 500, failure?.message ?? '', {
    code: failure?.code ?? 'INTERNAL',
    reference: failure?.reference,
  })
}
