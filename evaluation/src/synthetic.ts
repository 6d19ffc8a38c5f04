import { readFileSync } from 'node:fs'
import { analyseText, lexemesOf, quoteLexeme } from '@netzwerkdiakonie/analyser'
import type { Random } from './random.ts'

/** Different compounds of which texts are made, besides the simple words. */
const compoundCount = 90_000

/** Of the nouns of a text; so many make the compounds as frequent as in the judged collection. */
const shareOfCompounds = 0.32

/** Slots: N a noun, A an adjective, V a verb. Small words as German has them. */
const sentencePatterns = [
  'Wir suchen A N für N und N, unsere N reicht längst nicht.',
  'In der N fehlt eine A N, mit der Fachkräfte N V können.',
  'Seit Sommer müssen Mitarbeitende N ohne A N V.',
  'Unsere A N hat mit N und N gute Erfahrungen gemacht.',
  'Wer nutzt eine A N, mit der sich N schnell V lässt?',
  'Für A N brauchen Einrichtungen mehr N und eine A N.',
  'Die N dauert jede Woche lange, weil N und N getrennt liegen.',
  'Bei uns werden N und A N noch immer auf Papier geführt.',
  'Nach der N bleibt kaum Zeit für N, N oder A N.',
  'Unser Team möchte A N gern gemeinsam mit Nachbarn V.',
  'Es gibt keine Vorlage für N, N und A N.',
  'Zwischen N und N entsteht jeden Monat A N.',
  'Die Leitung wünscht sich eine N für A N und N.',
  'Angehörige fragen oft nach N, doch unsere N ist A.',
  'Mit neuer N wollen wir N V und A N V.',
  'Die A N wurde vor zwei Jahren durch N und N ersetzt.',
]
const titlePatterns = [
  'N in der N',
  'A N für N',
  'N und N V',
  'Wie können wir N V?',
  'Vorlage für N in der A N',
  'N ohne N: was hilft?',
  'Gemeinsame N für N und N',
  'N für A N und N V',
]
const questionPatterns = [
  'Wie können wir N in der N V?',
  'Wer hat eine Vorlage für A N und N?',
  'Was hilft gegen N bei der N?',
  'Welche N eignet sich für A N in der N?',
]

/** A stretch of text, analysed once, that many entries hold. */
interface Piece {
  text: string
  words: number
  /** Lexemes with the positions at which they stand: numbers and weights. */
  lexemes: [lexeme: string, positions: [number, string][]][]
}

/** An entry as the index holds it. */
export interface SyntheticText {
  title: string
  body: string
  titleLexemes: string
  lexemes: string
}

/** Words, sentences and titles, composed of the word lists of the analyser. */
export class Language {
  readonly #nouns: string[]
  readonly #compounds: string[]
  readonly #adjectives: string[]
  readonly #verbs: string[]
  readonly #sentences: Piece[]
  readonly #titles: (Piece & { own: string })[]

  /** @param entries of how many entries texts will be made: so many more sentences there are */
  constructor(random: Random, entries: number) {
    const ranked = readList('word-ranks')
    const simple = [
      ...new Set([...ranked, ...readList('sector-nouns'), ...readList('general-nouns')]),
    ]
    this.#nouns = simple.map(capitalise)
    this.#compounds = compose(random, simple)
    this.#adjectives = readList('adjectives').map((word) => `${word}e`)
    this.#verbs = readList('verb-stems').map((word) =>
      word.endsWith('e') ? `${word}n` : `${word}en`,
    )
    this.#sentences = Array.from({ length: Math.max(5_000, entries / 5) }, () =>
      pieceOf('', this.fill(random, random.pick(sentencePatterns))),
    )
    this.#titles = Array.from({ length: Math.max(5_000, entries / 6) }, () => {
      const title = this.fill(random, random.pick(titlePatterns))
      return { ...pieceOf(title, ''), own: lexemesOf(title, '').title }
    })
  }

  noun(random: Random): string {
    if (random.next() < shareOfCompounds) return this.compound(random)
    return this.#nouns[random.zipf(this.#nouns.length)] as string
  }

  compound(random: Random): string {
    return this.#compounds[random.zipf(this.#compounds.length)] as string
  }

  sentence(random: Random): string {
    return random.pick(this.#sentences).text
  }

  title(random: Random): string {
    return random.pick(this.#titles).text
  }

  question(random: Random): string {
    return this.fill(random, random.pick(questionPatterns))
  }

  fill(random: Random, pattern: string): string {
    const text = pattern.replaceAll(/\b[NAV]\b/g, (slot) => {
      if (slot === 'N') return this.noun(random)
      const words = slot === 'A' ? this.#adjectives : this.#verbs
      return words[random.zipf(words.length)] as string
    })
    return capitalise(text)
  }

  /**
   * Composes an entry of sentences that are analysed already: the terms are those that the analyser
   * gives for the whole, which `checkComposition` makes sure of.
   */
  entry(random: Random, labels: readonly string[]): SyntheticText {
    const title = random.pick(this.#titles)
    const pieces = [title, ...Array.from({ length: 3 }, () => random.pick(this.#sentences))]
    const merged = new Map<string, string>()
    let offset = 0
    for (const { words, lexemes } of pieces) {
      for (const [lexeme, positions] of lexemes) {
        let list = merged.get(lexeme) ?? ''
        for (const [position, weight] of positions)
          list += `${list ? ',' : ''}${position + offset}${weight}`
        merged.set(lexeme, list)
      }
      offset += words
    }
    for (const label of labels) merged.set(quoteLexeme(label), `${offset}D`)
    let all = ''
    for (const [lexeme, positions] of merged) all += `${all ? ' ' : ''}${lexeme}:${positions}`
    const body = pieces.slice(1).map(({ text }) => text)
    return { title: title.text, body: body.join(' '), titleLexemes: title.own, lexemes: all }
  }
}

/** @throws where composing sentences gives other terms than analysing the text as one */
export function checkComposition({ title, body, lexemes }: SyntheticText, labels: string[]): void {
  const whole = lexemesOf(title, body, labels).all
  if (whole.split(' ').sort().join() !== lexemes.split(' ').sort().join())
    throw new Error(`„${title}. ${body}“ was composed to other terms:\n${lexemes}\n${whole}`)
}

function pieceOf(title: string, text: string): Piece {
  const lexemes = lexemesOf(title, text).all.split(' ').filter(Boolean)
  return {
    text: title || text,
    words: analyseText(title || text).length,
    lexemes: lexemes.map((each) => {
      const colon = each.lastIndexOf(':')
      const positions = each.slice(colon + 1).split(',')
      return [
        each.slice(0, colon),
        positions.map((position) => [Number.parseInt(position, 10), position.slice(-1)]),
      ]
    }),
  }
}

/** Compounds of two words, the frequent ones of which more are made. */
function compose(random: Random, simple: readonly string[]): string[] {
  const compounds = new Set<string>()
  while (compounds.size < compoundCount) {
    const first = simple[random.zipf(simple.length, 100)] as string
    const last = simple[random.zipf(simple.length, 100)] as string
    if (first !== last) compounds.add(capitalise(first + linkOf(first) + last))
  }
  return [...compounds]
}

function capitalise(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

function linkOf(word: string): string {
  if (/(ung|heit|keit|schaft|ion|tät)$/.test(word)) return 's'
  return /[^ei]e$/.test(word) ? 'n' : ''
}

function readList(name: string): string[] {
  const file = new URL(`../../packages/analyser/data/${name}.txt`, import.meta.url)
  return readFileSync(file, 'utf8').split('\n').filter(Boolean)
}
