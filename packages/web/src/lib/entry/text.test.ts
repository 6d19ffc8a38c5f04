import { expect, it } from 'vitest'
import { blocks, excerpt } from './text.ts'

it('parts a text into paragraphs, headings and lists', () => {
  expect(blocks('a\nb\n\n \n## C d\ne\n- f\n- g\n\n')).toEqual([
    { kind: 'paragraph', text: 'a\nb' },
    { kind: 'heading', text: 'C d' },
    { kind: 'paragraph', text: 'e' },
    { kind: 'list', items: ['f', 'g'] },
  ])
  expect(blocks('')).toEqual([])
  expect(blocks('#hash und -strich')).toEqual([{ kind: 'paragraph', text: '#hash und -strich' }])
})

it('cuts at a word and leaves the marks out', () => {
  expect(excerpt('kurz')).toBe('kurz')
  expect(excerpt('## Eins\n\n- zwei, drei vier', 12)).toBe('Eins zwei …')
  expect(excerpt('x'.repeat(30), 10)).toBe(`${'x'.repeat(10)} …`)
})
