import type { SqlEntityManager } from '@mikro-orm/postgresql'
import type { PostProblemInput, UpdateProblemInput } from '#api/__generated__/resolvers.ts'
import type { Context } from '#api/context.ts'
import { uuidOf } from '#lib/global-id.ts'
import type { InputCheck } from '#modules/entry/input.ts'
import { organisationBehind } from '#modules/identity/viewer.ts'
import { mediatingAssociations } from '#modules/mediation/mediator.service.ts'
import { organisationById } from '#modules/organisation/organisation.service.ts'
import {
  type Asked,
  chosenFieldsOfWork,
  disguise,
  findingsOf,
} from '#modules/problem/anonymity.service.ts'
import { type Attributes, shownAttributes } from '#modules/problem/generalisation.ts'
import type { Problem } from '#modules/problem/problem.entity.ts'

const nothing: Attributes = { fieldsOfWork: [], states: null, sizeClass: null, umbrella: null }

/** What a pseudonym is made of. */
interface Unnamed {
  shown: Attributes
  mediatingAssociationId: string | null
}

/**
 * A time in the part of this week that is over: it sorts what is asked without a name among the rest
 * and tells no more than the week. PostgreSQL knows where a week begins for the people who use it.
 */
export async function withinThisWeek(em: SqlEntityManager): Promise<Date> {
  const [row] = await em.execute<{ seconds: string }[]>(
    `select extract(epoch from monday + random() * (now() - monday)) as seconds
     from date_trunc('week', now()) monday`,
  )
  return new Date(Number(row?.seconds) * 1000)
}

/** What others will see of who asks; a fault for the form where that has to be confirmed or cannot be. */
export async function checkUnnamed(
  context: Context,
  check: InputCheck,
  asked: Asked,
  input: PostProblemInput,
): Promise<Unnamed> {
  const organisationId = context.viewer.organisationId ?? ''
  const { shown, changes, betrayals } = await disguise(context, organisationId, asked)
  const found = [...changes, ...betrayals]
  if (!shown) check.fault('visibility', { code: 'CIRCLE_TOO_SMALL' })
  else if (found.length > 0 && !input.confirmedGeneralisation)
    check.fault('anonymousToNetwork', {
      code: 'WOULD_BE_RECOGNISED',
      words: { findings: findingsOf(found) },
    })
  const mediatingAssociationId = await checkMediation(context, check, organisationId, input)
  return { shown: shown ?? nothing, mediatingAssociationId }
}

/** The same for a change; what was confirmed before and stays as it is need not be confirmed again. */
export async function checkStillUnnamed(
  context: Context,
  check: InputCheck,
  problem: Problem,
  asked: Asked,
  input: UpdateProblemInput,
  isReworded: boolean,
): Promise<Attributes> {
  const behind = organisationBehind(context.viewer, problem.organisationId)
  const { shown, changes, betrayals } = await disguise(context, behind, asked)
  if (!shown) {
    check.fault('visibility', { code: 'CIRCLE_TOO_SMALL' })
    return nothing
  }
  const before = await organisationById(context, problem.organisationId)
  const isShownOtherwise =
    shown.fieldsOfWork.join() !== problem.fieldsOfWork.join() ||
    shownAttributes.some((name) => shown[name] !== before[name])
  const found = [...(isShownOtherwise ? changes : []), ...(isReworded ? betrayals : [])]
  if (found.length > 0 && !input.confirmedGeneralisation)
    check.fault('confirmedGeneralisation', {
      code: 'WOULD_BE_RECOGNISED',
      words: { findings: findingsOf(found) },
    })
  return shown
}

/** The fields of work that a change asks for. A form sends back what is shown: that changes nothing. */
export async function wantedFieldsOfWork(
  em: SqlEntityManager,
  problem: Problem,
  { fieldsOfWork: given }: UpdateProblemInput,
): Promise<string[]> {
  if (!problem.anonymousToNetwork) return given ?? problem.fieldsOfWork
  const isAsShown = !given || [...given].sort().join() === [...problem.fieldsOfWork].sort().join()
  return isAsShown ? chosenFieldsOfWork(em, problem.organisationId) : given
}

async function checkMediation(
  context: Context,
  check: InputCheck,
  organisationId: string,
  { mediatingAssociation }: PostProblemInput,
): Promise<string | null> {
  const associations = await mediatingAssociations(context, organisationId)
  if (!mediatingAssociation) return associations[0]?.id ?? null
  const uuid = uuidOf('Organisation', mediatingAssociation)
  const chosen = associations.find(({ id, code }) => id === uuid || code === mediatingAssociation)
  if (!chosen) check.fault('mediatingAssociation', { code: 'NOT_FOUND' })
  return chosen?.id ?? null
}
