import { OPERATOR_ADDRESS, OPERATOR_CONTACT, OPERATOR_NAME } from '$app/env/private'

/** Who runs this instance, as far as they have said so. */
export interface Operator {
  name: string
  /** Postal address, line by line. */
  address: string[]
  contact: string
}

/** What the operator entered in the environment; '' and [] where nothing was entered. */
export function operator(): Operator {
  return {
    name: OPERATOR_NAME,
    address: OPERATOR_ADDRESS.split(/[|\n]/).flatMap((line) => line.trim() || []),
    contact: OPERATOR_CONTACT,
  }
}
