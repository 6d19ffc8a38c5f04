import type { RequestEvent } from '@sveltejs/kit'
import {
  CircleChoicesDocument,
  VisibilityReachDocument,
  type VisibilityReachQuery,
} from '#lib/__generated__/graphql.ts'
import {
  type CircleChoices,
  type CircleValues,
  type EntryPreview,
  namedOrganisations,
} from '#lib/entry/circle.ts'
import { visibilityLabel } from '#lib/entry/labels.ts'
import { m } from '#lib/i18n.ts'
import { api } from '#lib/server/api.ts'
import { list, text } from '#lib/server/form.ts'

/** Fields of the circle from top to bottom. */
export const circleFields = ['visibility', 'organisationQuery', 'organisationCodes']

/** What was typed; who searches for organisations, or has chosen some, means that circle. */
export function readCircle(form: FormData): CircleValues {
  const found = list(form, 'foundOrganisations')
  const isSearch = text(form, 'step') === 'find'
  return {
    visibility: isSearch ? 'SELECTED_ORGANISATIONS' : text(form, 'visibility'),
    selectedOrganisations: [...new Set([...list(form, 'selectedOrganisations'), ...found])],
    organisationQuery: text(form, 'organisationQuery').slice(0, 200),
    organisationCodes: text(form, 'organisationCodes').slice(0, 4000),
  }
}

/** Names of the chosen organisations, and those that fit the words in the form. */
export async function circleChoices(
  event: RequestEvent,
  values: CircleValues,
): Promise<CircleChoices> {
  const { selectedOrganisations: ids, organisationQuery: query } = values
  if (ids.length === 0 && !query) return { chosen: [], hits: null }
  const { data } = await api(event).attempt(CircleChoicesDocument, {
    ids: ids.slice(0, 100),
    query,
    search: query !== '',
  })
  const chosen = (data?.nodes ?? []).flatMap((node) =>
    node && 'name' in node ? [{ id: node.id, name: node.name }] : [],
  )
  const hits = data?.organisations?.edges.map(({ node }) => node) ?? []
  return { chosen, hits: query ? hits.filter(({ id }) => !ids.includes(id)) : null }
}

/** Who would see an entry in each circle, in words. */
export async function reachOf(
  event: RequestEvent,
  values: CircleValues,
): Promise<EntryPreview['reach']> {
  const { data } = await api(event).attempt(VisibilityReachDocument, {
    selectedOrganisations: namedOrganisations(values).slice(0, 100),
  })
  return (data?.visibilityReach ?? []).map((reach) => ({
    visibility: reach.visibility,
    label: visibilityLabel(reach.visibility),
    who: whoSees(reach),
    isChosen: reach.visibility === values.visibility,
  }))
}

function whoSees(reach: VisibilityReachQuery['visibilityReach'][number]): string {
  const names = reach.organisations.map(({ name }) => name).join(', ')
  const count = reach.organisationCount ?? 0
  switch (reach.visibility) {
    case 'OWN_ORGANISATION':
      return m.entry_preview_only_you({ name: names })
    case 'OWN_ASSOCIATION':
      return names ? m.entry_preview_near({ count, names }) : m.entry_preview_near_nobody()
    case 'SELECTED_ORGANISATIONS':
      return names ? m.entry_preview_chosen({ names }) : m.entry_preview_chosen_nobody()
    case 'ALL_MEMBERS':
      return m.entry_preview_all({ count })
    case 'PUBLIC':
      return m.entry_preview_public()
  }
}
