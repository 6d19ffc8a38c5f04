import { commonWord, type Thing } from './objects.ts'
import { moderatedParts, type ViewerRow } from './oracle.ts'

// Which objects each root field gives to a viewer who may see them, and what every mutation needs.
// A root field, filter or mutation of the contract without a row here fails the matrix.

/** Whether a field gives an object to this viewer, as far as the viewer may see it. */
type Gives = (thing: Thing, viewer: ViewerRow) => boolean

const is =
  (...kinds: Thing['kind'][]): Gives =>
  ({ kind, state }) =>
    kinds.includes(kind) && state === 'PUBLISHED'
const problem = is('problem')
const solution = is('solution')
const found = is('problem', 'solution')
const tool: Gives = (thing, viewer) => solution(thing, viewer) && thing.isTool === true
const nothing: Gives = () => false
const both =
  (one: Gives, other: Gives): Gives =>
  (thing, viewer) =>
    one(thing, viewer) && other(thing, viewer)
// By name: of what was asked without one, own people alone know whose it is.
const ofOwner: Gives = (thing, viewer) =>
  thing.owner === 'owner' && (!thing.isUnnamed || viewer.owner === 'OWN')
const isTool: Gives = (thing) => thing.isTool === true
const waits =
  (kind: Thing['kind']): Gives =>
  (thing, viewer) =>
    thing.kind === kind && thing.state === 'IN_REVIEW' && thing.owner === viewer.actsFor

/** A list, the variables that it always needs, and what each filter leaves of it. */
export interface ListCase {
  gives: Gives
  args?: string
  /** Also what the viewer sees nowhere else. */
  isQueue?: true
  filters: { filter: Record<string, unknown>; gives: Gives }[]
}

const entryFilters = (kind: 'problem' | 'solution', all: Gives) => [
  { filter: { query: commonWord }, gives: all },
  { filter: { query: 'canary' }, gives: nothing },
  { filter: { fieldsOfWork: ['elder-care'] }, gives: all },
  { filter: { fieldsOfWork: ['youth-welfare'] }, gives: nothing },
  { filter: { competences: ['process-management'] }, gives: all },
  { filter: { umbrella: 'diakonie' }, gives: all },
  { filter: { umbrella: 'caritas' }, gives: nothing },
  {
    filter: { organisation: 'owner' },
    gives: both(all, ofOwner),
  },
  { filter: { updatedSince: '2020-01-01' }, gives: all },
  { filter: { updatedSince: '2100-01-01' }, gives: nothing },
  { filter: { inReview: true }, gives: waits(kind) },
]

const solutionFilters = (all: Gives, inReview: Gives) => [
  ...entryFilters('solution', all).filter(({ filter }) => !('inReview' in filter)),
  { filter: { inReview: true }, gives: inReview },
  { filter: { kinds: ['TOOL'] }, gives: both(all, isTool) },
  { filter: { sizeClass: 'm' }, gives: all },
  { filter: { toolCategories: ['client-management'] }, gives: nothing },
  { filter: { withoutItDepartment: true }, gives: nothing },
  { filter: { withoutSoftware: true }, gives: both(all, (thing) => !thing.isTool) },
]

/** Root fields that list objects. */
export const lists: Record<string, ListCase> = {
  problems: {
    gives: problem,
    filters: [
      ...entryFilters('problem', problem),
      { filter: { statuses: ['OPEN', 'ANSWERED', 'TRIED', 'SOLVED'] }, gives: problem },
      { filter: { statuses: ['PARKED'] }, gives: nothing },
      { filter: { sizeClasses: ['m'] }, gives: problem },
    ],
  },
  solutions: { gives: solution, filters: solutionFilters(solution, waits('solution')) },
  tools: {
    gives: tool,
    // The list of tools has its own kinds, whatever the filter says.
    filters: solutionFilters(tool, both(waits('solution'), isTool)),
  },
  search: {
    gives: found,
    args: `query: "${commonWord}"`,
    filters: [
      { filter: { kinds: ['PROBLEM'] }, gives: problem },
      { filter: { kinds: ['TOOL'] }, gives: tool },
      { filter: { fieldsOfWork: ['elder-care'] }, gives: found },
      { filter: { fieldsOfWork: ['youth-welfare'] }, gives: nothing },
      { filter: { competences: ['process-management'] }, gives: found },
      { filter: { toolCategories: ['client-management'] }, gives: nothing },
      { filter: { umbrellas: ['diakonie'] }, gives: found },
      { filter: { umbrellas: ['caritas'] }, gives: nothing },
      { filter: { updatedSince: '2020-01-01' }, gives: found },
      { filter: { updatedSince: '2100-01-01' }, gives: nothing },
    ],
  },
  organisations: {
    gives: nothing,
    filters: [
      { filter: { query: 'owner' }, gives: nothing },
      { filter: { kinds: ['provider'] }, gives: nothing },
      { filter: { umbrellas: ['diakonie'] }, gives: nothing },
      { filter: { sizeClasses: ['m'] }, gives: nothing },
      { filter: { association: 'association' }, gives: nothing },
      { filter: { fieldsOfWork: ['elder-care'] }, gives: nothing },
    ],
  },
}

const isCase: Gives = (thing, viewer) => moderatedParts(viewer, thing) !== ''
lists['notices'] = {
  gives: isCase,
  isQueue: true,
  filters: [
    { filter: { states: ['OPEN'] }, gives: isCase },
    { filter: { states: ['DECIDED', 'OBJECTED'] }, gives: nothing },
    { filter: { reasons: ['OTHER'] }, gives: isCase },
    { filter: { reasons: ['ILLEGAL'] }, gives: nothing },
  ],
}
lists['ownDecisions'] = {
  // One of the reported solutions has a decision: its people read it.
  gives: (thing, viewer) =>
    solution(thing, viewer) && thing.isReported === true && viewer[thing.owner] === 'OWN',
  filters: [],
}

// Words and counts of no organisation; their rows are tried one by one.
lists['missedSearches'] = {
  gives: nothing,
  filters: [
    { filter: { week: '2026-01-01' }, gives: nothing },
    { filter: { reasons: ['NO_HIT'] }, gives: nothing },
    { filter: { reasons: ['NOT_OPENED'] }, gives: nothing },
  ],
}
lists['synonymGroups'] = { gives: nothing, filters: [] }
lists['searchInvitations'] = { gives: nothing, filters: [] }

/** Root fields that give one object by its id. */
export const byId: Record<string, Gives> = {
  node: () => true,
  problem: ({ kind }) => kind === 'problem',
  solution: ({ kind }) => kind === 'solution',
  tool: isTool,
  organisation: nothing,
  solutionDraft: (thing, { actsFor, powers }) =>
    powers !== 'none' && thing.isAccepted === true && thing.owner === actsFor,
}

/** Root fields that give no object of an organisation, or are walked in their own way. */
export const others = [
  'nodes',
  'viewer',
  'demoAccounts',
  'anonymityPreview',
  'visibilityReach',
  'searchSuggestions',
  'similar',
  'crisisHelp',
  // Letters, whose rows are tried one by one.
  'mediationQueue',
  'deviceAccounts',
  // Cases and logs, which name entries by number only; their rows are tried one by one.
  'notice',
  'reportedNotice',
  'auditEntries',
  'auditLogCheck',
  'claimStatus',
  'handedOverEntries',
  'mandates',
  'membershipRequests',
  'memberships',
  'organisationClaims',
  'organisationUnits',
  'team',
  'employeeData',
  'myData',
  'associations',
  'fieldsOfWork',
  'competences',
  'toolCategories',
  'targetGroups',
  'sizeClasses',
  'umbrellas',
  'organisationKinds',
]

/** Mutations that name an object: the field that says who may, on the object or on its problem. */
export const mutations: Record<string, { on: Thing['kind']; needs: string }> = {
  updateProblem: { on: 'problem', needs: 'viewerCanUpdate' },
  withdrawProblem: { on: 'problem', needs: 'viewerCanWithdraw' },
  releaseProblem: { on: 'problem', needs: 'viewerCanRelease' },
  setProblemStatus: { on: 'problem', needs: 'viewerCanAccept' },
  sameHere: { on: 'problem', needs: 'viewerCanSaySameHere' },
  undoSameHere: { on: 'problem', needs: 'anything' },
  answerProblem: { on: 'problem', needs: 'viewerCanAnswer' },
  withdrawAnswer: { on: 'answer', needs: 'viewerCanWithdraw' },
  acceptAnswer: { on: 'answer', needs: 'viewerCanAccept' },
  undoAcceptAnswer: { on: 'answer', needs: 'viewerCanAccept' },
  updateSolution: { on: 'solution', needs: 'viewerCanUpdate' },
  withdrawSolution: { on: 'solution', needs: 'viewerCanWithdraw' },
  releaseSolution: { on: 'solution', needs: 'viewerCanRelease' },
  liftAnonymity: { on: 'problem', needs: 'viewerCanLiftAnonymity' },
  writeToMediator: { on: 'problem', needs: 'viewerCanWriteToMediator' },
  reportEntry: { on: 'problem', needs: 'nothing' },
  noteOpenedHit: { on: 'problem', needs: 'nothing' },
}

/** Mutations that name no object of an organisation. */
export const mutationsWithoutObject = [
  'signIn',
  'signOut',
  'actFor',
  'postProblem',
  'publishSolution',
  'updateOrganisation',
  'startPasskeyRegistration',
  'finishPasskeyRegistration',
  'renamePasskey',
  'removePasskey',
  'startPasskeySignIn',
  'finishPasskeySignIn',
  'changePassword',
  'deleteAccount',
  'checkAccessCard',
  'decideNotice',
  'endOtherSessions',
  'endSession',
  'forgetDevice',
  'objectToDecision',
  'redeemAccessCard',
  'signInWithPin',
  'startSingleSignOn',
  'finishSingleSignOn',
  'relayMessage',
  'declineMessage',
  'nameMediator',
  // Saved searches and what editors of associations add: their rows are tried one by one.
  'saveSearch',
  'renameSavedSearch',
  'deleteSavedSearch',
  'addSynonyms',
  'removeSynonyms',
  'inviteToPublish',
  'closeSearchInvitation',
  'dismissMissedSearch',
  // People, units, claims, memberships and mandates: their rows are tried one by one.
  'addTeamMember',
  'changeTeamRole',
  'confirmMembership',
  'confirmOrganisationClaim',
  'createOrganisationUnit',
  'endMembership',
  'grantMandate',
  'inviteMembers',
  'issueAccessCards',
  'joinWithCard',
  'leaveOrganisation',
  'refuseMembership',
  'refuseOrganisationClaim',
  'reissueAccessCard',
  'removeOrganisationUnit',
  'removeTeamMember',
  'requestMembership',
  'revokeAccess',
  'revokeMandate',
  'submitOrganisationClaim',
  'updateOrganisationUnit',
]
