import { expect, it } from 'vitest'
import { namedOrganisations, noCircleSearch } from './circle.ts'

it.each([
  ['', []],
  ['a-nordmark, o-tannwerra', ['a-nordmark', 'o-tannwerra']],
  ['https://beispiel.de/organisationen/AbC_1/\n o-x;o-x', ['AbC_1', 'o-x']],
])('reads the organisations in %j', (organisationCodes, named) => {
  const values = { ...noCircleSearch, visibility: '', organisationCodes }
  expect(namedOrganisations(values)).toEqual(named)
})
