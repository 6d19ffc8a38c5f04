/** What stands in the part of a form that says who may see an entry. */
export interface CircleValues {
  visibility: string
  /** Ids of the organisations that are chosen. */
  selectedOrganisations: string[]
  /** What was searched for among the organisations. */
  organisationQuery: string
  /** Codes or addresses that were pasted. */
  organisationCodes: string
}

/** Organisations to choose from. */
export interface CircleChoices {
  chosen: { id: string; name: string }[]
  /** Found ones that are not chosen yet; null where nobody searched. */
  hits: { id: string; name: string }[] | null
}

/** Nobody searched for anything yet. */
export const noCircleSearch = {
  selectedOrganisations: [],
  organisationQuery: '',
  organisationCodes: '',
}

/** Ids and codes of all organisations that a form names; of an address the last part counts. */
export function namedOrganisations(values: CircleValues): string[] {
  const pasted = values.organisationCodes.split(/[\s,;]+/).map(
    (word) =>
      word
        .replace(/[/?#]+$/, '')
        .split('/')
        .at(-1) ?? '',
  )
  return [...new Set([...values.selectedOrganisations, ...pasted])].filter(Boolean)
}

/** What others would see, before anything is saved. */
export interface EntryPreview {
  /** Empty for a visitor. */
  reach: { visibility: string; label: string; who: string; isChosen: boolean }[]
  title: string
  text: string
  /** Who stands beside it for others. */
  by: string
  unnamed: {
    isPossible: boolean
    /** What is shown of who asks. */
    facts: string[]
    warnings: string[]
    mediation: string
  } | null
}
