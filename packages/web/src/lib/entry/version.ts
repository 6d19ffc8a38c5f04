/** The version that a form was made from; null where the form carries none that can be meant. */
export function versionFrom(text: string): number | null {
  return /^[1-9]\d{0,8}$/.test(text) ? Number(text) : null
}
