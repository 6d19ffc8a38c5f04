import { author, nobody, type PersonalTable, words } from '#modules/privacy/register/datum.ts'

/** What the tables of entries and answers hold about persons. */
export const entryTables: Record<string, PersonalTable> = {
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
