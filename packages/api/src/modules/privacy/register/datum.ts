import type { MessageLanguage } from '#api/errors.ts'

/** The same in each language that messages exist in. */
export type Words = Record<MessageLanguage, string>

/** Why a datum about a person is stored, and for how long. */
export interface Datum {
  label: Words
  purpose: Words
  retention: Words
  /** A hash of a secret: nobody can read it back. */
  isFingerprint?: true
}

/** What is stored about persons in the table of one entity. */
export interface PersonalTable {
  title: Words
  readBy: Words
  /** The property that names the person. */
  person: string
  /** By property. Every stored property, unless `others` says why the rest is not about the person. */
  data: Record<string, Datum>
  /** What the remaining properties are, if they do not tell anything about the person. */
  others?: string
}

/** Words in both languages. */
export const words = (de: string, en: string): Words => ({ de, en })

export const untilAccountEnds = words(
  'bis das Zugangskonto endet: nach dem letzten Austritt höchstens 30 Tage, auf Wunsch sofort',
  'until the account ends: at most 30 days after the last role is gone, at once on request',
)
export const untilRoleEnds = words('bis die Rolle endet', 'until the role ends')
export const untilSessionEnds = words(
  'bis zur Abmeldung, spätestens 30 Tage nach der Anmeldung (gemeinsames Gerät: 12 Stunden)',
  'until signing out, at the latest 30 days after signing in (shared device: 12 hours)',
)
const untilHandedOver = words(
  'bis die Person ausscheidet; danach steht hier die Nachfolge oder niemand',
  'until the person leaves; then the successor stands here, or nobody',
)
export const forOneDay = words('24 Stunden', '24 hours')
const identity = words('ordnet alles Weitere demselben Konto zu', 'ties the rest to one account')
export const nobody = words('niemand, nur die Technik', 'nobody, only the machinery')
export const onlySelf = words('nur die Person selbst', 'only the person')
export const selfAndManagers = words(
  'die Person selbst und die Leitung oder Redaktion ihrer Organisation',
  'the person, and the executives and editors of the organisation',
)
const number = words('Kennung ohne Bedeutung', 'number without meaning')
const fourEyes = words(
  'damit eine zweite Person freigibt und nur die schreibende Person zurückzieht; wird nirgends angezeigt',
  'so that a second person releases and only the author withdraws; shown nowhere',
)

/** The key of a row. */
export const id = (retention: Words): Datum => ({ label: number, purpose: identity, retention })
/** The account that a row belongs to. */
export const account = (retention: Words): Datum => ({
  label: words('Zugangskonto', 'account'),
  purpose: identity,
  retention,
})

/** The author of an entry or answer. */
export const author: PersonalTable['data'] = {
  authorId: {
    label: words('Wer den Text geschrieben hat', 'who wrote the text'),
    purpose: fourEyes,
    retention: untilHandedOver,
  },
}
