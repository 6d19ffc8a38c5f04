import { findClientData } from '#modules/entry/client-data.ts'

/** What is longer is a text and no search; it could tell anything. */
const longest = 100
const fewestLetters = 3

/** The text under which searches for the same words count together: they differ in case and blanks only. */
export function normaliseQuery(query: string): string {
  return query
    .replaceAll(/\p{Cc}/gu, ' ')
    .toLowerCase()
    .normalize('NFC')
    .replaceAll(/\s+/gu, ' ')
    .trim()
}

/** Days and numbers of cases, also as people type them into a search. */
const telling = /\d{1,2}\.\s?\d{1,2}\.\s?\d{2,4}|\d{6}/

/**
 * Whether a query may be counted: it is a search of some words, and does not look as if it told of
 * anybody. People type in small letters what the patterns for client data expect with capitals, so the
 * query is looked at in both. What is not counted although it could have been is no loss.
 */
export function isCountable(query: string): boolean {
  const text = normaliseQuery(query)
  const letters = text.match(/\p{L}/gu)?.length ?? 0
  if (letters < fewestLetters || text.length > longest || telling.test(text)) return false
  const capitalised = text.replaceAll(/(?<![\p{L}\p{N}])\p{L}/gu, (letter) => letter.toUpperCase())
  const spellings = [query, text, capitalised, text.toUpperCase()]
  return spellings.every((spelling) => findClientData(spelling).length === 0)
}
