import { anonymityThreshold } from '@netzwerkdiakonie/schema'
import type { SqlEntityManager } from '@mikro-orm/postgresql'
import type { AnonymityPreviewInput } from '#api/__generated__/resolvers.ts'
import type { Context } from '#api/context.ts'
import type { MessageLanguage } from '#api/errors.ts'
import { viewerSettings } from '#database/viewer-context.ts'
import { mondayOf, today } from '#lib/today.ts'
import { unitOfWork } from '#lib/unit-of-work.ts'
import type { Visibility } from '#modules/entry/entry.entity.ts'
import { audit } from '#modules/identity/audit.ts'
import { authorize } from '#modules/identity/authorize.ts'
import {
  authorizeContributor,
  type Contributor,
  organisationBehind,
  type OwnPseudonym,
} from '#modules/identity/viewer.ts'
import { mediatingAssociations } from '#modules/mediation/mediator.service.ts'
import type { OrganisationRow } from '#modules/organisation/organisation.entity.ts'
import { organisationById, pseudonymName } from '#modules/organisation/organisation.service.ts'
import { readCircles, readTellingWords } from '#modules/problem/anonymity.repository.ts'
import { tellChanges, tellWords, type Words } from '#modules/problem/anonymity-words.ts'
import { type Attributes, generalise } from '#modules/problem/generalisation.ts'
import type { Problem } from '#modules/problem/problem.entity.ts'
import { canLiftAnonymity } from '#modules/problem/problem.policy.ts'
import { findTerm } from '#modules/vocabulary/vocabulary.service.ts'

/** A problem that is or might be asked without a name. */
export interface Asked {
  title: string
  body: string
  fieldsOfWork: string[]
  visibility: Visibility
}

/** What others would see of who asks, and what would betray it. */
export interface Disguise {
  /** Null where the circle is too small to hide in. */
  shown: Attributes | null
  /** What is left out or shown more generally. */
  changes: Words[]
  /** What in the text betrays who asks. */
  betrayals: Words[]
}

/** What others would see of an organisation that asks without a name. */
// public: the caller acts for that organisation, and the directory is open
export async function disguise(
  context: Context,
  organisationId: string,
  asked: Asked,
): Promise<Disguise> {
  const organisation = await organisationById(context, organisationId)
  const asker = { ...organisation, fieldsOfWork: asked.fieldsOfWork }
  const circles = await readCircles(context, organisationId, asked.visibility)
  const shown = generalise(asker, circles, (code) => findTerm('fieldsOfWork', code)?.broader)
  const telling = await readTellingWords(context, organisationId, anonymityThreshold)
  return {
    shown,
    changes: shown ? tellChanges(asker, shown) : [],
    betrayals: tellWords(`${asked.title} ${asked.body}`, telling),
  }
}

/** The same as a form shows it. */
export interface AnonymityPreviewRow {
  isPossible: boolean
  name: string
  shown: Attributes | null
  /** ISO day. */
  shownOn: string
  warnings: string[]
  mediating: OrganisationRow[]
}

/** What others would see if the viewer's organisation asked this without a name. Saves nothing. */
export async function previewAnonymity(
  context: Context,
  input: AnonymityPreviewInput,
): Promise<AnonymityPreviewRow> {
  const viewer = authorizeContributor(context.viewer)
  const { shown, changes, betrayals } = await disguise(context, viewer.organisationId, {
    title: input.title ?? '',
    body: input.body ?? '',
    fieldsOfWork: input.fieldsOfWork.filter((code) => findTerm('fieldsOfWork', code)),
    visibility: input.visibility ?? 'ALL_MEMBERS',
  })
  return {
    isPossible: shown !== null,
    name: pseudonymName[context.language],
    shown,
    shownOn: mondayOf(today()),
    warnings: [...changes, ...betrayals].map((words) => words[context.language]),
    mediating: await mediatingAssociations(context, viewer.organisationId),
  }
}

/** What of a disguise a message names, in each language. */
// public: it only words what the caller has found
export function findingsOf(found: Words[]): Record<MessageLanguage, string> {
  return {
    de: found.map(({ de }) => de).join(' '),
    en: found.map(({ en }) => en).join(' '),
  }
}

/**
 * Makes the pseudonym under which an organisation asks: an organisation that shows what fits at least
 * five, and the one row that links it to who asks. From here on the transaction owns its rows, too.
 *
 * @param em within the transaction that posts the problem
 */
// public: row security lets nobody make a pseudonym for an organisation of others
export async function createPseudonym(
  em: SqlEntityManager,
  viewer: Contributor,
  ask: { shown: Attributes; fieldsOfWork: string[]; mediatingAssociationId: string | null },
): Promise<OwnPseudonym> {
  const isPerson = viewer.caller === 'PERSON'
  const pseudonym: OwnPseudonym = {
    id: crypto.randomUUID(),
    organisationId: viewer.organisationId,
    isAuthor: isPerson,
    hasAuthor: isPerson,
  }
  const name = 'viewer.organisation_ids'
  const extended = viewerSettings({ ...viewer, pseudonyms: [...viewer.pseudonyms, pseudonym] })
  await em.execute('select set_config(?, ?, true)', [name, extended[name]])
  await em.execute(
    `insert into organisation
       (id, name, kind, umbrella, size_class, states, claimed, is_pseudonym)
     values (?, '', 'undisclosed', ?, ?, ?, true, true)`,
    [pseudonym.id, ask.shown.umbrella, ask.shown.sizeClass, ask.shown.states],
  )
  await em.execute(
    `insert into pseudonym (id, organisation_id, author_id, mediating_association_id, fields_of_work)
     values (?, ?, ?, ?, ?)`,
    [
      pseudonym.id,
      pseudonym.organisationId,
      isPerson ? viewer.actorId : null,
      ask.mediatingAssociationId,
      `{${ask.fieldsOfWork.map((code) => `"${code}"`).join(',')}}`,
    ],
  )
  return pseudonym
}

/** Lets the rest of a request act under a pseudonym that it has just made. */
// public: the pseudonym is the viewer's own
export function learnPseudonym(context: Context, pseudonym: OwnPseudonym): void {
  context.viewer.pseudonyms = [...context.viewer.pseudonyms, pseudonym]
  context.em.setSessionContext({ variables: viewerSettings(context.viewer) })
}

/** The fields of work that were chosen for a problem without a name; others may see broader ones. */
// public: row security shows the link to the organisation's own people alone
export async function chosenFieldsOfWork(
  em: SqlEntityManager,
  pseudonymId: string,
): Promise<string[]> {
  const [row] = await em.execute<{ fields_of_work: string[] }[]>(
    'select fields_of_work from pseudonym where id = ?',
    [pseudonymId],
  )
  return row?.fields_of_work ?? []
}

/** Shows of a pseudonym what fits a changed problem. */
// public: row security lets only its own people change a pseudonym
export async function updatePseudonym(
  em: SqlEntityManager,
  id: string,
  shown: Attributes,
  fieldsOfWork: string[],
): Promise<void> {
  await em.execute('select show_of_pseudonym(?, ?, ?, ?)', [
    id,
    shown.umbrella,
    shown.sizeClass,
    shown.states,
  ])
  await em.execute('update pseudonym set fields_of_work = ? where id = ?', [
    `{${fieldsOfWork.map((code) => `"${code}"`).join(',')}}`,
    id,
  ])
}

/**
 * Puts the name of the organisation to a problem that was asked without one, in the whole thread and
 * for good.
 *
 * @returns the UUID of the problem
 * @throws UserFailure for what the caller can mend
 */
export async function liftAnonymity(
  context: Context,
  find: (em: SqlEntityManager) => Promise<Problem>,
): Promise<string> {
  const viewer = authorizeContributor(context.viewer)
  return unitOfWork(context.em, async (em) => {
    const problem = await find(em)
    authorize(canLiftAnonymity(viewer, problem))
    const organisationId = organisationBehind(viewer, problem.organisationId)
    await em.execute('select lift_anonymity(?)', [problem.id])
    await audit(em, viewer, { organisationId, action: 'ANONYMITY_LIFTED', subject: problem.id })
    return problem.id
  })
}
