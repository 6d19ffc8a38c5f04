/**
 * The content security policy allows no inline styles, but the editor was not written for that. What
 * scripts set by the object model is allowed: so each style that the editor makes goes that way.
 */

const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.nonce ?? ''
const createElement = document.createElement.bind(document)

// A style element counts if it carries the nonce of this page.
document.createElement = (name: string, options?: ElementCreationOptions) => {
  const element = createElement(name, options)
  if (element instanceof HTMLStyleElement) element.nonce = nonce
  return element
}

/** By this name style attributes get past the parser. */
const waiting = 'data-waiting-style'

/** Markup with its style attributes renamed; the editor writes them with double quotes only. */
const rename = (markup: unknown) =>
  String(markup).replaceAll(/(<[a-z][^<>]*?\s)style="/gi, `$1${waiting}="`)

function applyWaiting(root: Element | null): void {
  for (const element of root?.querySelectorAll<HTMLElement>(`[${waiting}]`) ?? []) {
    element.style.cssText = element.getAttribute(waiting) ?? ''
    element.removeAttribute(waiting)
  }
}

const inner = Object.getOwnPropertyDescriptor(Element.prototype, 'innerHTML')
Object.defineProperty(Element.prototype, 'innerHTML', {
  ...inner,
  set(this: Element, markup: unknown) {
    inner?.set?.call(this, rename(markup))
    applyWaiting(this)
  },
})

// eslint-disable-next-line typescript/unbound-method -- called with its element below
const { insertAdjacentHTML, setAttribute } = Element.prototype

Element.prototype.insertAdjacentHTML = function (where, markup) {
  insertAdjacentHTML.call(this, where, rename(markup))
  applyWaiting(/^(afterbegin|beforeend)$/i.test(where) ? this : this.parentElement)
}

Element.prototype.setAttribute = function (name, value) {
  if (name.toLowerCase() === 'style' && this instanceof HTMLElement) this.style.cssText = value
  else setAttribute.call(this, name, value)
}
