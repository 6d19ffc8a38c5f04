// Plain, small, and after the page works without it.
import {
  dropDraft,
  keepDraft,
  keptFields,
  readDraft,
  sharedLifetime,
  sweepDrafts,
} from './draft.ts'

/** Typing is over for a moment, in milliseconds. */
const pause = 400

/** What SvelteKit answers to a form that was sent by script; failures carry more than is needed here. */
type Result =
  | { type: 'redirect'; location: string }
  | { type: 'error'; error: { message: string } }
  | { type: 'success' | 'failure' }

for (const keeper of document.querySelectorAll<HTMLElement>('[data-draft]')) {
  const form = keeper.closest('form')
  if (form) {
    const owner = keeper.dataset['owner']
    if (owner) sweepDrafts(owner)
    const draft = keepTexts(keeper, form)
    if (owner) clearUnused(form, draft)
    sendSafely(keeper, form, draft)
  }
}

/** Puts kept texts back and keeps what is typed; `drop` throws them away once they have arrived. */
function keepTexts(keeper: HTMLElement, form: HTMLFormElement): { drop(): void } {
  const key = keeper.dataset['draft'] ?? ''
  const show = (state: 'saved' | 'restored' | null) => {
    part(keeper, 'saved').hidden = state !== 'saved'
    part(keeper, 'restored').hidden = state !== 'restored'
    part(keeper, 'forget').hidden = state === null
  }

  const draft = readDraft(key)
  let isRestored = false
  for (const field of draft ? keptFields(form) : []) {
    const text = draft?.fields[field.name]
    // What the server sent back, or was typed before this script ran, is newer.
    if (!text || field.value) continue
    field.value = text
    // Nobody should look for a text that came back.
    field.closest('details')?.setAttribute('open', '')
    isRestored = true
  }
  if (draft) show(isRestored ? 'restored' : 'saved')

  let timer: ReturnType<typeof setTimeout>
  form.addEventListener('input', () => {
    clearTimeout(timer)
    timer = setTimeout(() => {
      const texts = keptFields(form).map((field) => [field.name, field.value] as const)
      const isKept = keepDraft(key, Object.fromEntries(texts))
      show(isKept ? (isRestored ? 'restored' : 'saved') : null)
    }, pause)
  })
  const drop = () => {
    clearTimeout(timer)
    dropDraft(key)
    isRestored = false
    show(null)
  }
  part(keeper, 'forget').addEventListener('click', drop)
  return { drop }
}

/** Whoever walks away from a shared device leaves no text behind, neither kept nor on the screen. */
function clearUnused(form: HTMLFormElement, draft: { drop(): void }): void {
  const clear = () => {
    draft.drop()
    form.reset()
    location.replace(location.href)
  }
  let timer = setTimeout(clear, sharedLifetime)
  form.addEventListener('input', () => {
    clearTimeout(timer)
    timer = setTimeout(clear, sharedLifetime)
  })
}

/**
 * Sends the form by script first: if the connection is gone, the page and all that was typed stay.
 * What the server refuses is then sent the plain way, which brings the page with what to mend; a
 * refusal has changed nothing, and the key in the form keeps a success from happening twice.
 */
function sendSafely(keeper: HTMLElement, form: HTMLFormElement, draft: { drop(): void }): void {
  let isSending = false
  const trySend = async () => {
    isSending = true
    part(keeper, 'lost').hidden = true
    try {
      const result = await send(form)
      if (result.type === 'redirect') {
        draft.drop()
        location.assign(result.location)
      } else if (result.type === 'error') tellLost(keeper, result.error.message)
      else form.submit()
    } catch {
      tellLost(keeper)
    }
    isSending = false
  }
  form.addEventListener('submit', (event) => {
    // Buttons with an address of their own, such as a search, send nothing that could get lost.
    if (event.submitter?.matches('[formaction], [name]')) return
    event.preventDefault()
    if (!isSending) void trySend()
  })
}

async function send(form: HTMLFormElement): Promise<Result> {
  const response = await fetch(form.action, {
    method: 'POST',
    body: new FormData(form),
    headers: { accept: 'application/json', 'x-sveltekit-action': 'true' },
  })
  return (await response.json()) as Result
}

/** Says that nothing has arrived, and why where that is known: a lost answer has no reason to tell. */
function tellLost(keeper: HTMLElement, reason = ''): void {
  part(keeper, 'reason').textContent = reason
  part(keeper, 'reason').hidden = reason === ''
  part(keeper, 'offline').hidden = navigator.onLine
  part(keeper, 'lost').hidden = false
}

function part(keeper: HTMLElement, name: string): HTMLElement {
  const element = keeper.querySelector<HTMLElement>(`[data-${name}]`)
  if (!element) throw new Error(`The keeper of drafts has no part ${name}`)
  return element
}
