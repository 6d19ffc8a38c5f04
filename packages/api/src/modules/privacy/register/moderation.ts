import { type PersonalTable, words } from '#modules/privacy/register/datum.ts'

const untilCaseEnds = words(
  'bis sechs Monate nach der letzten Entscheidung',
  'until six months after the last decision',
)
const moderators = words(
  'wer in einem zuständigen Verband über die Meldung entscheidet',
  'those who decide about the notice in a responsible association',
)

/** What the tables of notices hold about persons. */
export const moderationTables: Record<string, PersonalTable> = {
  Notice: {
    title: words('Meldungen', 'Notices'),
    readBy: moderators,
    person: 'contact',
    data: {
      contact: {
        label: words('Kontakt, wenn jemand ihn nennt', 'contact, if somebody gives it'),
        purpose: words('für Rückfragen; freiwillig', 'for questions back; voluntary'),
        retention: untilCaseEnds,
      },
      explanation: {
        label: words('Begründung der Meldung', 'explanation of the notice'),
        purpose: words('um über die Meldung zu entscheiden', 'to decide about the notice'),
        retention: untilCaseEnds,
      },
    },
    others: 'which entry was reported, why, and where the case stands',
  },
  NoticeDecision: {
    title: words('Entscheidungen über Meldungen', 'Decisions about notices'),
    readBy: words('niemand, nur die Technik', 'nobody, only the machinery'),
    person: 'decidedBy',
    data: {
      decidedBy: {
        label: words('Wer entschieden hat', 'who decided'),
        purpose: words(
          'damit über einen Widerspruch eine andere Person entscheidet',
          'so that another person decides an objection',
        ),
        retention: untilCaseEnds,
      },
    },
    others: 'the decision itself, which an association takes',
  },
}
