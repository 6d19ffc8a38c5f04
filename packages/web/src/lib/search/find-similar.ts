// Plain and small: asks what is there already while somebody writes, and puts the answer into the
// form. The server draws it; without this script the form compares before it posts.
import { isEnough } from './enough.ts'

/** Typing is over for a moment, in milliseconds. */
const pause = 400

interface Answer {
  html: string
  /** For those who do not see the box. */
  status: string
}

for (const box of document.querySelectorAll<HTMLElement>('[data-similar]')) {
  const form = box.closest('form')
  if (form) watch(box, form)
}

function watch(box: HTMLElement, form: HTMLFormElement): void {
  const found = box.querySelector<HTMLElement>('[data-found]') ?? box
  const status = box.querySelector<HTMLElement>('[data-status]') ?? box
  const field = (name: string) => form.querySelector<HTMLInputElement>(`[name=${name}]`)
  const written = () =>
    ['title', 'summary', 'body'].map((name) => field(name)?.value ?? '').join('\n')

  /** Keeps an id in a hidden field, so that it goes along with the form. */
  const remember = (name: string, id = '') => {
    const ids = field(name)
    if (ids && !ids.value.split(' ').includes(id)) ids.value += ` ${id}`
  }
  // What was only drawn below the screen was not seen.
  const sight = new IntersectionObserver(
    (entries) => {
      for (const { isIntersecting, target } of entries)
        if (isIntersecting) remember('similarShown', (target as HTMLElement).dataset['id'])
    },
    { threshold: 0.5 },
  )

  const drop = (item: Element) =>
    (item.matches(':only-child') ? item.closest('section') : item)?.remove()

  const show = (answer: Answer) => {
    const focused = document.activeElement ?? box
    // Whoever is reading there already keeps what is there.
    if (found.contains(focused)) return
    const top = focused.getBoundingClientRect().top
    found.innerHTML = answer.html
    for (const item of found.querySelectorAll<HTMLElement>('[data-id]'))
      if (field('similarDismissed')?.value.includes(item.dataset['id'] ?? ' ')) drop(item)
      else sight.observe(item)
    // What is being typed into stays where it is on the screen.
    scrollBy(0, focused.getBoundingClientRect().top - top)
    status.textContent = found.firstElementChild ? answer.status : ''
  }

  /** Each text is asked for once; failing is nobody's business: the form compares before posting. */
  const answers = new Map<string, Promise<Answer | null>>()
  const ask = async (): Promise<Answer | null> => {
    const body = new FormData()
    for (const name of ['title', 'summary', 'body', 'similarDismissed'])
      body.append(name, field(name)?.value ?? '')
    body.append('writing', box.dataset['writing'] ?? '')
    const response = await fetch(box.dataset['similar'] ?? '', { method: 'POST', body })
    return response.ok ? ((await response.json()) as Answer) : null
  }

  // What came with the page is the answer to what stands in it.
  let asked = found.firstElementChild ? written() : ''
  const look = async () => {
    const text = written()
    if (text === asked) return
    asked = text
    const answer = answers.get(text) ?? (isEnough(text) ? ask().catch(() => null) : null)
    if (answer) answers.set(text, answer)
    const known = answer ? await answer : { html: '', status: '' }
    // Meanwhile somebody may have gone on typing.
    if (known && text === asked) show(known)
  }

  // A text may have come with the address, or out of a draft.
  let timer = setTimeout(() => void look(), pause)
  form.addEventListener('input', () => {
    clearTimeout(timer)
    timer = setTimeout(() => void look(), pause)
  })

  found.addEventListener('click', (event) => {
    const button = (event.target as Element).closest<HTMLButtonElement>('[data-different]')
    const item = button?.closest('li')
    if (!button || !item) return
    event.preventDefault()
    remember('similarDismissed', button.value)
    const next = item.nextElementSibling ?? item.previousElementSibling
    drop(item)
    ;(next?.querySelector<HTMLElement>('a, summary') ?? box).focus()
    status.textContent = box.querySelector('[data-gone]')?.textContent ?? ''
  })
}
