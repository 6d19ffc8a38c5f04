import { vocabularies } from '@netzwerkdiakonie/schema'
import type { MessageLanguage } from '#api/errors.ts'
import { type Attributes, shownAttributes } from '#modules/problem/generalisation.ts'

/** The same in each language that messages exist in. */
export type Words = Record<MessageLanguage, string>

const attributeWords: Record<(typeof shownAttributes)[number], Words> = {
  states: {
    de: 'Euer Bundesland wird nicht gezeigt.',
    en: 'Your federal state is not shown.',
  },
  sizeClass: {
    de: 'Eure Größe wird nicht gezeigt.',
    en: 'Your size is not shown.',
  },
  umbrella: {
    de: 'Euer Spitzenverband wird nicht gezeigt.',
    en: 'Your umbrella is not shown.',
  },
}

/** What of an organisation is left out or shown more generally; one sentence each. */
export function tellChanges(asker: Attributes, shown: Attributes): Words[] {
  const fields = asker.fieldsOfWork
    .filter((code) => !shown.fieldsOfWork.includes(code))
    .map((code) => tellField(code, shown))
  const attributes = shownAttributes
    .filter((name) => asker[name] !== null && shown[name] === null)
    .map((name) => attributeWords[name])
  return [...fields, ...attributes]
}

function tellField(code: string, shown: Attributes): Words {
  const term = vocabularies.fieldsOfWork.find((field) => field.code === code)
  const broader = vocabularies.fieldsOfWork.find(
    (field) => field.code === (term && 'broader' in term ? term.broader : undefined),
  )
  if (broader && shown.fieldsOfWork.includes(broader.code))
    return {
      de: `Statt „${term?.de}“ wird „${broader.de}“ gezeigt.`,
      en: `“${broader.en}” is shown instead of “${term?.en}”.`,
    }
  return {
    de: `Das Arbeitsfeld „${term?.de ?? code}“ wird nicht gezeigt.`,
    en: `The field of work “${term?.en ?? code}” is not shown.`,
  }
}

/** Which of the words that few organisations share occur in a text, as whole words. */
export function tellWords(text: string, telling: readonly string[]): Words[] {
  const words = spaced(text)
  return telling
    .filter((word) => spaced(word).trim() !== '' && words.includes(spaced(word)))
    .map((word) => ({
      de: `Im Text steht „${word}“: daran erkennt man euch.`,
      en: `The text says “${word}”, which gives you away.`,
    }))
}

function spaced(text: string): string {
  return ` ${text
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()} `
}
