import { expect, it } from 'vitest'
import { solutionIdFrom } from './solution-address.ts'

it.each([
  ['https://netz.example/loesungen/U29sOjE', 'U29sOjE'],
  ['  https://netz.example/en/loesungen/U29sOjE?x=1#y ', 'U29sOjE'],
  ['netz.example/loesungen/U29s%3D%3D/verlauf', 'U29s=='],
  ['/loesungen/abc_-1', 'abc_-1'],
  ['U29sOjE=', 'U29sOjE='],
])('finds the id in %s', (pasted, id) => {
  expect(solutionIdFrom(pasted)).toBe(id)
})

it.each([
  '',
  'https://netz.example/probleme/U29sOjE',
  'https://netz.example/',
  'netz.example',
  '/loesungen/neu',
  '/loesungen/%E0%A4%A',
  'Die Lösung von neulich',
  '<script>',
])('finds none in „%s“', (pasted) => {
  expect(solutionIdFrom(pasted)).toBeNull()
})
