// Most visits search for nothing: what completes a search is loaded once somebody is about to type one.
// What the box is, screen readers say before.

for (const input of document.querySelectorAll<HTMLInputElement>('[data-suggest]')) {
  input.setAttribute('role', 'combobox')
  input.setAttribute('aria-autocomplete', 'list')
  input.setAttribute('aria-controls', `${input.id}-list`)
  input.setAttribute('aria-expanded', 'false')
  const load = () => void import('./suggest.ts')
  if (document.activeElement === input) load()
  else input.addEventListener('focus', load, { once: true })
}
