import {
  account,
  id,
  onlySelf,
  type PersonalTable,
  untilAccountEnds,
  words,
} from '#modules/privacy/register/datum.ts'

const untilPasskeyGoes = words(
  'bis die Person ihn entfernt oder das Zugangskonto endet',
  'until the person removes it or the account ends',
)
const forPasskey = words('zum Anmelden mit dem Passkey', 'for signing in with the passkey')

const forSingleSignOn = words(
  'erkennt die Person wieder, die sich über ihre Organisation anmeldet',
  'recognises the person who signs in through the organisation',
)

/** What passkeys and single sign-on hold about persons. */
export const passkeyTables: Record<string, PersonalTable> = {
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
  FederatedIdentity: {
    title: words('Anmeldung über die Organisation', 'Sign-in through the organisation'),
    readBy: onlySelf,
    person: 'accountId',
    data: {
      singleSignOnId: {
        label: words('Anmeldung der Organisation', 'provider of the organisation'),
        purpose: forSingleSignOn,
        retention: untilAccountEnds,
      },
      subject: {
        label: words('Kennung bei der Organisation', 'number at the organisation'),
        purpose: forSingleSignOn,
        retention: untilAccountEnds,
      },
      accountId: account(untilAccountEnds),
    },
  },
}
