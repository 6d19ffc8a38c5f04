import { type PersonalTable, words } from '#modules/privacy/register/datum.ts'

const untilDecided = words(
  'bis entschieden ist, höchstens 60 Tage',
  'until it is decided, at most 60 days',
)
const toDecide = words(
  'damit der Verband prüfen kann, wer für die Organisation geradesteht',
  'so that the association can check who answers for the organisation',
)

/** What the tables about organisations hold about persons. */
export const organisationTables: Record<string, PersonalTable> = {
  OrganisationClaim: {
    title: words('„Das sind wir“', '“That is us”'),
    readBy: words(
      'die Leitung und Redaktion der Verbände, die darüber entscheiden',
      'executives and editors of the associations that decide on it',
    ),
    person: 'claimantName',
    data: {
      claimantName: {
        label: words('Name der Person', 'name of the person'),
        purpose: toDecide,
        retention: untilDecided,
      },
      claimantRole: {
        label: words('Aufgabe in der Organisation', 'position in the organisation'),
        purpose: toDecide,
        retention: untilDecided,
      },
      claimantContact: {
        label: words('Wie die Person zu erreichen ist', 'how to reach the person'),
        purpose: words('damit der Verband rückfragen kann', 'so that the association can ask back'),
        retention: untilDecided,
      },
    },
    others: 'what was claimed and how it stands; whoever claims has no account',
  },
}
