import {
  account,
  author,
  nobody,
  type PersonalTable,
  untilRoleEnds,
  words,
} from '#modules/privacy/register/datum.ts'

/** What asking without a name and mediation hold about persons. */
export const mediationTables: Record<string, PersonalTable> = {
  Pseudonym: {
    title: words('Probleme ohne Namen', 'Problems asked without a name'),
    readBy: nobody,
    person: 'authorId',
    data: author,
    others: 'which organisation stands behind a pseudonym',
  },
  Mediator: {
    title: words('Vermittlung', 'Mediation'),
    readBy: words(
      'die eigenen Leute des Verbands: sie sollen wissen, wer vermittelt',
      'the people of the association: they are to know who mediates',
    ),
    person: 'accountId',
    data: { accountId: account(untilRoleEnds) },
    others: 'the association',
  },
}
