import type { MediationState } from '#lib/__generated__/graphql.ts'
import { m } from '#lib/i18n.ts'

/** States of letters, in the order in which they are dealt with. */
export const mediationStates = [
  'WAITING',
  'RELAYED',
  'DECLINED',
] as const satisfies readonly MediationState[]

const words: Record<MediationState, () => string> = {
  WAITING: m.mediation_state_waiting,
  RELAYED: m.mediation_state_relayed,
  DECLINED: m.mediation_state_declined,
}

/** How far a letter has come, in words. */
export function mediationStateLabel(state: MediationState): string {
  return words[state]()
}
