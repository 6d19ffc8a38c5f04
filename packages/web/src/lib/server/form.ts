/** Messages by field name; the key '' holds what concerns the form as a whole. */
export type FieldErrors = Record<string, string>

/** An entry of `userErrors` as far as forms need it. */
export interface UserErrorLike {
  message: string
  path?: readonly string[] | null
}

/** A text field: spaces around it are gone, line ends are one character. '' where nothing came. */
export function text(form: FormData, name: string): string {
  const value = form.get(name)
  return typeof value === 'string' ? value.replaceAll('\r\n', '\n').trim() : ''
}

/** All values of a group of checkboxes, each once, without blanks. */
export function list(form: FormData, name: string): string[] {
  const values = form.getAll(name).filter((value) => typeof value === 'string')
  return [...new Set(values.map((value) => value.trim()).filter(Boolean))]
}

/** Whether a checkbox is ticked. */
export function flag(form: FormData, name: string): boolean {
  return form.has(name)
}

/**
 * Sorts what the API found wrong by field. `['input','fieldsOfWork','0']` belongs to the field
 * `fieldsOfWork`; the first message of a field wins.
 */
export function fieldErrors(userErrors: readonly UserErrorLike[]): FieldErrors {
  const byField: FieldErrors = {}
  for (const { message, path } of userErrors) {
    const steps = (path ?? []).filter((step, index) => !(index === 0 && step === 'input'))
    const field = steps[0] ?? ''
    byField[field] ??= message
  }
  return byField
}

/** The messages as entries of an `ErrorSummary`, in the order of the fields on the page. */
export function summary(
  errors: FieldErrors,
  order: readonly string[] = [],
): { path?: string; message: string }[] {
  const rank = (field: string) => (order.includes(field) ? order.indexOf(field) : order.length)
  return Object.entries(errors)
    .sort(([a], [b]) => rank(a) - rank(b))
    .map(([path, message]) => (path ? { path, message } : { message }))
}
