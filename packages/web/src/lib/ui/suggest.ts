// Plain and small: completes what is typed into a search box. An editable combobox with a list, as the
// ARIA Authoring Practices Guide describes it. Loaded by `suggest-on-focus.ts`.

/** What the endpoint behind `data-suggest` answers. */
interface Answer {
  /** How many there are, in words, for those who do not see the list. */
  status: string
  suggestions: { text: string; note: string; href: string }[]
}

/** Typing is over for a moment, in milliseconds. */
const pause = 150
const shortest = 2

for (const input of document.querySelectorAll<HTMLInputElement>('[data-suggest]')) {
  const list = document.getElementById(`${input.id}-list`)
  if (list) suggest(input, list)
}

function suggest(input: HTMLInputElement, list: HTMLElement): void {
  const status = list.nextElementSibling
  /** What was asked for already, also in vain: nothing is asked for twice. */
  const answers = new Map<string, Promise<Answer | null>>()
  let timer: ReturnType<typeof setTimeout>
  /** Counts what makes an answer on its way stale. */
  let turn = 0
  let active = -1

  const set = (name: string, value: string | number | boolean) =>
    input.setAttribute(`aria-${name}`, String(value))
  const isOpen = () => !list.hidden
  const tell = (text: string) => {
    if (status) status.textContent = text
  }

  /** Moves to an option; -1 is the input itself. */
  const moveTo = (index: number) => {
    list.children[active]?.setAttribute('aria-selected', 'false')
    const option = list.children[index]
    active = option ? index : -1
    if (!option) return input.removeAttribute('aria-activedescendant')
    option.setAttribute('aria-selected', 'true')
    option.scrollIntoView({ block: 'nearest' })
    set('activedescendant', option.id)
  }

  const close = () => {
    clearTimeout(timer)
    turn++
    moveTo(-1)
    list.hidden = true
    set('expanded', false)
    tell('')
  }

  const open = ({ status, suggestions }: Answer) => {
    moveTo(-1)
    list.replaceChildren(
      ...suggestions.map(({ text, note, href }, index) => {
        const option = document.createElement('a')
        option.id = `${list.id}-${index}`
        option.href = href
        option.tabIndex = -1
        option.setAttribute('role', 'option')
        option.setAttribute('aria-selected', 'false')
        for (const part of [text, note]) {
          const words = document.createElement('span')
          words.textContent = part
          option.append(words, ' ')
        }
        return option
      }),
    )
    list.hidden = false
    set('expanded', true)
    tell(status)
  }

  const ask = async (): Promise<void> => {
    clearTimeout(timer)
    const mine = ++turn
    const text = input.value.trim()
    if (text.length < shortest) return close()
    let asked = answers.get(text)
    if (!asked) {
      asked = fetchAnswer(`${input.dataset['suggest']}?q=${encodeURIComponent(text)}`)
      answers.set(text, asked)
    }
    const answer = await asked
    if (mine !== turn) return
    if (answer?.suggestions.length) open(answer)
    else close()
  }

  const askSoon = () => {
    clearTimeout(timer)
    timer = setTimeout(() => void ask(), pause)
  }
  // Somebody may have been faster than this script.
  if (input.value !== input.defaultValue) askSoon()
  input.addEventListener('input', askSoon)
  input.addEventListener('keydown', (event) => {
    const { key, isComposing } = event
    const count = list.children.length
    if (isComposing) return
    if (key === 'ArrowDown' || key === 'ArrowUp') {
      event.preventDefault()
      // Past the ends the input itself has its turn.
      if (!isOpen()) void ask().then(() => isOpen() && moveTo(key === 'ArrowDown' ? 0 : count - 1))
      else if (key === 'ArrowDown') moveTo(active + 1)
      else moveTo(active < 0 ? count - 1 : active - 1)
    } else if (key === 'Enter' && active >= 0) {
      event.preventDefault()
      ;(list.children[active] as HTMLElement).click()
    } else if (key === 'Escape' && isOpen()) {
      // Only the list: what was typed stays.
      event.preventDefault()
      close()
    } else if (key === 'Home' || key === 'End') moveTo(-1)
  })
  // The focus stays in the input while an option is pressed.
  list.addEventListener('mousedown', (event) => event.preventDefault())
  list.addEventListener('click', close)
  input.addEventListener('blur', close)
  // The way back brings the page as it was left.
  addEventListener('pagehide', close)
}

/** Asks the server; null where it has no answer, for nobody who types wants to read of faults. */
async function fetchAnswer(address: string): Promise<Answer | null> {
  try {
    const response = await fetch(address)
    return response.ok ? ((await response.json()) as Answer) : null
  } catch {
    return null
  }
}
