import { isManaging, roleIn, type Viewer } from '#modules/identity/viewer.ts'

/** Editors and executives keep their organisation in order; a token or a mandate never does. */
export function canManage(viewer: Viewer, organisationId: string): boolean {
  return viewer.caller === 'PERSON' && isManaging(roleIn(viewer, organisationId))
}
