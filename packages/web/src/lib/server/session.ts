import type { RequestEvent } from '@sveltejs/kit'
import {
  ActForDocument,
  SignInDocument,
  SignOutDocument,
  ViewerDocument,
  type ViewerQuery,
} from '#lib/__generated__/graphql.ts'
import { describeFailure } from '#lib/errors.ts'
import { fieldErrors, type FieldErrors } from './form.ts'
import { api } from './api.ts'
import { dropSession, keepDevice, keepSession, sessionOf } from './session-cookie.ts'

/** Who is calling, as the header and the pages need it. */
export type Viewer = ViewerQuery['viewer']

const visitor: Viewer = {
  kind: 'VISITOR',
  name: null,
  organisation: null,
  mandatedAssociation: null,
  mandates: [],
  roles: [],
  isOnSharedDevice: false,
  viewerCanContribute: false,
  viewerCanRelease: false,
  mediates: [],
  viewerCanManageTeam: false,
}

/** Asks the API who is calling, at most once; without a session cookie it asks nothing at all. */
export function viewerOf(event: RequestEvent): () => Promise<Viewer> {
  let asked: Promise<Viewer> | undefined
  return () => {
    if (!sessionOf(event)) return Promise.resolve(visitor)
    // A page that needs no data of its own should show even while the API is away.
    asked ??= api(event)
      .attempt(ViewerDocument)
      .then(({ data }) => data?.viewer ?? visitor)
    return asked
  }
}

/** User name and password as typed into a form. */
export interface Credentials {
  userName: string
  password: string
}

/**
 * Signs in and keeps the session in a cookie. Form pages call it, too, when the session ended
 * while somebody was typing; afterwards `api(event)` already acts as that person.
 * Returns what was wrong by field (`userName`, `password`, or '' for the whole), or null.
 */
export async function signIn(
  event: RequestEvent,
  { userName, password }: Credentials,
): Promise<FieldErrors | null> {
  const { data, failure } = await api(event).attempt(SignInDocument, {
    input: { userName, password },
  })
  if (failure) return { '': failure.message }
  if (data.signIn.userErrors.length > 0) return fieldErrors(data.signIn.userErrors)
  if (!data.signIn.sessionToken) return { '': describeFailure('INTERNAL').message }
  keepSession(event, data.signIn.sessionToken)
  if (data.signIn.deviceToken) keepDevice(event, data.signIn.deviceToken)
  event.locals.viewer = viewerOf(event)
  return null
}

/** Ends the session, here and on the server. */
export async function signOut(event: RequestEvent): Promise<void> {
  // The cookie goes even if the API is away: whoever signs out on a shared tablet must be out.
  if (sessionOf(event)) await api(event).attempt(SignOutDocument)
  dropSession(event)
}

/** Acts for another of one's own organisations from now on; null, or why not. */
export async function actFor(event: RequestEvent, organisationId: string): Promise<string | null> {
  const { data, failure } = await api(event).attempt(ActForDocument, { input: { organisationId } })
  if (failure) return failure.message
  return data.actFor.userErrors[0]?.message ?? null
}
