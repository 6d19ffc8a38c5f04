/**
 * A path of this site to go back to, or `fallback`. Whatever could lead to another site
 * („//evil“, „/\evil“, „https:…“, control characters) is not followed.
 */
export function returnPath(value: unknown, fallback = '/'): string {
  if (typeof value !== 'string' || value.length > 2000) return fallback
  // Browsers read a backslash as a slash and skip tabs and line ends inside addresses.
  // eslint-disable-next-line no-control-regex -- these very characters are the danger
  if (!value.startsWith('/') || /[\\\u0000-\u001f\u007f]/.test(value)) return fallback
  const base = 'http://here.invalid'
  let url: URL
  try {
    url = new URL(value, base)
  } catch {
    return fallback
  }
  if (url.origin !== base || url.pathname.startsWith('//')) return fallback
  return url.pathname + url.search + url.hash
}
