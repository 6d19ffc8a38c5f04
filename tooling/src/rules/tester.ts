import type { Rule } from '@oxlint/plugins'
import { RuleTester } from 'oxlint/plugins-dev'
import { describe, it } from 'vitest'

RuleTester.describe = describe
RuleTester.it = it

/** A piece of code and the file that it stands in, relative to the root of the repository. */
type Case = [filename: string, code: string]

/** Shows a rule green for `valid` and red, once each, for `invalid`. */
export function testRule(name: string, rule: Rule, cases: { valid: Case[]; invalid: Case[] }) {
  const at = ([file, code]: Case) => ({
    filename: `/workspace/${file}`,
    code,
    name: `${file}: ${code}`,
  })
  new RuleTester({ languageOptions: { sourceType: 'module' } }).run(name, rule, {
    valid: cases.valid.map(at),
    invalid: cases.invalid.map((one) => ({ ...at(one), errors: 1 })),
  })
}
