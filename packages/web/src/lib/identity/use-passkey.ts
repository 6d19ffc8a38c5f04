// Asks the browser for a passkey, and sends its answer with the form around it. Without this script,
// or in a browser that cannot do it, the form does not show.

/** What the server asks the browser, or why it does not. */
interface Question {
  options?: string
  state?: string
  message?: string
}

for (const form of document.querySelectorAll<HTMLFormElement>('form[data-passkey]'))
  if (isAble()) prepare(form)

function isAble(): boolean {
  return (
    'PublicKeyCredential' in globalThis &&
    typeof PublicKeyCredential.parseCreationOptionsFromJSON === 'function' &&
    typeof PublicKeyCredential.prototype.toJSON === 'function'
  )
}

function prepare(form: HTMLFormElement): void {
  form.hidden = false
  for (const hint of document.querySelectorAll<HTMLElement>('[data-without-passkey]'))
    hint.hidden = true
  let isAsking = false
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    if (isAsking) return
    isAsking = true
    void ask(form).finally(() => (isAsking = false))
  })
}

async function ask(form: HTMLFormElement): Promise<void> {
  tell(form, null)
  try {
    const response = await fetch(form.dataset['passkey'] ?? '', { cache: 'no-store' })
    const question = (await response.json()) as Question
    if (!question.options) return tell(form, 'refused', question.message)
    const answer = await answerTo(JSON.parse(question.options))
    fill(form, 'state', question.state ?? '')
    fill(form, 'response', JSON.stringify(answer))
    form.submit()
  } catch (error) {
    tell(form, reasonOf(error))
  }
}

async function answerTo(options: { rp?: unknown }): Promise<unknown> {
  // Only who makes a passkey is told the name of the site.
  const credential = options.rp
    ? await navigator.credentials.create({
        publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options as never),
      })
    : await navigator.credentials.get({
        publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options as never),
      })
  return (credential as PublicKeyCredential).toJSON()
}

function reasonOf(error: unknown): string {
  const name = error instanceof Error || error instanceof DOMException ? error.name : ''
  if (name === 'NotAllowedError' || name === 'AbortError') return 'cancelled'
  if (name === 'InvalidStateError') return 'known'
  if (name === 'SecurityError' || name === 'NotSupportedError' || name === 'ConstraintError')
    return 'unable'
  return 'lost'
}

function fill(form: HTMLFormElement, name: string, value: string): void {
  const field = form.elements.namedItem(name)
  if (field instanceof HTMLInputElement) field.value = value
}

/** Shows one of the reasons that stand in the form, in the language of the page. */
function tell(form: HTMLFormElement, reason: string | null, words?: string): void {
  for (const text of form.querySelectorAll<HTMLElement>('[data-reason]')) {
    text.hidden = text.dataset['reason'] !== reason
    if (!text.hidden && words) text.textContent = words
  }
}
