import { addressHeader, type Pages } from './site.ts'

/** Loads the built pages. */
export async function loadPages(): Promise<Pages> {
  // adapter-node reads it while it is imported; without it every form on plain http gets 403.
  process.env['PROTOCOL_HEADER'] = 'x-forwarded-proto'
  // Set by `createSite` on every request, so that whoever calls cannot.
  process.env['ADDRESS_HEADER'] = addressHeader
  const { handler } = await import('@netzwerkdiakonie/web/handler')
  return handler
}
