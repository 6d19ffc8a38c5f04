import {
  account,
  id,
  onlySelf,
  type PersonalTable,
  words,
} from '#modules/privacy/register/datum.ts'

const untilDeleted = words(
  'bis die Person sie löscht oder das Zugangskonto endet',
  'until the person deletes it or the account ends',
)
const toRunAgain = words(
  'um die Suche noch einmal auszuführen, ohne sie neu einzugeben',
  'to run the search again without typing it anew',
)
const narrowing = (de: string, en: string) => ({
  label: words(`Eingegrenzt auf: ${de}`, `narrowed to: ${en}`),
  purpose: toRunAgain,
  retention: untilDeleted,
})

/** What search holds about persons: what they keep on purpose. Searching itself leaves no trace of them. */
export const searchTables: Record<string, PersonalTable> = {
  SavedSearch: {
    title: words('Gemerkte Suchen', 'Saved searches'),
    readBy: onlySelf,
    person: 'accountId',
    data: {
      id: id(untilDeleted),
      accountId: account(untilDeleted),
      name: {
        label: words('Name, den die Person vergeben hat', 'name that the person gave it'),
        purpose: words('damit man sie wiedererkennt', 'so that one knows it again'),
        retention: untilDeleted,
      },
      query: {
        label: words('Gesuchte Wörter', 'words that are searched for'),
        purpose: toRunAgain,
        retention: untilDeleted,
      },
      kinds: narrowing('Art', 'kind'),
      fieldsOfWork: narrowing('Arbeitsfelder', 'fields of work'),
      competences: narrowing('Kompetenzfelder', 'competences'),
      toolCategories: narrowing('Werkzeugarten', 'tool categories'),
      umbrellas: narrowing('Spitzenverbände', 'umbrellas'),
      updatedSince: narrowing('geändert seit (Tag)', 'changed since (day)'),
    },
  },
}
