import { UniqueConstraintViolationException } from '@mikro-orm/core'
import type { SqlEntityManager } from '@mikro-orm/postgresql'
import { limits } from '@netzwerkdiakonie/schema'
import type {
  CreateOrganisationUnitInput,
  UpdateOrganisationUnitInput,
} from '#api/__generated__/resolvers.ts'
import type { Context } from '#api/context.ts'
import { UserFailure } from '#api/errors.ts'
import { createOnce } from '#lib/idempotency/create-once.ts'
import { unitOfWork } from '#lib/unit-of-work.ts'
import { InputCheck } from '#modules/entry/input.ts'
import { authorize } from '#modules/identity/authorize.ts'
import { authorizeContributor } from '#modules/identity/viewer.ts'
import { findOrganisation } from '#modules/organisation/find-organisation.ts'
import { notFound, requireUuid } from '#modules/organisation/opaque-uuid.ts'
import { readUnit, readUnits } from '#modules/organisation/organisation-unit.repository.ts'
import { OrganisationUnit } from '#modules/organisation/organisation-unit.entity.ts'
import { canManage } from '#modules/organisation/organisation.policy.ts'

/** A page of the units of an organisation. */
// public: the directory of organisations is open to everybody
export const listUnits = readUnits

/** The unit with this UUID. */
// public: the directory of organisations is open to everybody
export const unitById = readUnit

/**
 * Adds an institution, a service or a team.
 *
 * @returns the UUID of the unit
 * @throws UserFailure for what the caller can mend
 */
export async function createUnit(
  context: Context,
  input: CreateOrganisationUnitInput,
): Promise<string> {
  const viewer = authorizeContributor(context.viewer)
  const organisation = await findOrganisation(context.em, input.organisationId, 'organisationId')
  authorize(canManage(viewer, organisation.id))
  const check = new InputCheck()
  const name = checkName(check, input.name)
  const place = checkPlace(check, input.place)
  const key = check.idempotencyKey(input.idempotencyKey ?? context.idempotencyKey)
  check.done()
  const call = {
    actorId: viewer.actorId,
    organisationId: organisation.id,
    operation: 'createOrganisationUnit',
    input: { ...input },
    key,
  }
  return createOnce(context.em, call, async (em, id) => {
    em.create(OrganisationUnit, {
      id,
      organisationId: organisation.id,
      name,
      kind: input.kind,
      place,
    })
    await flushNamed(em)
  })
}

/**
 * Changes a unit.
 *
 * @returns the UUID of the unit
 * @throws UserFailure for what the caller can mend
 */
export async function updateUnit(
  context: Context,
  input: UpdateOrganisationUnitInput,
): Promise<string> {
  const viewer = authorizeContributor(context.viewer)
  return unitOfWork(context.em, async (em) => {
    const unit = await findUnit(em, input.id)
    authorize(canManage(viewer, unit.organisationId))
    const check = new InputCheck()
    if (input.name != null) unit.name = checkName(check, input.name)
    if (input.kind != null) unit.kind = input.kind
    if (input.place !== undefined) unit.place = checkPlace(check, input.place)
    check.done()
    await flushNamed(em)
    return unit.id
  })
}

/**
 * Removes a unit.
 *
 * @returns the UUID of its organisation
 * @throws UserFailure NOT_FOUND or FORBIDDEN
 */
export async function removeUnit(context: Context, id: string): Promise<string> {
  const viewer = authorizeContributor(context.viewer)
  return unitOfWork(context.em, async (em) => {
    const unit = await findUnit(em, id)
    authorize(canManage(viewer, unit.organisationId))
    em.remove(unit)
    return unit.organisationId
  })
}

/** @throws UserFailure NOT_FOUND */
async function findUnit(em: SqlEntityManager, id: string): Promise<OrganisationUnit> {
  const unit = await em.findOne(OrganisationUnit, requireUuid(id))
  if (!unit) throw notFound()
  return unit
}

/** @throws UserFailure UNIT_EXISTS if the organisation has another of this name */
async function flushNamed(em: SqlEntityManager): Promise<void> {
  try {
    await em.flush()
  } catch (error) {
    if (error instanceof UniqueConstraintViolationException)
      throw new UserFailure({ code: 'UNIT_EXISTS', path: ['input', 'name'] })
    throw error
  }
}

function checkName(check: InputCheck, name: string): string {
  return check.text('name', name, { max: limits.unitName, required: true })
}

function checkPlace(check: InputCheck, place: string | null | undefined): string | null {
  return check.text('place', place, { max: limits.place }) || null
}
