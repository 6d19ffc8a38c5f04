import { limits, licences, type VocabularyName } from '@netzwerkdiakonie/schema'
import { type Fault, UserFailure } from '#api/errors.ts'
import { findClientData } from '#modules/entry/client-data.ts'
import { findTerm } from '#modules/vocabulary/vocabulary.service.ts'

/** All but tab and line ends; they come along with pasted text, and PostgreSQL refuses the first of them. */
const controlCharacters = /(?![\t\n\r])\p{Cc}/gu

/**
 * Collects what is wrong with an input, so that a form can show all of it at once. A field inside of
 * another is named with a dot between them.
 */
export class InputCheck {
  readonly #faults: Fault[] = []

  /** A text within its limit, without control characters and white space at its ends; blank counts as missing. */
  text(
    field: string,
    value: string | null | undefined,
    { max, required = false }: { max: number; required?: boolean },
  ): string {
    const text = (value ?? '').replaceAll(controlCharacters, '').trim()
    if (required && text === '') this.#add({ code: 'REQUIRED' }, field)
    if (text.length > max) this.#add({ code: 'TOO_LONG', words: { limit: max } }, field)
    return text
  }

  /** Codes of a vocabulary, each once. */
  codes(
    field: string,
    vocabulary: VocabularyName,
    values: readonly string[] | null | undefined,
    { max, required = false }: { max: number; required?: boolean },
  ): string[] {
    const codes = [...new Set(values ?? [])]
    if (required && codes.length === 0) this.#add({ code: 'REQUIRED' }, field)
    if (codes.length > max) this.#add({ code: 'TOO_MANY', words: { limit: max } }, field)
    for (const value of codes)
      if (!findTerm(vocabulary, value)) this.#add({ code: 'UNKNOWN_CODE', words: { value } }, field)
    return codes
  }

  /** A licence that entries can carry. */
  licence(field: string, value: string): string {
    if (!licences.some((known) => known === value))
      this.#add({ code: 'UNKNOWN_CODE', words: { value } }, field)
    return value
  }

  /**
   * Texts must not hold data of clients unless somebody confirmed that they do not.
   *
   * @param before the stored texts: what is unchanged was looked at when it was stored
   */
  clientData(
    texts: Record<string, string>,
    confirmed: boolean | null | undefined,
    before: Record<string, string> = {},
  ): void {
    if (confirmed) return
    const changed = Object.entries(texts).filter(([field, text]) => text !== before[field])
    for (const [field, text] of changed) {
      const found = findClientData(text)
      const findings = {
        de: found.map(({ kind, excerpt }) => `${kind.de} („${excerpt}“)`).join(', '),
        en: found.map(({ kind, excerpt }) => `${kind.en} (“${excerpt}”)`).join(', '),
      }
      if (found.length > 0) this.#add({ code: 'CLIENT_DATA_SUSPECTED', words: { findings } }, field)
    }
  }

  /** The idempotency key within its limit, whether it came with the input or in the header. */
  idempotencyKey(value: string | null | undefined): string | null {
    if (value && value.length > limits.idempotencyKey)
      this.#add({ code: 'TOO_LONG', words: { limit: limits.idempotencyKey } }, 'idempotencyKey')
    return value ?? null
  }

  /** Any other fault of a field. */
  fault(field: string, fault: Fault): void {
    this.#add(fault, field)
  }

  /** Whether something is wrong with this field so far. */
  hasFaultIn(field: string): boolean {
    return this.#faults.some(({ path }) => path?.[1] === field)
  }

  /** @throws UserFailure with everything found so far, if anything was */
  done(): void {
    if (this.#faults.length > 0) throw new UserFailure(...this.#faults)
  }

  #add(fault: Fault, field: string): void {
    this.#faults.push({ ...fault, path: ['input', ...field.split('.')] })
  }
}
