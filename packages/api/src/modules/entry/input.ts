import { limits, licences, type VocabularyName } from '@netzwerkdiakonie/schema'
import { type Fault, UserFailure } from '#api/errors.ts'
import { findClientData } from '#modules/entry/client-data.ts'
import { findTerm } from '#modules/vocabulary/vocabulary.service.ts'

/** Collects what is wrong with an input, so that a form can show all of it at once. */
export class InputCheck {
  readonly #faults: Fault[] = []

  /** A text within its limit, white space at both ends removed; blank counts as missing. */
  text(
    field: string,
    value: string | null | undefined,
    { max, required = false }: { max: number; required?: boolean },
  ): string {
    const text = (value ?? '').trim()
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

  /** Texts must not hold data of clients unless somebody confirmed that they do not. */
  clientData(texts: Record<string, string>, confirmed: boolean | null | undefined): void {
    if (confirmed) return
    for (const [field, text] of Object.entries(texts))
      for (const { kind, excerpt } of findClientData(text))
        this.#add({ code: 'CLIENT_DATA_SUSPECTED', words: { kind, excerpt } }, field)
  }

  /** The idempotency key within its limit. */
  idempotencyKey(value: string | null | undefined): void {
    if (value && value.length > limits.idempotencyKey)
      this.#add({ code: 'TOO_LONG', words: { limit: limits.idempotencyKey } }, 'idempotencyKey')
  }

  /** Any other fault of a field. */
  fault(field: string, fault: Fault): void {
    this.#add(fault, field)
  }

  /** @throws UserFailure with everything found so far, if anything was */
  done(): void {
    if (this.#faults.length > 0) throw new UserFailure(...this.#faults)
  }

  #add(fault: Fault, field: string): void {
    this.#faults.push({ ...fault, path: ['input', field] })
  }
}
