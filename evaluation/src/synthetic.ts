import { readFileSync } from 'node:fs'
import { analyseText, lexemesOf, quoteLexeme } from '@netzwerkdiakonie/analyser'
import { Random } from './random.ts'

/** Different nouns, compounds among them, of which texts are made. */
const nounCount = 90_000

/** Slots: N a noun, A an adjective, V a verb. Small words as German has them. */
const sentencePatterns = [
  'Wir suchen eine Lösung für N und N, denn unsere N reicht nicht.',
  'In der N fehlt uns eine A N, die wir mit N V können.',
  'Seit dem Sommer müssen wir die N ohne A N V.',
  'Unsere N hat mit der N gute Erfahrungen gemacht.',
  'Wer hat eine N, mit der sich N und N V lassen?',
  'Für die N brauchen wir mehr N und eine A N.',
  'Die N dauert zu lange, weil N und N getrennt sind.',
  'Bei uns werden N und N noch immer auf Papier geführt.',
  'Nach der N bleibt kaum Zeit für N, N oder N.',
  'Das Team möchte die A N gern gemeinsam mit anderen V.',
  'Es gibt keine Vorlage für die N in der A N.',
  'Zwischen N und N entsteht jeden Monat eine A N.',
  'Die Leitung wünscht sich eine N für alle N.',
  'Angehörige fragen oft nach N, doch unsere N ist A.',
  'Mit dem neuen N wollen wir N V und N V.',
  'Die A N wurde vor zwei Jahren durch die N ersetzt.',
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
    this.#nouns = composeNouns(random, simple)
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
    return this.#nouns[random.zipf(this.#nouns.length)] as string
  }

  compound(random: Random): string {
    for (;;) {
      const noun = this.noun(random)
      if (noun.length > 12) return noun
    }
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
    return text.charAt(0).toUpperCase() + text.slice(1)
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
  if ([...whole.split(' ')].sort().join() !== [...lexemes.split(' ')].sort().join())
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

/** Simple words, the most frequent first, with ever more compounds between them. */
function composeNouns(random: Random, simple: string[]): string[] {
  const seen = new Set<string>()
  const nouns: string[] = []
  const add = (word: string) => {
    if (!seen.has(word)) nouns.push(word.charAt(0).toUpperCase() + word.slice(1))
    seen.add(word)
  }
  for (const [rank, word] of simple.entries()) {
    add(word)
    const compounds = 2 + Math.ceil(((nounCount / simple.length) * 2 * rank) / simple.length)
    for (let count = 0; count < compounds; count += 1) {
      const first = simple[random.zipf(simple.length, 200)] as string
      const last = simple[random.zipf(simple.length, 200)] as string
      add(first + linkOf(first) + last)
    }
  }
  return nouns
}

function linkOf(word: string): string {
  if (/(ung|heit|keit|schaft|ion|tät)$/.test(word)) return 's'
  return /[^ei]e$/.test(word) ? 'n' : ''
}

function readList(name: string): string[] {
  const file = new URL(`../../packages/analyser/data/${name}.txt`, import.meta.url)
  return readFileSync(file, 'utf8').split('\n').filter(Boolean)
}
