/**
 * The last answer that a form got. SvelteKit takes the answer away for a moment before it gives
 * the next one; a select that followed would forget what somebody chose.
 */
export function latest<Answer>(get: () => Answer | null | undefined): {
  readonly current: Answer | null
} {
  let kept: Answer | null = null
  const current = $derived.by(() => (kept = get() ?? kept))
  return {
    get current() {
      return current
    },
  }
}
