import type { SignInMethod } from '#lib/__generated__/graphql.ts'
import { m } from '#lib/i18n.ts'

const labels: Record<SignInMethod, () => string> = {
  PASSWORD: m.identity_method_PASSWORD,
  PIN: m.identity_method_PIN,
  PASSKEY: m.identity_method_PASSKEY,
  SINGLE_SIGN_ON: m.identity_method_SINGLE_SIGN_ON,
}

/** How somebody signed in, as part of a sentence: „mit Passwort“. */
export function methodLabel(method: SignInMethod): string {
  return labels[method]()
}
