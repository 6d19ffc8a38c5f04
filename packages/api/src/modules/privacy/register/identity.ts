import {
  account,
  forOneDay,
  id,
  nobody,
  onlySelf,
  type PersonalTable,
  selfAndManagers,
  untilAccountEnds,
  untilRoleEnds,
  untilSessionEnds,
  words,
} from '#modules/privacy/register/datum.ts'

/** What the tables of accounts, roles and sessions hold about persons. */
export const identityTables: Record<string, PersonalTable> = {
  Account: {
    title: words('Zugangskonto', 'Account'),
    readBy: selfAndManagers,
    person: 'id',
    data: {
      id: id(untilAccountEnds),
      displayName: {
        label: words('Anzeigename', 'display name'),
        purpose: words(
          'damit Kolleg:innen sich am gemeinsamen Gerät finden',
          'so that colleagues find themselves on a shared device',
        ),
        retention: untilAccountEnds,
      },
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
      leavesOn: {
        label: words('Wird gelöscht am', 'will be deleted on'),
        purpose: words(
          'löscht das Konto 30 Tage nach der letzten Rolle',
          'deletes the account 30 days after the last role',
        ),
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
      singleSignOnId: {
        label: words('Anmeldung der Organisation, die sie vergeben hat', 'provider that gave it'),
        purpose: words(
          'damit nur sie diese Rolle ändert und keine von Menschen vergebene',
          'so that it changes this role and none that people gave',
        ),
        retention: untilRoleEnds,
      },
      memberId: {
        label: words('Kennung in dieser Organisation', 'id in this organisation'),
        purpose: words(
          'damit zwei Organisationen die Person nicht über eine gemeinsame Kennung vergleichen können',
          'so that two organisations cannot compare the person by a shared id',
        ),
        retention: untilRoleEnds,
      },
      unit: {
        label: words('Einrichtung', 'institution'),
        purpose: words(
          'unterscheidet Personen gleichen Namens',
          'tells people of the same name apart',
        ),
        retention: untilRoleEnds,
      },
      since: {
        label: words('Dabei seit (Tag)', 'there since (day)'),
        purpose: words('zeigt, wer neu ist', 'shows who is new'),
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
      mandateId: {
        label: words('Im Auftrag', 'by mandate'),
        purpose: words(
          'für welche Organisation die Person gerade im Auftrag handelt',
          'for which organisation the person acts by mandate now',
        ),
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
      singleSignOnId: {
        label: words('Anmeldung der Organisation, über die sie begann', 'provider it began with'),
        purpose: words('beendet sie, wenn diese endet', 'ends it when that ends'),
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
  AccessCard: {
    title: words('Zugangskarten', 'Access cards'),
    readBy: selfAndManagers,
    person: 'accountId',
    data: {
      id: id(untilAccountEnds),
      accountId: account(untilAccountEnds),
      organisationId: {
        label: words('Ausgestellt von', 'issued by'),
        purpose: words('wer die Karte sperren darf', 'who may revoke the card'),
        retention: untilAccountEnds,
      },
      codeHash: {
        label: words('Code der Karte', 'code of the card'),
        purpose: words('erkennt die Karte einmal wieder', 'recognises the card once'),
        retention: untilAccountEnds,
        isFingerprint: true,
      },
      issuedOn: {
        label: words('Ausgestellt am (Tag)', 'issued on (day)'),
        purpose: words('zeigt, welche Karte gilt', 'shows which card counts'),
        retention: untilAccountEnds,
      },
      expiresOn: {
        label: words('Gilt bis', 'valid until'),
        purpose: words('begrenzt die Gültigkeit', 'limits its validity'),
        retention: untilAccountEnds,
      },
      redeemedOn: {
        label: words('Eingelöst am (Tag)', 'redeemed on (day)'),
        purpose: words('eine Karte gilt einmal', 'a card counts once'),
        retention: untilAccountEnds,
      },
      revokedOn: {
        label: words('Gesperrt am (Tag)', 'revoked on (day)'),
        purpose: words('eine verlorene Karte gilt nicht mehr', 'a lost card no longer counts'),
        retention: untilAccountEnds,
      },
    },
  },
  DeviceBinding: {
    title: words('Geräte mit PIN', 'Devices with PIN'),
    readBy: onlySelf,
    person: 'accountId',
    data: {
      id: id(untilAccountEnds),
      deviceId: {
        label: words('Gerät', 'device'),
        purpose: words('auf welchem Gerät die PIN gilt', 'on which device the PIN counts'),
        retention: untilAccountEnds,
      },
      accountId: account(untilAccountEnds),
      organisationId: {
        label: words('Organisation der Karte', 'organisation of the card'),
        purpose: words('wer den Zugang sperren darf', 'who may revoke the access'),
        retention: untilAccountEnds,
      },
      pinHash: {
        label: words('PIN', 'PIN'),
        purpose: words('zum Anmelden auf diesem Gerät', 'for signing in on this device'),
        retention: untilAccountEnds,
        isFingerprint: true,
      },
      failedPins: {
        label: words('Falsche PINs hintereinander', 'wrong PINs in a row'),
        purpose: words('sperrt das Gerät nach der fünften', 'locks the device after the fifth'),
        retention: words('bis zur nächsten richtigen PIN', 'until the next right PIN'),
      },
      boundOn: {
        label: words('Eingerichtet am (Tag)', 'set up on (day)'),
        purpose: words('zeigt, welches Gerät gemeint ist', 'shows which device is meant'),
        retention: untilAccountEnds,
      },
    },
  },
}
