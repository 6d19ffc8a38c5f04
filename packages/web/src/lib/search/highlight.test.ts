import { expect, it } from 'vitest'
import { splitHighlight } from './highlight.ts'

it('splits at the marks', () => {
  expect(splitHighlight('Die <mark>Tour</mark> von <mark>morgen</mark>')).toEqual([
    { text: 'Die ', hit: false },
    { text: 'Tour', hit: true },
    { text: ' von ', hit: false },
    { text: 'morgen', hit: true },
  ])
})

it('gives plain text back, each entity once', () => {
  expect(splitHighlight('a &amp;lt; b &lt;script&gt; &quot;c&quot; &#39;')).toEqual([
    { text: 'a &lt; b <script> "c" \'', hit: false },
  ])
})

it('keeps other elements as text and survives marks that do not match', () => {
  expect(splitHighlight('</mark><b>x</b><mark>y')).toEqual([
    { text: '<b>x</b>', hit: false },
    { text: 'y', hit: true },
  ])
  expect(splitHighlight('')).toEqual([])
})
