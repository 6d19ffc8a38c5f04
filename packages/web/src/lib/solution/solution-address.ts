/** Ids are opaque, but all of them are made of these characters. */
const idPattern = /^[\w+/=~.-]{1,200}$/

/**
 * Finds the id in what somebody pasted: the address of a solution's page in any language and with
 * anything behind it, or the bare id. Null where there is none.
 */
export function solutionIdFrom(pasted: string): string | null {
  const text = pasted.trim()
  const inAddress = /\/loesungen\/([^/?#\s]+)/.exec(text)?.[1]
  const id = decode(inAddress ?? text)
  if (id === null || !idPattern.test(id)) return null
  // „/loesungen/neu“ is a page, too.
  if (inAddress && id === 'neu') return null
  // Another address of the web is no id, though it could look like one.
  if (!inAddress && (text.includes('/') || text.includes('.'))) return null
  return id
}

function decode(text: string): string | null {
  try {
    return decodeURIComponent(text)
  } catch {
    return null
  }
}
