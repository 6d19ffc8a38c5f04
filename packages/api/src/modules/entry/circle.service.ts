import { limits } from '@netzwerkdiakonie/schema'
import type { Context } from '#api/context.ts'
import type { Visibility } from '#modules/entry/entry.entity.ts'
import type { InputCheck } from '#modules/entry/input.ts'
import type { Circle } from '#modules/entry/lifecycle.ts'
import { findOrganisations } from '#modules/organisation/organisation.service.ts'

/** What an input says about who may see an entry. */
interface CircleInput {
  visibility?: Visibility | null | undefined
  selectedOrganisations?: readonly string[] | null | undefined
}

/**
 * Who may see an entry, checked. The chosen organisations stay as they were where an input leaves them
 * out, and are forgotten once the circle is another.
 *
 * @param ownerId needs no choosing
 */
// public: it only adds to the faults of a form
export async function checkCircle(
  context: Context,
  check: InputCheck,
  input: CircleInput,
  ownerId: string,
  before?: Circle,
): Promise<Circle> {
  const visibility = input.visibility ?? before?.visibility ?? 'ALL_MEMBERS'
  if (visibility !== 'SELECTED_ORGANISATIONS') return { visibility, selectedOrganisationIds: [] }
  const given = input.selectedOrganisations
  if (!given && before?.visibility === visibility)
    return { visibility, selectedOrganisationIds: before.selectedOrganisationIds }
  const field = 'selectedOrganisations'
  const values = [...new Set((given ?? []).map((value) => value.trim()).filter(Boolean))]
  if (values.length > limits.selectedOrganisations) {
    check.fault(field, { code: 'TOO_MANY', words: { limit: limits.selectedOrganisations } })
    return { visibility, selectedOrganisationIds: [] }
  }
  const selected = new Set<string>()
  for (const [value, id] of await findOrganisations(context, values)) {
    if (!id) check.fault(field, { code: 'UNKNOWN_CODE', words: { value } })
    else if (id !== ownerId) selected.add(id)
  }
  if (values.length === 0 || (selected.size === 0 && !check.hasFaultIn(field)))
    check.fault(field, { code: 'REQUIRED' })
  return { visibility, selectedOrganisationIds: [...selected] }
}
