const sevenDays = 7 * 24 * 60 * 60 * 1000
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

/** The texts kept under this key; those older than seven days are thrown away. */
export function readDraft(key: string, store = browserStore(), now = Date.now()): Draft | null {
  try {
    const draft = JSON.parse(store?.getItem(prefix + key) ?? 'null') as Partial<Draft> | null
    if (typeof draft?.savedAt !== 'number' || typeof draft.fields !== 'object') return null
    if (now - draft.savedAt > sevenDays) {
      store?.removeItem(prefix + key)
      return null
    }
    return { savedAt: draft.savedAt, fields: draft.fields }
  } catch {
    return null
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
