import type { AiShare, Visibility } from '#lib/__generated__/graphql.ts'
import { m } from '#lib/i18n.ts'

/** Who may see an entry, in the order from few to all. */
export const visibilities = [
  'OWN_ORGANISATION',
  'OWN_ASSOCIATION',
  'SELECTED_ORGANISATIONS',
  'ALL_MEMBERS',
  'PUBLIC',
] as const satisfies readonly Visibility[]

const visibilityWords: Record<Visibility, { label: () => string; hint: () => string }> = {
  OWN_ORGANISATION: {
    label: m.entry_visibility_own_organisation,
    hint: m.entry_visibility_own_organisation_hint,
  },
  OWN_ASSOCIATION: {
    label: m.entry_visibility_own_association,
    hint: m.entry_visibility_own_association_hint,
  },
  SELECTED_ORGANISATIONS: {
    label: m.entry_visibility_selected,
    hint: m.entry_visibility_selected_hint,
  },
  ALL_MEMBERS: {
    label: m.entry_visibility_all_members,
    hint: m.entry_visibility_all_members_hint,
  },
  PUBLIC: { label: m.entry_visibility_public, hint: m.entry_visibility_public_hint },
}

/** Who may see an entry, in words. */
export function visibilityLabel(visibility: Visibility): string {
  return visibilityWords[visibility].label()
}

/** Visibilities to choose from, each with what it means. */
export function visibilityOptions() {
  return visibilities.map((value) => ({
    value,
    label: visibilityWords[value].label(),
    hint: visibilityWords[value].hint(),
  }))
}

const aiShareWords: Record<AiShare, () => string> = {
  NONE: m.entry_ai_none,
  AI_ASSISTED: m.entry_ai_assisted,
  AI_GENERATED: m.entry_ai_generated,
  MACHINE_TRANSLATED: m.entry_ai_translated,
  MACHINE_SIMPLIFIED: m.entry_ai_simplified,
}

/** What part AI had in a text, in words. */
export function aiShareLabel(aiShare: AiShare): string {
  return aiShareWords[aiShare]()
}

/** Parts that AI can have in a text, to choose from. */
export function aiShareOptions() {
  return aiShares.map((value) => ({ value, label: aiShareLabel(value) }))
}

/** All parts that AI can have in a text. */
export const aiShares = [
  'NONE',
  'AI_ASSISTED',
  'AI_GENERATED',
  'MACHINE_TRANSLATED',
  'MACHINE_SIMPLIFIED',
] as const satisfies readonly AiShare[]

const licenceWords: Record<string, { label: () => string; address: string }> = {
  'CC-BY-4.0': {
    label: m.entry_licence_cc_by,
    address: 'https://creativecommons.org/licenses/by/4.0/',
  },
  'CC-BY-SA-4.0': {
    label: m.entry_licence_cc_by_sa,
    address: 'https://creativecommons.org/licenses/by-sa/4.0/',
  },
  'CC0-1.0': {
    label: m.entry_licence_cc0,
    address: 'https://creativecommons.org/publicdomain/zero/1.0/',
  },
  'EUPL-1.2': {
    label: m.entry_licence_eupl,
    address: 'https://interoperable-europe.ec.europa.eu/collection/eupl/eupl-text-eupl-12',
  },
}

/** What a licence allows, in words; a licence that is not ours keeps its identifier. */
export function licenceLabel(licence: string): string {
  return licenceWords[licence]?.label() ?? licence
}

/** Where the whole text of a licence stands. */
export function licenceAddress(licence: string): string | undefined {
  return licenceWords[licence]?.address
}

/** Licences to choose from. */
export function licenceOptions() {
  return Object.entries(licenceWords).map(([value, { label }]) => ({ value, label: label() }))
}
