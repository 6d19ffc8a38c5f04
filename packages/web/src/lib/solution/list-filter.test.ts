import { expect, it } from 'vitest'
import { readListAddress } from '#lib/entry/list-address.ts'
import { solutionFilters, solutionQuery } from './list-filter.ts'

const query = (params: string) =>
  solutionQuery(readListAddress(solutionFilters, new URLSearchParams(params)))

it('translates an address into conditions', () => {
  const address =
    'art=ablauf&art=werkzeug&groesse=s&ohne-software=ja&ohne-it=ja&software=messenger&sortierung=klein-zuerst'
  expect(query(address)).toEqual({
    filter: {
      kinds: ['PROCESS', 'TOOL'],
      toolCategories: ['messenger'],
      sizeClass: 's',
      withoutSoftware: true,
      withoutItDepartment: true,
    },
    orderBy: 'SMALLEST_FIRST',
    after: null,
  })
})

it('drops what cannot be meant', () => {
  expect(query('art=constructor&ohne-it=1&sortierung=toString')).toEqual(query(''))
})
