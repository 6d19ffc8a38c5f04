import { type PersonalTable, selfAndManagers, words } from '#modules/privacy/register/datum.ts'

/** What the tables about the people of an organisation hold, besides their roles. */
export const teamTables: Record<string, PersonalTable> = {
  HandOver: {
    title: words('Übergebene Beiträge', 'Entries that were handed over'),
    readBy: selfAndManagers,
    person: 'successorId',
    data: {
      successorId: {
        label: words('Wer sich jetzt kümmert', 'who looks after it now'),
        purpose: words(
          'damit offene Beiträge nach einem Abschied nicht liegen bleiben; über die gegangene Person steht hier nichts',
          'so that open entries are not forgotten after somebody left; nothing is said of who left',
        ),
        retention: words(
          '180 Tage, oder bis diese Person selbst ausscheidet',
          '180 days, or until this person leaves, too',
        ),
      },
    },
    others: 'which entry was handed over, and on which day',
  },
}
