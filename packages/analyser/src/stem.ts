/**
 * Words that end like an inflected form and are none, or that must not fall together with another.
 * Folded and joined.
 */
const unstemmed = new Set(
  `jugend abend gegend tugend ende elend tausend dutzend
  verein termin medizin magazin routine maschine kantine
  leben wesen essen vermogen verfahren vorhaben schreiben unternehmen vertrauen verhalten treffen
  eltern ostern weihnachten pfingsten ferien alter feuer steuer wasser messer lager zimmer keller
  muster fenster kloster theater orchester register semester quartier papier partner computer server
  browser poster cluster filter router internet alles`.split(/\s+/),
)

/** Irregular forms that lose more than an ending. Folded and joined. */
const irregular = new Map<string, string>(
  Object.entries({
    prozesse: 'prozess',
    prozessen: 'prozess',
    prozesses: 'prozess',
    daten: 'dat',
    datum: 'datum',
    hilfen: 'hilf',
    kosten: 'kost',
    medien: 'medi',
    medium: 'medi',
    raume: 'raum',
    praxen: 'praxis',
    krisen: 'kris',
    krise: 'kris',
    analysen: 'analys',
    analyse: 'analys',
    schulen: 'schul',
    schule: 'schul',
    stellen: 'stell',
    stelle: 'stell',
    fragen: 'frag',
    frage: 'frag',
    wochen: 'woch',
    woche: 'woch',
    stunden: 'stund',
    stunde: 'stund',
    spenden: 'spend',
    spende: 'spend',
    sachen: 'sach',
    sache: 'sach',
    steuern: 'steuer',
    themen: 'thema',
    firmen: 'firma',
    konten: 'konto',
    museen: 'museum',
    zentren: 'zentrum',
    risiken: 'risiko',
    virus: 'virus',
    viren: 'virus',
    gremien: 'gremium',
    ministerien: 'ministerium',
    kriterien: 'kriterium',
    stipendien: 'stipendium',
    praktika: 'praktikum',
    gaste: 'gast',
    busse: 'bus',
    bussen: 'bus',
    apps: 'app',
    kochin: 'koch',
    kochinnen: 'koch',
    mitarbeiterschaft: 'mitarbeit',
    mitarbeitendenschaft: 'mitarbeit',
  }),
)

/** Before a feminine ending; „Termin“, „Verein“ and „beginnen“ end otherwise. */
const feminine =
  /^(.{2,}(?:er|or|ist|ent|ant|og|eg|zt|mt|nd|rt|lt|eut|ef|ar|at|kt|koch))in(?:nen)?$/

/** Nouns made of a present participle: „Mitarbeitende“ are those who „Mitarbeiter“ are, too. */
const participle = /^(.{4,})end(?:e|en|er|es|em)?$/
const noParticiple =
  /(?:jugend|abend|gegend|tugend|spende?n?|wende?n?|legende?n?|tausend|kalender|lebend|(?:wochen|monats|jahres|lebens|quartals|tages|schul|dienst|projekt|schicht)ende?s?)$/

/**
 * Takes the endings of inflection and gender off a word. Lighter than Snowball and CISTEM (Weißweiler
 * and Fraser 2017), from which the order of endings is taken: the ends „-t“ and „ge-“ stay, because
 * they join words that have nothing to do with each other.
 *
 * @param word folded and joined
 */
export function stem(word: string): string {
  const known = irregular.get(word)
  if (known) return known
  if (word.length < 4 || unstemmed.has(word)) return word
  const masculine = feminine.exec(word)?.[1]
  if (masculine) return stem(masculine)
  const doer = noParticiple.test(word) ? undefined : participle.exec(word)?.[1]
  if (doer) return doer
  for (const [form, base] of nounForms) if (form.test(word)) return stem(word.replace(form, base))
  return withoutEnding(word)
}

/** Forms of nouns that the endings alone do not bring together, also at the end of compounds. */
const nounForms: readonly (readonly [form: RegExp, base: string])[] = [
  // „Ergebnisse“, „Verzeichnissen“
  [/(?<=.nis)s(?:en|es|e)$/, ''],
  // „des Bewohners“, „des Computers“: the ending goes, or does not, as in „Bewohner“ and „Computer“.
  [/(?<=..(?:er|en))s$/, ''],
  // „Servern“, „Zimmern“
  [
    /(?<=(?:computer|server|partner|browser|cluster|filter|router|poster|zimmer|muster|fenster|semester|register|messer))n$/,
    '',
  ],
  [/(?<=materi|person|form)alien$/, 'al'],
  // Words that end in a vowel have no other plural.
  [/(?<=(?:kit|kamer|om|op|pizz|sof|mens|cafeteri|agend)a|(?:azub|bufd|tax|alib)i)s$/, ''],
]

const endings = ['ern', 'em', 'en', 'er', 'es', 'e', 'n', 's']

function withoutEnding(word: string): string {
  // „-sis“, „-us“ and „-ss“ are no genitives.
  const ending = endings.find(
    (each) =>
      word.endsWith(each) &&
      !(each === 's' && /(?:[suixa]s|ness)$/.test(word)) &&
      // „Problem“ and „System“ are no adjectives in the dative.
      !(each === 'em' && /(?:probl|syst|tand|mod|ekz|at)em$/.test(word)),
  )
  if (!ending) return word
  const rest = word.slice(0, -ending.length)
  const least = ending === 'n' || ending === 's' ? 4 : 3
  if (rest.length < least) return word
  // „Schlüssel“ and „Schlüsseln“: only after l and r is a lone n an ending; else it is „-en“ or the word.
  if (ending === 'n' && !/[lr]$/.test(rest)) return word
  return rest
}

/** Endings that make one word of another, the longest first, with what stands in for them. */
const derivations: readonly (readonly [ending: RegExp, least: number])[] = [
  [/(?:ierungs?|ations?|ierend|ieren|ier|iert|atorisch|atur|ator)$/, 4],
  [/(?:igkeit|lichkeit|barkeit|samkeit)$/, 4],
  [/(?:schaft|heit|keit|lich|isch|haft|bar|sam|los)$/, 4],
  [/(?:ungs?)$/, 3],
  [/(?:et|te)$/, 5],
  [/(?:ig|nis)$/, 4],
]

/**
 * The root that a word shares with others made of it: „Planung“, „geplant“ and „Planer“ have `plan`.
 *
 * @param stemmed a stem
 */
export function root(stemmed: string): string {
  let rest = stemmed
  for (const [ending, least] of derivations) {
    const shorter = rest.replace(ending, '')
    if (shorter !== rest && shorter.length >= least) {
      rest = shorter
      break
    }
  }
  // „gearbeitet“ and „genutzt“, but not „Geschichte“.
  const participleOf = /^ge(.{3,}?[bdfgklmnprsz])e?t$/.exec(stemmed)?.[1]
  return participleOf ?? rest
}
