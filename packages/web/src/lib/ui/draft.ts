const sevenDays = 7 * 24 * 60 * 60 * 1000
/** What a session on a shared device lives unused, in milliseconds. */
export const sharedLifetime = 15 * 60 * 1000
const prefix = 'draft:'

/** Texts of a form that was not sent yet. */
export interface Draft {
  savedAt: number
  fields: Record<string, string>
}

/** The part of `localStorage` that drafts need. */
export type DraftStore = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>

function browserStore(): DraftStore | undefined {
  try {
    return globalThis.localStorage
  } catch {
    // Blocked by the browser's settings: the form works, only without a safety net.
    return undefined
  }
}

/** Fields whose text may be kept: what people write. Never passwords, user names or hidden ones. */
export function keptFields(form: HTMLFormElement): (HTMLInputElement | HTMLTextAreaElement)[] {
  return [...form.elements].filter(
    (element): element is HTMLInputElement | HTMLTextAreaElement =>
      (element instanceof HTMLTextAreaElement ||
        (element instanceof HTMLInputElement && ['text', 'url'].includes(element.type))) &&
      element.name !== '' &&
      !/password|userName/i.test(element.name),
  )
}

/** Keeps the texts on this device; false where there is nothing to keep or no place for it. */
export function keepDraft(
  key: string,
  fields: Record<string, string>,
  store = browserStore(),
): boolean {
  const filled = Object.fromEntries(Object.entries(fields).filter(([, text]) => text.trim()))
  try {
    if (Object.keys(filled).length === 0) {
      store?.removeItem(prefix + key)
      return false
    }
    const draft: Draft = { savedAt: Date.now(), fields: filled }
    store?.setItem(prefix + key, JSON.stringify(draft))
    return store !== undefined
  } catch {
    // Full: typing must go on.
    return false
  }
}

/** The texts kept under this key; those older than seven days, or than given, are thrown away. */
export function readDraft(
  key: string,
  store = browserStore(),
  now = Date.now(),
  lifetime = sevenDays,
): Draft | null {
  try {
    const draft = JSON.parse(store?.getItem(prefix + key) ?? 'null') as Partial<Draft> | null
    if (typeof draft?.savedAt !== 'number' || typeof draft.fields !== 'object') return null
    if (now - draft.savedAt > lifetime) {
      store?.removeItem(prefix + key)
      return null
    }
    return { savedAt: draft.savedAt, fields: draft.fields }
  } catch {
    return null
  }
}

/**
 * On a device that several people use, the next must not find what the one before had typed: throws
 * away all texts but those of `owner`, and those, too, once they are older than a session lives unused.
 */
export function sweepDrafts(owner: string, store = browserStore(), now = Date.now()): void {
  if (!store) return
  try {
    for (const name of Object.keys(store).filter((name) => name.startsWith(prefix))) {
      const key = name.slice(prefix.length)
      if (!key.startsWith(`${owner}:`)) store.removeItem(name)
      else readDraft(key, store, now, sharedLifetime)
    }
  } catch {
    // Nothing could be kept either.
  }
}

/** Throws the texts away: they were sent, or are not wanted any more. */
export function dropDraft(key: string, store = browserStore()): void {
  try {
    store?.removeItem(prefix + key)
  } catch {
    // Nothing was kept, so nothing needs to go.
  }
}
