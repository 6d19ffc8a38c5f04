import { limits } from '@netzwerkdiakonie/schema'
import type { AddSynonymsInput } from '#api/__generated__/resolvers.ts'
import type { Context } from '#api/context.ts'
import { UserFailure } from '#api/errors.ts'
import type { ReadContext } from '#database/read.ts'
import { uuidOf } from '#lib/global-id.ts'
import { createOnce } from '#lib/idempotency/create-once.ts'
import type { PageArguments } from '#lib/page.ts'
import { unitOfWork } from '#lib/unit-of-work.ts'
import { InputCheck } from '#modules/entry/input.ts'
import { audit } from '#modules/identity/audit.ts'
import { authorize } from '#modules/identity/authorize.ts'
import { authorizePerson } from '#modules/identity/viewer.ts'
import { authorizeEditor } from '#modules/thesaurus/acting-association.ts'
import { findOnList } from '#modules/thesaurus/missed-search.service.ts'
import { SynonymGroup, type SynonymGroupPage } from '#modules/thesaurus/synonym-group.entity.ts'
import { canEnd } from '#modules/thesaurus/thesaurus.policy.ts'
import { readSynonymGroupPage, readSynonymGroups } from '#modules/thesaurus/thesaurus.repository.ts'

/** The words of all groups: what each search looks at, so that a change takes effect at once. */
// public: they say nothing but how words are searched for, which is the same for everybody
export function synonymsInEffect(context: ReadContext): Promise<{ terms: string[] }[]> {
  return readSynonymGroups(context)
}

/** A page of groups. */
// public: they say nothing but how words are searched for, which is the same for everybody
export function listSynonymGroups(
  context: Context,
  query: string | null | undefined,
  page: PageArguments,
): Promise<SynonymGroupPage> {
  return readSynonymGroupPage(context, query, page)
}

/**
 * Makes words mean the same in everybody's searches.
 *
 * @returns the UUID of the group
 * @throws UNAUTHENTICATED; UserFailure for what the caller can mend
 */
export async function addSynonyms(context: Context, input: AddSynonymsInput): Promise<string> {
  const { viewer, associationId } = await authorizeEditor(context, input.associationId)
  const check = new InputCheck()
  const terms = checkTerms(check, input.terms)
  const key = check.idempotencyKey(input.idempotencyKey ?? context.idempotencyKey)
  check.done()
  const call = {
    actorId: viewer.actorId,
    organisationId: associationId,
    operation: 'addSynonyms',
    input: { ...input },
    key,
  }
  return createOnce(context.em, call, async (em, id) => {
    const { missedSearchId } = input
    em.create(SynonymGroup, {
      id,
      terms,
      associationId,
      missedSearchId: missedSearchId
        ? await findOnList(em, missedSearchId, 'missedSearchId')
        : null,
    })
    await em.flush()
    await audit(em, viewer, {
      organisationId: associationId,
      action: 'SYNONYMS_ADDED',
      subject: id,
      details: { terms: terms.join(', ') },
    })
  })
}

/**
 * Ends that words mean the same. What they answered is missed again.
 *
 * @throws UNAUTHENTICATED; UserFailure NOT_FOUND, FORBIDDEN
 */
export async function removeSynonyms(context: Context, id: string): Promise<void> {
  const viewer = authorizePerson(context.viewer)
  await unitOfWork(context.em, async (em) => {
    const uuid = uuidOf('SynonymGroup', id)
    const group = uuid ? await em.findOne(SynonymGroup, uuid) : null
    if (!group) throw new UserFailure({ code: 'NOT_FOUND', path: ['input', 'id'] })
    authorize(canEnd(viewer, group))
    em.remove(group)
    await audit(em, viewer, {
      organisationId: group.associationId,
      action: 'SYNONYMS_REMOVED',
      subject: group.id,
      details: { terms: group.terms.join(', ') },
    })
  })
}

/** Terms as people write them, those that differ in case or blanks only once. */
function checkTerms(check: InputCheck, values: readonly string[]): string[] {
  const max = limits.synonymTerm
  const terms = values.map((value) =>
    check.text('terms', value.normalize('NFC').replaceAll(/\s+/gu, ' '), { max, required: true }),
  )
  const distinct = [...new Map(terms.map((term) => [term.toLowerCase(), term])).values()]
  if (distinct.length < 2 && !check.hasFaultIn('terms')) check.fault('terms', { code: 'REQUIRED' })
  if (distinct.length > limits.synonymTerms)
    check.fault('terms', { code: 'TOO_MANY', words: { limit: limits.synonymTerms } })
  check.clientData({ terms: distinct.join(', ') }, false)
  return distinct
}
