/** Id of the control of a field, so that an error summary can lead to it. */
export function fieldId(name: string): string {
  return `field-${name}`
}

/** Value for aria-describedby: the ids that exist, or nothing at all. */
export function describedBy(...ids: (string | false | undefined)[]): string | undefined {
  return ids.filter(Boolean).join(' ') || undefined
}
