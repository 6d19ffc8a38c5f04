import { describe, expect, it } from 'vitest'
import { fromGlobalId, type NodeType, toGlobalId, uuidOf } from '#lib/global-id.ts'

const types: NodeType[] = ['Organisation', 'Problem', 'Answer', 'Solution']
const uuid = '0b0f6b3e-5d3c-4c6a-9a52-2f6a3d1f7ef0'

describe('a global id', () => {
  it.each(types)('of %s leads back to its type and UUID', (type) => {
    for (const each of [uuid, '00000000-0000-4000-8000-000000000000', crypto.randomUUID()]) {
      const id = toGlobalId(type, each)
      expect(id).toMatch(/^[\w-]{23}$/)
      expect(fromGlobalId(id)).toEqual({ type, uuid: each })
      expect(uuidOf(type, id)).toBe(each)
    }
  })

  it('is the same for ever: these were given out', () => {
    expect(types.map((type) => toGlobalId(type, uuid))).toEqual([
      'AAsPaz5dPExqmlIvaj0ffvA',
      'AQsPaz5dPExqmlIvaj0ffvA',
      'AgsPaz5dPExqmlIvaj0ffvA',
      'AwsPaz5dPExqmlIvaj0ffvA',
    ])
  })

  it('stands for one type only', () => {
    const id = toGlobalId('Problem', uuid)
    expect(types.filter((type) => uuidOf(type, id) !== null)).toEqual(['Problem'])
  })

  it.each([
    ['nothing', ''],
    ['a UUID', uuid],
    ['a shorter one', toGlobalId('Problem', uuid).slice(1)],
    ['a longer one', `${toGlobalId('Problem', uuid)}A`],
    ['padding', `${toGlobalId('Problem', uuid).slice(0, 22)}=`],
    ['other characters', `${toGlobalId('Problem', uuid).slice(0, 22)}+`],
    ['white space', ` ${toGlobalId('Problem', uuid).slice(1)}`],
    ['a line end', `${toGlobalId('Problem', uuid)}\n`],
    ['bits that no id uses', `${toGlobalId('Problem', uuid).slice(0, 22)}B`],
    [
      'a type that does not exist',
      Buffer.concat([Buffer.of(9), Buffer.alloc(16)]).toString('base64url'),
    ],
  ])('is not %s', (_, id) => {
    expect(fromGlobalId(id)).toBeNull()
    expect(uuidOf('Problem', id)).toBeNull()
  })
})
