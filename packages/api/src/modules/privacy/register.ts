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

const words = (de: string, en: string): Words => ({ de, en })

const untilAccountEnds = words(
  'bis das Zugangskonto endet: nach dem letzten Austritt höchstens 30 Tage, auf Wunsch sofort',
  'until the account ends: at most 30 days after the last role is gone, at once on request',
)
const untilRoleEnds = words('bis die Rolle endet', 'until the role ends')
const untilSessionEnds = words(
  'bis zur Abmeldung, spätestens 30 Tage nach der Anmeldung (gemeinsames Gerät: 12 Stunden)',
  'until signing out, at the latest 30 days after signing in (shared device: 12 hours)',
)
const untilHandedOver = words(
  'bis die Person ausscheidet; danach steht hier die Nachfolge oder niemand',
  'until the person leaves; then the successor stands here, or nobody',
)
const forOneDay = words('24 Stunden', '24 hours')
const untilPasskeyGoes = words(
  'bis die Person ihn entfernt oder das Zugangskonto endet',
  'until the person removes it or the account ends',
)
const forPasskey = words('zum Anmelden mit dem Passkey', 'for signing in with the passkey')
const identity = words('ordnet alles Weitere demselben Konto zu', 'ties the rest to one account')
const nobody = words('niemand, nur die Technik', 'nobody, only the machinery')
const onlySelf = words('nur die Person selbst', 'only the person')
const selfAndManagers = words(
  'die Person selbst und die Leitung oder Redaktion ihrer Organisation',
  'the person, and the executives and editors of the organisation',
)
const number = words('Kennung ohne Bedeutung', 'number without meaning')
const fourEyes = words(
  'damit eine zweite Person freigibt und nur die schreibende Person zurückzieht; wird nirgends angezeigt',
  'so that a second person releases and only the author withdraws; shown nowhere',
)

const id = (retention: Words): Datum => ({ label: number, purpose: identity, retention })
const account = (retention: Words): Datum => ({
  label: words('Zugangskonto', 'account'),
  purpose: identity,
  retention,
})

const author: PersonalTable['data'] = {
  authorId: {
    label: words('Wer den Text geschrieben hat', 'who wrote the text'),
    purpose: fourEyes,
    retention: untilHandedOver,
  },
}

/**
 * Every table that says something about a person: why, for how long and to whom. `checkRegister`
 * compares it with the entities; a new column about a person that is not explained here keeps the
 * product from starting.
 */
export const personalTables: Record<string, PersonalTable> = {
  Account: {
    title: words('Zugangskonto', 'Account'),
    readBy: selfAndManagers,
    person: 'id',
    data: {
      id: id(untilAccountEnds),
      userName: {
        label: words('Anmeldename', 'user name'),
        purpose: words('zum Anmelden mit Passwort', 'for signing in with a password'),
        retention: untilAccountEnds,
      },
      passwordHash: {
        label: words('Passwort', 'password'),
        purpose: words('zum Anmelden mit Passwort', 'for signing in with a password'),
        retention: untilAccountEnds,
        isFingerprint: true,
      },
      isDemo: {
        label: words('Gehört zu den Beispieldaten', 'belongs to the demo content'),
        purpose: words('zeigt das Konto zum Ausprobieren an', 'offers the account for trying out'),
        retention: untilAccountEnds,
      },
    },
  },
  RoleAssignment: {
    title: words('Rollen', 'Roles'),
    readBy: selfAndManagers,
    person: 'accountId',
    data: {
      accountId: account(untilRoleEnds),
      organisationId: {
        label: words('Organisation', 'organisation'),
        purpose: words('für wen die Person handeln darf', 'for whom the person may act'),
        retention: untilRoleEnds,
      },
      role: {
        label: words('Rolle', 'role'),
        purpose: words('was die Person dort darf', 'what the person may do there'),
        retention: untilRoleEnds,
      },
    },
  },
  AuthSession: {
    title: words('Anmeldungen', 'Sessions'),
    readBy: onlySelf,
    person: 'accountId',
    data: {
      id: id(untilSessionEnds),
      accountId: account(untilSessionEnds),
      tokenHash: {
        label: words('Geheimnis der Anmeldung', 'secret of the session'),
        purpose: words('erkennt das angemeldete Gerät', 'recognises the signed-in device'),
        retention: untilSessionEnds,
        isFingerprint: true,
      },
      organisationId: {
        label: words('Handelt für', 'acts for'),
        purpose: words('für wen die Person gerade handelt', 'for whom the person acts now'),
        retention: untilSessionEnds,
      },
      expiresAt: {
        label: words('Endet spätestens', 'ends at the latest'),
        purpose: words('begrenzt die Anmeldung', 'limits the session'),
        retention: untilSessionEnds,
      },
      idleExpiresAt: {
        label: words('Endet ungenutzt', 'ends if unused'),
        purpose: words(
          'beendet vergessene Anmeldungen; wird niemandem gezeigt',
          'ends forgotten sessions; shown to nobody',
        ),
        retention: untilSessionEnds,
      },
      method: {
        label: words('Art der Anmeldung', 'way of signing in'),
        purpose: words('für „Wo bin ich angemeldet“', 'for the list of own sessions'),
        retention: untilSessionEnds,
      },
      deviceName: {
        label: words('Gerät', 'device'),
        purpose: words('für „Wo bin ich angemeldet“', 'for the list of own sessions'),
        retention: untilSessionEnds,
      },
      isSharedDevice: {
        label: words('Gemeinsames Gerät', 'shared device'),
        purpose: words('beendet die Anmeldung dort früher', 'ends the session there sooner'),
        retention: untilSessionEnds,
      },
      signedInOn: {
        label: words('Angemeldet am (Tag)', 'signed in on (day)'),
        purpose: words('für „Wo bin ich angemeldet“', 'for the list of own sessions'),
        retention: untilSessionEnds,
      },
    },
  },
  IdempotencyRecord: {
    title: words('Schutz vor doppeltem Absenden', 'Protection from sending twice'),
    readBy: nobody,
    person: 'actorId',
    data: {
      actorId: account(forOneDay),
      key: {
        label: words('Schlüssel des Formulars', 'key of the form'),
        purpose: words('erkennt ein zweites Absenden', 'recognises that a form was sent twice'),
        retention: forOneDay,
      },
      requestHash: {
        label: words('Fingerabdruck der Eingabe', 'fingerprint of the input'),
        purpose: words('erkennt ein zweites Absenden', 'recognises that a form was sent twice'),
        retention: forOneDay,
        isFingerprint: true,
      },
      resultId: {
        label: words('Was daraus wurde', 'what came of it'),
        purpose: words('gibt dasselbe Ergebnis zurück', 'gives the same result again'),
        retention: forOneDay,
      },
      createdAt: {
        label: words('Abgesendet', 'sent'),
        purpose: words('löscht den Eintrag rechtzeitig', 'deletes the entry in time'),
        retention: forOneDay,
      },
    },
  },
  AuditEntry: {
    title: words('Protokoll über Rechte', 'Log about rights'),
    readBy: words(
      'Leitung und Redaktion der Organisation, in der gehandelt wurde',
      'executives and editors of the organisation in which the act happened',
    ),
    person: 'actorId',
    data: {
      actorId: {
        label: words('Wer gehandelt hat', 'who acted'),
        purpose: words(
          'macht nachvollziehbar, wer Rechte, Karten und Entscheidungen geändert hat',
          'lets others follow who changed rights, cards and decisions',
        ),
        retention: words(
          'dauerhaft; nach dem Ende des Kontos nur eine Kennung ohne Namen',
          'for good; after the account has ended a number without a name',
        ),
      },
      action: {
        label: words('Was getan wurde', 'what was done'),
        purpose: words('macht Änderungen von Rechten nachvollziehbar', 'lets others follow it'),
        retention: words('dauerhaft', 'for good'),
      },
      occurredOn: {
        label: words('Tag', 'day'),
        purpose: words('macht Änderungen von Rechten nachvollziehbar', 'lets others follow it'),
        retention: words('dauerhaft', 'for good'),
      },
    },
    others: 'which organisation and object an act concerns, and the chain of hashes',
  },
  Passkey: {
    title: words('Passkeys', 'Passkeys'),
    readBy: onlySelf,
    person: 'accountId',
    data: {
      id: id(untilPasskeyGoes),
      accountId: account(untilPasskeyGoes),
      credentialId: {
        label: words('Kennung, die das Gerät gewürfelt hat', 'number that the device drew'),
        purpose: forPasskey,
        retention: untilPasskeyGoes,
        isFingerprint: true,
      },
      publicKey: {
        label: words('Öffentlicher Schlüssel', 'public key'),
        purpose: forPasskey,
        retention: untilPasskeyGoes,
        isFingerprint: true,
      },
      signCount: {
        label: words('Zähler des Geräts', 'counter of the device'),
        purpose: words('erkennt eine Kopie des Schlüssels', 'recognises a copy of the key'),
        retention: untilPasskeyGoes,
      },
      transports: {
        label: words('Anschluss, etwa USB', 'connection, such as USB'),
        purpose: words(
          'damit der Browser nach dem richtigen Gerät fragt',
          'so that the browser asks for the right device',
        ),
        retention: untilPasskeyGoes,
      },
      canSync: {
        label: words('Kann auf mehreren Geräten sein', 'can be on several devices'),
        purpose: words('warnt, wenn ein zweiter fehlt', 'warns where a second one is missing'),
        retention: untilPasskeyGoes,
      },
      isSynced: {
        label: words('Ist auf mehreren Geräten', 'is on several devices'),
        purpose: words('warnt, wenn ein zweiter fehlt', 'warns where a second one is missing'),
        retention: untilPasskeyGoes,
      },
      relyingPartyId: {
        label: words('Adresse, für die er gilt', 'address for which it counts'),
        purpose: words('damit er nirgends sonst gilt', 'so that it counts nowhere else'),
        retention: untilPasskeyGoes,
      },
      name: {
        label: words('Name, den die Person vergeben hat', 'name that the person gave it'),
        purpose: words('damit man ihn wiedererkennt', 'so that one knows it again'),
        retention: untilPasskeyGoes,
      },
      createdOn: {
        label: words('Eingerichtet am (Tag)', 'set up on (day)'),
        purpose: words('damit man ihn wiedererkennt', 'so that one knows it again'),
        retention: untilPasskeyGoes,
      },
    },
  },
  Problem: {
    title: words('Probleme', 'Problems'),
    readBy: nobody,
    person: 'authorId',
    data: author,
    others: 'the entry belongs to the organisation',
  },
  Solution: {
    title: words('Lösungen', 'Solutions'),
    readBy: nobody,
    person: 'authorId',
    data: author,
    others: 'the entry belongs to the organisation',
  },
  Answer: {
    title: words('Antworten', 'Answers'),
    readBy: nobody,
    person: 'authorId',
    data: author,
    others: 'the answer belongs to the organisation',
  },
}

/** Tables that hold nothing about persons, and why not. */
export const impersonalTables: Record<string, string> = {
  ApiToken: 'a token acts for an organisation, never for a person',
  Membership: 'organisations in associations',
  Organisation: 'legal entities',
  ProblemVersion: 'wordings of entries of organisations, without an author',
  SameHere: 'said by an organisation',
  SpentChallenge: 'hashes of random texts that were answered once, for an hour at most',
  SolutionVersion: 'wordings of entries of organisations, without an author',
}
