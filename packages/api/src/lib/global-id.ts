/** What an id can stand for; the position is part of every id ever given out, so only append. */
const nodeTypes = [
  'Organisation',
  'Problem',
  'Answer',
  'Solution',
  'TeamMember',
  'SavedSearch',
  'MissedSearch',
  'SynonymGroup',
  'SearchInvitation',
] as const

/** Name of a GraphQL type that implements Node. */
export type NodeType = (typeof nodeTypes)[number]

/** The opaque id of an object: a type byte and its random UUID, 23 characters that need no escaping in URLs. */
export function toGlobalId(type: NodeType, uuid: string): string {
  const bytes = Buffer.from(uuid.replaceAll('-', ''), 'hex')
  return Buffer.concat([Buffer.of(nodeTypes.indexOf(type)), bytes]).toString('base64url')
}

/** Type and UUID behind an opaque id, or null for anything that this API never gave out. */
export function fromGlobalId(id: string): { type: NodeType; uuid: string } | null {
  if (!/^[\w-]{23}$/.test(id)) return null
  const bytes = Buffer.from(id, 'base64url')
  const type = nodeTypes[bytes[0] ?? -1]
  if (!type || bytes.length !== 17 || bytes.toString('base64url') !== id) return null
  const hex = bytes.subarray(1).toString('hex')
  const uuid = hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
  return { type, uuid }
}

/** The UUID behind an opaque id if it stands for an object of this type, else null. */
export function uuidOf(type: NodeType, id: string): string | null {
  const node = fromGlobalId(id)
  return node?.type === type ? node.uuid : null
}
