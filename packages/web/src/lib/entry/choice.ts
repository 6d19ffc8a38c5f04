/** `value` if it is one of `allowed`; null for whatever somebody else put into a form. */
export function oneOf<Value extends string>(
  allowed: readonly Value[],
  value: string | null | undefined,
): Value | null {
  return allowed.find((candidate) => candidate === value) ?? null
}

/** Those of `values` that are allowed. */
export function allOf<Value extends string>(
  allowed: readonly Value[],
  values: readonly string[],
): Value[] {
  return allowed.filter((candidate) => values.includes(candidate))
}
