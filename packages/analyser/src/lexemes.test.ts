import { describe, expect, it } from 'vitest'
import { analyseWord } from './analyse.ts'
import { lexemesOf, quoteLexeme, rootPrefix } from './lexemes.ts'

/** Takes the text form apart as PostgreSQL does. */
function parse(text: string): Map<string, string[]> {
  const lexemes = new Map<string, string[]>()
  const pattern = /'((?:[^'\\]|''|\\.)*)':((?:\d+[ABCD]?,?)+)(?: |$)/gy
  let at = 0
  for (let match = pattern.exec(text); match; match = pattern.exec(text)) {
    lexemes.set(match[1]!.replaceAll("''", "'").replaceAll(/\\(.)/g, '$1'), match[2]!.split(','))
    at = pattern.lastIndex
  }
  expect(at).toBe(text.length)
  return lexemes
}

const weights = (text: string, lexeme: string) =>
  parse(text)
    .get(lexeme)
    ?.map((position) => position.replace(/\d+/, ''))

describe('weights', () => {
  const { title, all } = lexemesOf('Tourenplan', 'Die Sprachdokumentation im Haus', ['t:code'])
  const part = (word: string) => analyseWord(word).stem

  it('A for words of the title, B for their parts, D for words of the text, C for theirs', () => {
    for (const text of [title, all]) {
      expect(weights(text, 'tourenplan')).toEqual(['A'])
      expect(weights(text, 'plan')).toEqual(['B'])
    }
    expect(weights(all, 'haus')).toEqual(['D'])
    expect(weights(all, part('Sprachdokumentation'))).toEqual(['D'])
    expect(weights(all, part('Sprache'))).toEqual(['C'])
    expect(weights(all, rootPrefix + analyseWord('Dokumentation').root)).toEqual(['C'])
  })

  it('nothing of the text stands for the title, no word without meaning anywhere', () => {
    expect([...parse(title).keys()].sort()).toEqual(['plan', 'tour', 'tourenplan'])
    expect(parse(all).has('die')).toBe(false)
    expect(parse(all).has('im')).toBe(false)
  })

  it('labels are taken as they are', () => {
    expect(weights(all, 't:code')).toEqual(['D'])
    expect(parse(title).has('t:code')).toBe(false)
  })
})

describe('bounds', () => {
  it('no more than 255 positions of a word, none beyond 16,383', () => {
    const all = parse(lexemesOf('', `${'Haus '.repeat(20_000)}Garten`).all)
    expect(all.get('haus')).toHaveLength(255)
    expect(all.get('gart')).toEqual(['16383D'])
  })

  it('no word is longer than PostgreSQL takes, whatever its letters', () => {
    for (const letter of ['a', 'ß', '漢', '한', '𝔞'])
      for (const lexeme of parse(lexemesOf(letter.repeat(3_000), letter.repeat(3_000)).all).keys())
        expect(Buffer.byteLength(lexeme)).toBeLessThanOrEqual(2_046)
  })

  it('nothing of nothing', () => {
    expect(lexemesOf('', '')).toEqual({ title: '', all: '' })
    expect(lexemesOf('und', 'die der das')).toEqual({ title: '', all: '' })
  })
})

describe('quoting', () => {
  it.each([
    [`haus`, `'haus'`],
    [`o'brien`, `'o''brien'`],
    [`a\\b`, `'a\\\\b'`],
    [`\\'`, `'\\\\'''`],
    [`:* & |`, `':* & |'`],
  ])('of %s', (lexeme, quoted) => {
    expect(quoteLexeme(lexeme)).toBe(quoted)
  })

  it('labels with quotes stay what they are', () => {
    const label = `t:o'b\\r:A,1 'x':2`
    expect([...parse(lexemesOf('', '', [label]).all).keys()]).toEqual([label])
  })
})
