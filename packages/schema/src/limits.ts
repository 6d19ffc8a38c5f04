/**
 * Numbers and patterns that database, input checks and `<input maxlength>` must agree on.
 * Lengths count UTF-16 code units, as `maxlength` does.
 */
export const limits = {
  title: 200,
  summary: 500,
  problemBody: 10_000,
  solutionBody: 20_000,
  answerBody: 10_000,
  changeNote: 280,
  fieldsOfWork: 5,
  competences: 8,
  toolCategories: 5,
  selectedOrganisations: 50,
  mediationMessage: 2_000,
  mediationReason: 500,
  unitName: 200,
  place: 100,
  claimantRole: 100,
  claimantContact: 300,
  decisionReason: 5_000,
  refusalReason: 500,
  organisationName: 200,
  invitationRows: 100,
  invitationList: 40_000,
  organisationDescription: 2_000,
  website: 200,
  seat: 100,
  states: 200,
  organisationFieldsOfWork: 12,
  userName: 60,
  password: 200,
  /** What colleagues see of a person. */
  displayName: 60,
  passkeys: 20,
  passkeyName: 60,
  searchQuery: 200,
  savedSearchName: 100,
  /** Searches that one person keeps. */
  savedSearches: 50,
  synonymTerm: 60,
  synonymTerms: 8,
  invitationNote: 500,
  unit: 120,
  teamRows: 200,
  idempotencyKey: 255,
  noticeExplanation: 5_000,
  noticeContact: 200,
  decisionRule: 300,
  objection: 5_000,
} as const

/** How many days an access card can be redeemed. */
export const cardDays = 14

/** A new password has so many characters at least. */
export const minimumPasswordLength = 12

/** Bounds of `first` in every connection. */
export const pageSize = { default: 20, max: 100 } as const

/** Lists are counted up to here; beyond it `Count.isExact` is false. */
export const countLimit = 10_000

/** Ids that `nodes` takes in one call. */
export const nodesLimit = 100

/** Bounds on the shape of one request; introspection by usual tools needs depth 15 and 230 fields. */
export const requestLimits = {
  depth: 16,
  fields: 300,
  aliases: 30,
  rootFields: 10,
  directives: 9,
  tokens: 2_000,
  bodyBytes: 100_000,
} as const

/** Licences that entries can carry, as SPDX identifiers; the first is the default for texts. */
export const licences = ['CC-BY-4.0', 'CC-BY-SA-4.0', 'CC0-1.0', 'EUPL-1.2'] as const

/** What is shown of an organisation that asks without a name has to fit at least so many. */
export const anonymityThreshold = 5
/** A mandate lasts so many months at most. */
export const mandateMonths = 12

/** What a claimant says of themselves is deleted after so many days, decided or not. */
export const claimDays = 60

/** An entry that nobody confirmed for so many months asks for an update. */
export const monthsUntilNeedsUpdate = 12

/** How long a replay of an idempotency key gives the first result, in hours. */
export const idempotencyHours = 24

/** So many days after it was posted, a person should have answered a problem. */
export const answerDays = 14

/** A search is listed as missed once that happened so often in a week: fewer could tell of somebody. */
export const missedSearchThreshold = 3
