import { error, redirect } from '@sveltejs/kit'
import {
  OrganisationToEditDocument,
  type SelfDescriptionFragment,
  UpdateOrganisationDocument,
} from '#lib/__generated__/graphql.ts'
import { notFoundWords, requireSession } from '#lib/entry/server/act.ts'
import {
  refusals,
  refusedFor,
  showAgain,
  signInAlong,
  signInFields,
} from '#lib/entry/server/form-state.ts'
import { versionFrom } from '#lib/entry/version.ts'
import { href, m } from '#lib/i18n.ts'
import { api } from '#lib/server/api.ts'
import { setFlash } from '#lib/server/flash.ts'
import { list, text } from '#lib/server/form.ts'
import { fieldOfWorkGroups, termOptions } from '#lib/vocabulary/terms.ts'
import type { Actions, PageServerLoad } from './$types'

const fields = [
  'description',
  'website',
  'fieldsOfWork',
  'seat',
  'states',
  'sizeClass',
  ...signInFields,
]

export const load: PageServerLoad = async (event) => {
  const isFirstView = event.request.method === 'GET'
  if (isFirstView) await requireSession(event)
  const { organisation } = await api(event).query(OrganisationToEditDocument, {
    id: event.params.id,
  })
  const mayManage = !isFirstView || organisation?.viewerCanManage
  if (!organisation || !mayManage) error(404, notFoundWords(), { code: 'NOT_FOUND' })
  return {
    name: organisation.name,
    initial: valuesOf(organisation),
    groups: fieldOfWorkGroups((label) => m.entry_field_whole({ label })),
    sizes: termOptions('sizeClasses'),
  }
}

export const actions: Actions = {
  default: async (event) => {
    const { id } = event.params
    const form = await event.request.formData()
    const values = read(form)
    const { signIn, errors } = await signInAlong(event, form)
    if (signIn) return showAgain(fields, { values, errors, signIn })
    const { version, sizeClass, ...texts } = values
    const { data, failure } = await api(event).attempt(UpdateOrganisationDocument, {
      input: { ...texts, id, sizeClass: sizeClass || null, version: versionFrom(version) },
    })
    if (failure)
      return showAgain(fields, { values, errors: { '': failure.message } }, failure.status)
    const { userErrors } = data.updateOrganisation
    if (userErrors.length === 0) {
      setFlash(event, m.organisation_saved_flash())
      redirect(303, href(`/organisationen/${id}`))
    }
    if (!refusedFor(userErrors, 'CHANGED_MEANWHILE'))
      return showAgain(fields, { values, ...refusals(userErrors) })
    const now = (await api(event).attempt(OrganisationToEditDocument, { id })).data?.organisation
    const again = { ...values, version: String(now?.version ?? version) }
    return showAgain(fields, {
      values: again,
      errors: { '': m.organisation_changed_meanwhile() },
    })
  },
}

function valuesOf(organisation: SelfDescriptionFragment) {
  return {
    description: organisation.description,
    website: organisation.website ?? '',
    fieldsOfWork: organisation.fieldsOfWork.map(({ code }) => code),
    seat: organisation.seat ?? '',
    states: organisation.states ?? '',
    sizeClass: organisation.sizeClass ?? '',
    version: String(organisation.version),
  }
}

function read(form: FormData): ReturnType<typeof valuesOf> {
  return {
    description: text(form, 'description'),
    website: text(form, 'website'),
    fieldsOfWork: list(form, 'fieldsOfWork'),
    seat: text(form, 'seat'),
    states: text(form, 'states'),
    sizeClass: text(form, 'sizeClass'),
    version: text(form, 'version'),
  }
}
