import { expect, it } from 'vitest'
import { hitPath } from './hit-address.ts'
import { shownSuggestions } from './suggestions.ts'

it('puts kinds in a row; words and terms search, the rest leads to its page', () => {
  const solution = { __typename: 'Solution' as const, id: 's1', kind: 'TOOL' as const }
  expect(
    shownSuggestions([
      { kind: 'TITLE', text: 'Sprachdoku', entry: solution },
      {
        kind: 'ORGANISATION',
        text: 'Silberquell',
        entry: { __typename: 'Organisation', id: 'o1' },
      },
      { kind: 'TERM', text: 'Pflege & Alter', entry: null },
      { kind: 'WORD', text: 'Sprache', entry: null },
    ]),
  ).toEqual([
    { text: 'Sprache', note: '', href: '/suche?q=Sprache' },
    { text: 'Pflege & Alter', note: 'Thema', href: '/suche?q=Pflege%20%26%20Alter' },
    { text: 'Sprachdoku', note: 'Digitales Werkzeug', href: '/loesungen/s1' },
    { text: 'Silberquell', note: 'Organisation', href: '/organisationen/o1' },
  ])
})

it('says at the address of a hit what it was found for', () => {
  const entry = { __typename: 'Organisation' as const, id: 'o1', organisationKind: 'x', seat: null }
  expect(hitPath(entry, 'a & b')).toBe('/organisationen/o1?gesucht=a%20%26%20b')
  expect(hitPath(entry, '')).toBe('/organisationen/o1')
})
