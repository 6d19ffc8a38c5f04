// Who may see and do what, written down apart from the product: nothing of `src` is imported here.
// A line of a table is a sentence to agree or disagree with. See docs/decisions/0018.

/** What a viewer is to the organisation that owns an object. */
export type Relation = 'OWN' | 'ASSOCIATION' | 'CHOSEN' | 'MEMBER' | 'NOBODY'

/** Organisations that own objects in the matrix. */
export type Owner = 'owner' | 'stranger'

/** Which tiers each relation sees. */
export const sees: Record<Relation, string[]> = {
  OWN: ['OWN_ORGANISATION', 'OWN_ASSOCIATION', 'SELECTED_ORGANISATIONS', 'ALL_MEMBERS', 'PUBLIC'],
  ASSOCIATION: ['OWN_ASSOCIATION', 'ALL_MEMBERS', 'PUBLIC'],
  CHOSEN: ['SELECTED_ORGANISATIONS', 'ALL_MEMBERS', 'PUBLIC'],
  MEMBER: ['ALL_MEMBERS', 'PUBLIC'],
  NOBODY: ['PUBLIC'],
}

/**
 * What of an object shows in a state to those who see its tier: to its own organisation, and to
 * others. Parts: i(d), t(itle), s(ummary), b(ody), n(ote on the last change), o(lder wording, which was
 * for the own organisation alone).
 */
export const shows: Record<string, { own: string; others: string }> = {
  IN_REVIEW: { own: 'itsbno', others: '' },
  PUBLISHED: { own: 'itsbno', others: 'itsbn' },
  WITHDRAWN: { own: 'i', others: 'i' },
  LOCKED: { own: 'itsbno', others: '' },
}

/**
 * The same of an answer, by the state of its problem. A withdrawn answer keeps its id alone; one that
 * was locked shows to the organisation that gave it.
 */
export const showsAnswer: Record<string, { own: string; others: string }> = {
  IN_REVIEW: { own: '', others: '' },
  PUBLISHED: { own: 'ib', others: 'ib' },
  WITHDRAWN: { own: '', others: '' },
  LOCKED: { own: '', others: '' },
}

/** What a viewer may do to entries of the organisation for which it acts; to others, nothing. */
export type Powers = 'none' | 'member' | 'editor' | 'system'

/** Which states of an entry each power may change; the objects of the matrix were written by a token. */
export const may: Record<string, Record<Powers, string[]>> = {
  // What is locked may be mended, and taken back for good.
  viewerCanUpdate: {
    none: [],
    member: ['IN_REVIEW', 'PUBLISHED', 'LOCKED'],
    editor: ['IN_REVIEW', 'PUBLISHED', 'LOCKED'],
    system: ['IN_REVIEW', 'PUBLISHED', 'LOCKED'],
  },
  // Published solutions change only by those who publish without a second person.
  'viewerCanUpdate of solutions': {
    none: [],
    member: ['IN_REVIEW'],
    editor: ['IN_REVIEW', 'PUBLISHED', 'LOCKED'],
    system: ['IN_REVIEW', 'PUBLISHED', 'LOCKED'],
  },
  viewerCanWithdraw: {
    none: [],
    member: [],
    editor: ['IN_REVIEW', 'PUBLISHED', 'LOCKED'],
    system: ['IN_REVIEW', 'PUBLISHED', 'LOCKED'],
  },
  viewerCanLiftAnonymity: { none: [], member: [], editor: ['PUBLISHED'], system: [] },
  viewerCanRelease: { none: [], member: [], editor: ['IN_REVIEW'], system: [] },
  viewerCanAccept: {
    none: [],
    member: ['PUBLISHED'],
    editor: ['PUBLISHED'],
    system: ['PUBLISHED'],
  },
}

/** Who asks: the relation to each owner, the organisation acted for, and the power there. */
export interface ViewerRow {
  owner: Relation
  stranger: Relation
  actsFor: string | null
  powers: Powers
  /** The API answers 401 to all that it asks. */
  refused?: true
  /** Whose reported entries it reads in order to decide, locked ones too. */
  moderates?: Owner
  /** Who asked without a name, it learns of this one. */
  mediates?: Owner
}

/** Every viewer of the matrix. */
export const viewerTable = {
  // prettier-ignore
  'visitor':                            { owner: 'NOBODY',      stranger: 'NOBODY',      actsFor: null,             powers: 'none' },
  // prettier-ignore
  'practitioner of the owner':          { owner: 'OWN',         stranger: 'MEMBER',      actsFor: 'owner',          powers: 'member' },
  // prettier-ignore
  'editor of the owner':                { owner: 'OWN',         stranger: 'MEMBER',      actsFor: 'owner',          powers: 'editor' },
  // prettier-ignore
  'executive of the owner':             { owner: 'OWN',         stranger: 'MEMBER',      actsFor: 'owner',          powers: 'editor' },
  // prettier-ignore
  'neighbour in the association':       { owner: 'ASSOCIATION', stranger: 'MEMBER',      actsFor: 'neighbour',      powers: 'member' },
  // prettier-ignore
  'editor of the association':          { owner: 'ASSOCIATION', stranger: 'MEMBER',      actsFor: 'association',    powers: 'editor', moderates: 'owner' },
  // prettier-ignore
  'mediator of the association':        { owner: 'ASSOCIATION', stranger: 'MEMBER',      actsFor: 'association',    powers: 'editor', moderates: 'owner', mediates: 'owner' },
  // prettier-ignore
  'executive of the stranger':          { owner: 'MEMBER',      stranger: 'OWN',         actsFor: 'stranger',       powers: 'editor' },
  // prettier-ignore
  'editor of the other association':    { owner: 'MEMBER',      stranger: 'ASSOCIATION', actsFor: 'other-association', powers: 'editor', moderates: 'stranger' },
  // prettier-ignore
  'member of the other umbrella':       { owner: 'CHOSEN',      stranger: 'CHOSEN',           actsFor: 'caritas',        powers: 'editor' },
  // prettier-ignore
  'member whose membership has ended':  { owner: 'MEMBER',      stranger: 'ASSOCIATION', actsFor: 'former',         powers: 'editor' },
  // prettier-ignore
  'member whose membership is to come': { owner: 'MEMBER',      stranger: 'MEMBER',      actsFor: 'future',         powers: 'editor' },
  // prettier-ignore
  'person with roles in two':           { owner: 'OWN',         stranger: 'OWN',         actsFor: 'stranger',       powers: 'member' },
  // prettier-ignore
  'person moved to the stranger':       { owner: 'MEMBER',      stranger: 'OWN',         actsFor: 'stranger',       powers: 'member' },
  // prettier-ignore
  'session of before the move':         { owner: 'NOBODY',      stranger: 'NOBODY',      actsFor: null,             powers: 'none' },
  // prettier-ignore
  'person without a role':              { owner: 'NOBODY',      stranger: 'NOBODY',      actsFor: null,             powers: 'none' },
  // prettier-ignore
  'session signed out':                 { owner: 'NOBODY',      stranger: 'NOBODY',      actsFor: null,             powers: 'none' },
  // prettier-ignore
  'session unused for too long':        { owner: 'NOBODY',      stranger: 'NOBODY',      actsFor: null,             powers: 'none' },
  // prettier-ignore
  'reading token of the owner':         { owner: 'OWN',         stranger: 'MEMBER',      actsFor: 'owner',          powers: 'none' },
  // prettier-ignore
  'writing token of the owner':         { owner: 'OWN',         stranger: 'MEMBER',      actsFor: 'owner',          powers: 'system' },
  // prettier-ignore
  'writing token of the neighbour':     { owner: 'ASSOCIATION', stranger: 'MEMBER',      actsFor: 'neighbour',      powers: 'system' },
  // prettier-ignore
  'expired token':                      { owner: 'NOBODY',      stranger: 'NOBODY',      actsFor: null,             powers: 'none', refused: true },
  // prettier-ignore
  'revoked token':                      { owner: 'NOBODY',      stranger: 'NOBODY',      actsFor: null,             powers: 'none', refused: true },
} satisfies Record<string, ViewerRow>

export type ViewerName = keyof typeof viewerTable

/** An object as far as the oracle needs to know it. */
export interface Judged {
  kind: 'problem' | 'solution' | 'answer'
  owner: Owner
  tier: string
  state: string
  /** Of an answer: the organisation that gave it. */
  answeredBy?: string
  isWithdrawnAnswer?: boolean
  isLockedAnswer?: boolean
  /** Of a problem: asked without a name, by a system. */
  isUnnamed?: boolean
  /** Somebody reported it. */
  isReported?: boolean
  /** Of a problem: how many answers it has that were not withdrawn. */
  answers?: number
}

/** The parts of an object that a viewer may see. */
export function visibleParts(viewer: ViewerRow, object: Judged): string {
  const relation = viewer[object.owner]
  if (viewer.refused || !sees[relation].includes(object.tier)) return ''
  const table = object.kind === 'answer' ? showsAnswer : shows
  const parts = table[object.state]?.[relation === 'OWN' ? 'own' : 'others'] ?? ''
  if (object.isLockedAnswer && relation !== 'OWN') return ''
  // What was asked without a name was asked at once in its circle, and never changed.
  if (object.isUnnamed) return parts.replace(/[^itb]/g, '')
  return object.isWithdrawnAnswer ? parts.replace(/[^i]/g, '') : parts
}

/** Whether a viewer learns who asked without a name: its own people, and the mediator. */
export function learnsWhoAsked(viewer: ViewerRow, problem: Judged): boolean {
  return viewer[problem.owner] === 'OWN' || viewer.mediates === problem.owner
}

/** The parts of a reported object that a viewer reads in the queue of cases, and nowhere else. */
export function moderatedParts(viewer: ViewerRow, object: Judged): string {
  // Who asked without a name belongs to no association that could be told: any may decide.
  const decides = object.isUnnamed ? viewer.moderates : viewer.moderates === object.owner
  return object.isReported && decides ? 'itsb' : ''
}

/** Whether one of the fields `viewerCan…` of an object says yes. */
export function mayDo(viewer: ViewerRow, field: string, object: Judged): boolean {
  const { actsFor, powers } = viewer
  const answers = powers !== 'none' && object.state === 'PUBLISHED'
  if (field === 'nothing') return true
  if (field === 'anything') return powers !== 'none'
  if (field === 'viewerCanAnswer') return answers
  if (field === 'viewerCanSaySameHere') return answers && actsFor !== object.owner
  if (field === 'viewerCanWriteToMediator')
    return answers && object.isUnnamed === true && actsFor !== object.owner
  if (field === 'viewerCanLiftAnonymity' && !object.isUnnamed) return false
  const states = may[`${field} of ${object.kind}s`] ?? may[field]
  if (!states) throw new Error(`The oracle has no row for ${field}`)
  // Who asked says what helped; who answered takes it back.
  if (field === 'viewerCanAccept' && object.isLockedAnswer) return false
  const decides = field === 'viewerCanWithdraw' ? (object.answeredBy ?? object.owner) : object.owner
  return actsFor === decides && !object.isWithdrawnAnswer && states[powers].includes(object.state)
}

/** In the matrix, one organisation says “Wir auch” to everything that is public. */
export function saidSameHere(viewer: ViewerRow, problem: Judged): boolean {
  return viewer.actsFor === 'neighbour' && problem.tier === 'PUBLIC'
}

/** What a problem counts, the same for whoever may see it: a locked answer counts not even for its own. */
export function countsOf(problem: Judged): { answerCount: number; sameHereCount: number } {
  return {
    answerCount: problem.answers ?? 0,
    sameHereCount: problem.tier === 'PUBLIC' ? 1 : 0,
  }
}
