import { fail, redirect, type RequestEvent } from '@sveltejs/kit'
import { limits } from '@netzwerkdiakonie/schema/limits'
import { CheckAccessCardDocument } from '#lib/__generated__/graphql.ts'
import { href, m } from '#lib/i18n.ts'
import { api } from '#lib/server/api.ts'
import { cardCodeOf, dropCardCode, keepCardCode } from '#lib/server/card-cookie.ts'
import { setFlash } from '#lib/server/flash.ts'
import { fieldErrors, summary, text, type FieldErrors } from '#lib/server/form.ts'
import { deviceAccounts, prepareDevice, redeemCard } from '#lib/server/pin.ts'
import { returnPath } from '#lib/server/return-path.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async (event) => {
  const next = returnPath(event.url.searchParams.get('weiter'), '')
  // No cache may keep a page that stands between a card and a PIN.
  event.setHeaders({ 'cache-control': 'no-store' })
  const scanned = event.url.searchParams.get('code')
  if (scanned !== null) {
    // Out of the address before any page shows: history, referrers and screenshots hold no code.
    keepCardCode(event, scanned)
    redirect(303, pathTo(next))
  }
  const people = await deviceAccounts(event)
  const code = cardCodeOf(event)
  if (!code) return { next, people, card: null, fault: null }
  const { card, errors } = await check(event, code)
  if (!card) dropCardCode(event)
  else prepareDevice(event)
  return { next, people, card, fault: errors ? (errors['code'] ?? errors['']) : null }
}

export const actions: Actions = {
  code: async (event) => {
    const form = await event.request.formData()
    const code = text(form, 'code')
    const next = returnPath(form.get('weiter'), '')
    const { errors } = code
      ? await check(event, code)
      : { errors: { code: m.identity_card_code_missing() } as FieldErrors }
    if (errors) return refuse({ code }, errors)
    keepCardCode(event, code)
    redirect(303, pathTo(next))
  },
  other: async (event) => {
    const form = await event.request.formData()
    dropCardCode(event)
    redirect(303, pathTo(returnPath(form.get('weiter'), '')))
  },
  redeem: async (event) => {
    const form = await event.request.formData()
    const code = cardCodeOf(event)
    const next = returnPath(form.get('weiter'), '')
    // Whoever thought too long starts again with the card, and knows why.
    if (!code) return refuse({ code: '' }, { '': m.identity_card_took_too_long() })
    const typed = {
      displayName: text(form, 'displayName'),
      device: text(form, 'device'),
    }
    const pin = text(form, 'pin')
    const missing: FieldErrors = {}
    if (!typed.displayName) missing['displayName'] = m.identity_card_name_missing()
    if (!pin) missing['pin'] = m.identity_card_pin_missing()
    else if (pin !== text(form, 'pinAgain')) missing['pinAgain'] = m.identity_card_pins_differ()
    if (typed.device !== 'own' && typed.device !== 'shared')
      missing['device'] = m.identity_card_device_missing()
    if (Object.keys(missing).length > 0) return refuse(typed, missing)

    const errors = await redeemCard(event, {
      code,
      pin,
      displayName: typed.displayName.slice(0, limits.displayName + 1),
      isSharedDevice: typed.device === 'shared',
    })
    if (errors) return refuse(typed, errors)
    dropCardCode(event)
    setFlash(event, m.identity_card_redeemed_flash())
    redirect(303, next || href('/'))
  },
}

/** What a card says, or what is wrong with it. */
async function check(event: RequestEvent, code: string) {
  const { data, failure } = await api(event).attempt(CheckAccessCardDocument, { code })
  if (failure) return { card: null, errors: { '': failure.message } as FieldErrors }
  const { card, userErrors } = data.checkAccessCard
  return card ? { card, errors: null } : { card: null, errors: fieldErrors(userErrors) }
}

const fields = ['code', 'displayName', 'pin', 'pinAgain', 'device']

/** PINs never go back to the page. */
function refuse(
  typed: { code?: string; displayName?: string; device?: string },
  errors: FieldErrors,
) {
  return fail(422, {
    code: '',
    displayName: '',
    device: '',
    ...typed,
    errors,
    summary: summary(errors, fields),
  })
}

function pathTo(next: string): string {
  return next ? `${href('/karte')}?weiter=${encodeURIComponent(next)}` : href('/karte')
}
