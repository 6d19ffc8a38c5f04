import { describe, expect, it } from 'vitest'
import { fieldErrors, flag, list, summary, text } from './form.ts'

function form(...entries: [string, string][]): FormData {
  const data = new FormData()
  for (const [name, value] of entries) data.append(name, value)
  return data
}

describe('reading a form', () => {
  it('trims texts and evens out line ends', () => {
    expect(text(form(['title', '  a\r\nb ']), 'title')).toBe('a\nb')
    expect(text(form(), 'title')).toBe('')
  })

  it('takes no file for a text', () => {
    const data = new FormData()
    data.append('title', new File(['x'], 'x.txt'))
    expect(text(data, 'title')).toBe('')
    expect(list(data, 'title')).toEqual([])
  })

  it('gives each chosen value once', () => {
    expect(list(form(['f', 'a'], ['f', 'b'], ['f', ' a '], ['f', '']), 'f')).toEqual(['a', 'b'])
  })

  it('sees whether a box is ticked', () => {
    expect(flag(form(['ok', 'on']), 'ok')).toBe(true)
    expect(flag(form(), 'ok')).toBe(false)
  })
})

describe('errors', () => {
  it('belong to the field that the path begins with', () => {
    expect(
      fieldErrors([
        { message: 'missing', path: ['input', 'title'] },
        { message: 'unknown', path: ['input', 'fieldsOfWork', '0'] },
        { message: 'unknown too', path: ['fieldsOfWork', '1'] },
        { message: 'whole', path: null },
      ]),
    ).toEqual({ title: 'missing', fieldsOfWork: 'unknown', '': 'whole' })
  })

  it('stand in the summary in the order of the page', () => {
    expect(summary({ '': 'whole', body: 'b', title: 't' }, ['title', 'body'])).toEqual([
      { path: 'title', message: 't' },
      { path: 'body', message: 'b' },
      { message: 'whole' },
    ])
  })
})
