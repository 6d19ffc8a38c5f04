import type { Pages } from './site.ts'

/** Loads the built pages. */
export async function loadPages(): Promise<Pages> {
  // adapter-node reads it while it is imported; without it every form on plain http gets 403.
  process.env['PROTOCOL_HEADER'] = 'x-forwarded-proto'
  const { handler } = await import('@netzwerkdiakonie/web/handler')
  return handler
}
