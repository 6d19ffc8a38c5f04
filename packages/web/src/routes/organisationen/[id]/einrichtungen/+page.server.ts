import { randomUUID } from 'node:crypto'
import { error, redirect } from '@sveltejs/kit'
import {
  CreateUnitDocument,
  RemoveUnitDocument,
  UnitsDocument,
  UpdateUnitDocument,
} from '#lib/__generated__/graphql.ts'
import { oneOf } from '#lib/entry/choice.ts'
import { fromCursor, readListAddress, writeListAddress } from '#lib/entry/list-address.ts'
import { finish, notFoundWords, requireSession } from '#lib/entry/server/act.ts'
import { refusals, showAgain } from '#lib/entry/server/form-state.ts'
import { queryPage } from '#lib/entry/server/list.ts'
import { m, pathOf } from '#lib/i18n.ts'
import { unitKinds } from '#lib/organisation/unit-kind.ts'
import { api } from '#lib/server/api.ts'
import { setFlash } from '#lib/server/flash.ts'
import { text } from '#lib/server/form.ts'
import type { Actions, PageServerLoad } from './$types'

const fields = ['name', 'kind', 'place']

export const load: PageServerLoad = async (event) => {
  const address = readListAddress({}, event.url.searchParams)
  const firstPage = writeListAddress(event.url.pathname, fromCursor(address))
  const variables = { id: event.params.id, first: 30, after: address.after ?? null }
  const { organisation, organisationUnits } = await queryPage(
    event,
    UnitsDocument,
    variables,
    firstPage,
  )
  if (!organisation) error(404, notFoundWords(), { code: 'NOT_FOUND' })
  return {
    address,
    organisation,
    units: organisationUnits.edges.map(({ node }) => node),
    pageInfo: organisationUnits.pageInfo,
    idempotencyKey: randomUUID(),
  }
}

export const actions: Actions = {
  create: async (event) => {
    await requireSession(event)
    const form = await event.request.formData()
    const values = read(form)
    const idempotencyKey = text(form, 'idempotencyKey') || null
    const { data, failure } = await api(event).attempt(CreateUnitDocument, {
      input: { ...values, organisationId: event.params.id, idempotencyKey },
    })
    if (failure)
      return showAgain(fields, { values, errors: { '': failure.message } }, failure.status)
    const { userErrors } = data.createOrganisationUnit
    if (userErrors.length > 0) return showAgain(fields, { values, ...refusals(userErrors) })
    setFlash(event, m.organisation_unit_added_flash())
    redirect(303, pathOf(event.url))
  },
  update: async (event) => {
    await requireSession(event)
    const form = await event.request.formData()
    const outcome = await api(event).attempt(UpdateUnitDocument, {
      input: { ...read(form), id: text(form, 'id') },
    })
    const flash = m.organisation_unit_saved_flash()
    return finish(event, outcome, (data) => data.updateOrganisationUnit.userErrors, { flash })
  },
  remove: async (event) => {
    await requireSession(event)
    const id = text(await event.request.formData(), 'id')
    const outcome = await api(event).attempt(RemoveUnitDocument, { input: { id } })
    const flash = m.organisation_unit_removed_flash()
    return finish(event, outcome, (data) => data.removeOrganisationUnit.userErrors, { flash })
  },
}

function read(form: FormData) {
  return {
    name: text(form, 'name'),
    kind: oneOf(unitKinds, text(form, 'kind')) ?? 'INSTITUTION',
    place: text(form, 'place'),
  }
}
