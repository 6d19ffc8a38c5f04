import { describe, expect, it } from 'vitest'
import { type Attributes, type Candidate, generalise } from '#modules/problem/generalisation.ts'

const broader: Record<string, string> = {
  'elder-care.home-care': 'elder-care',
  'elder-care.inpatient': 'elder-care',
}
const broaderOf = (code: string) => broader[code]

const plain: Attributes = { fieldsOfWork: [], states: null, sizeClass: null, umbrella: null }

function some(number: number, attributes: Partial<Attributes>): Candidate[] {
  return Array.from({ length: number }, () => ({ ...plain, ...attributes }))
}

const homeCare = { fieldsOfWork: ['elder-care.home-care'] }
const inpatient = { fieldsOfWork: ['elder-care.inpatient'] }
const youth = { fieldsOfWork: ['youth-welfare'] }

const table: {
  what: string
  asker: Partial<Attributes>
  circles: Candidate[][]
  shown: unknown
}[] = [
  { what: 'four are too few', asker: {}, circles: [some(4, {})], shown: null },
  { what: 'five are enough', asker: {}, circles: [some(5, {})], shown: plain },
  {
    what: 'the smallest circle counts',
    asker: {},
    circles: [some(50, {}), some(4, {})],
    shown: null,
  },
  {
    what: 'a field that five declared',
    asker: homeCare,
    circles: [some(5, homeCare)],
    shown: { ...plain, ...homeCare },
  },
  {
    what: 'a field that four declared and one could have',
    asker: homeCare,
    circles: [[...some(4, homeCare), ...some(1, {})]],
    shown: { ...plain, ...homeCare },
  },
  {
    what: 'the broader field where the narrow one fits four',
    asker: homeCare,
    circles: [[...some(4, homeCare), ...some(1, inpatient)]],
    shown: { ...plain, fieldsOfWork: ['elder-care'] },
  },
  {
    what: 'no field where even the broader one fits four',
    asker: homeCare,
    circles: [[...some(4, homeCare), ...some(5, youth)]],
    shown: plain,
  },
  {
    what: 'only fields that five do together',
    asker: { fieldsOfWork: ['elder-care.home-care', 'youth-welfare'] },
    circles: [[...some(5, homeCare), ...some(5, youth)]],
    shown: { ...plain, ...homeCare },
  },
  {
    what: 'a size that five have, of those who fit the field',
    asker: { ...homeCare, sizeClass: 'xxl' },
    circles: [
      [
        ...some(4, { ...homeCare, sizeClass: 'xxl' }),
        ...some(9, { ...youth, sizeClass: 'xxl' }),
        ...some(5, homeCare),
      ],
    ],
    shown: { ...plain, ...homeCare },
  },
  {
    what: 'a size that five have',
    asker: { sizeClass: 'volunteer-only' },
    circles: [some(5, { sizeClass: 'volunteer-only' })],
    shown: { ...plain, sizeClass: 'volunteer-only' },
  },
  {
    what: 'state before size before umbrella, all of it for five together',
    asker: { states: 'Hessen', sizeClass: 'm', umbrella: 'awo' },
    circles: [
      [
        ...some(5, { states: 'Hessen', sizeClass: 's', umbrella: 'awo' }),
        ...some(9, { states: 'Bayern', sizeClass: 'm', umbrella: 'drk' }),
      ],
    ],
    shown: { ...plain, states: 'Hessen', umbrella: 'awo' },
  },
  {
    what: 'no state that others left open',
    asker: { states: 'Hessen' },
    circles: [[...some(4, { states: 'Hessen' }), ...some(20, {})]],
    shown: plain,
  },
]

describe('generalise', () => {
  it.each(table)('$what', ({ asker, circles, shown }) => {
    expect(generalise({ ...plain, ...asker }, circles, broaderOf)).toEqual(shown)
  })

  it('never shows what fits fewer than five, whatever the circle', () => {
    const pick = <Value>(values: Value[]) => values[Math.floor(Math.random() * values.length)]!
    const anybody = (): Candidate => ({
      fieldsOfWork: pick([
        [],
        ['elder-care.home-care'],
        ['elder-care.inpatient'],
        ['youth-welfare'],
      ]),
      states: pick([null, 'Hessen', 'Bayern']),
      sizeClass: pick([null, 's', 'm', 'xxl']),
      umbrella: pick([null, 'awo', 'drk']),
    })
    for (let run = 0; run < 500; run += 1) {
      const circle = Array.from({ length: 5 + Math.floor(Math.random() * 40) }, anybody)
      const shown = generalise(anybody(), [circle], broaderOf)!
      const fitting = circle.filter(
        (one) =>
          shown.fieldsOfWork.every(
            (code) =>
              one.fieldsOfWork.length === 0 ||
              one.fieldsOfWork.some(
                (own) => own === code || broaderOf(own) === code || broaderOf(code) === own,
              ),
          ) &&
          (shown.states === null || one.states === shown.states) &&
          (shown.sizeClass === null || one.sizeClass === shown.sizeClass) &&
          (shown.umbrella === null || one.umbrella === shown.umbrella),
      )
      expect(fitting.length).toBeGreaterThanOrEqual(5)
    }
  })
})
