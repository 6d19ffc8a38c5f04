import { afterAll, beforeAll, expect, it } from 'vitest'
import { toWebsite } from '#modules/organisation/website.ts'
import {
  OrganisationsDocument,
  SelfDescriptionDocument,
  UpdateOrganisationDocument,
  type UpdateOrganisationInput,
} from '#test/__generated__/operations.ts'
import { expectNeedsContributor, faultsOf } from '#test/refusals.ts'
import { type Caller, createWorld, type World } from '#test/world.ts'

let world: World
let id: string

beforeAll(async () => {
  world = await createWorld()
  await world.association('assoc')
  id = await world.organisation('home', { associations: ['assoc'] })
  await world.organisation('other')
})
afterAll(() => world.close())

async function update(caller: Caller, input: Omit<UpdateOrganisationInput, 'id'>) {
  return (await caller.run(UpdateOrganisationDocument, { input: { id, ...input } }))
    .updateOrganisation
}

it('only editors and executives describe their organisation', async () => {
  const input = { description: 'Fremd' }
  await expectNeedsContributor(world, 'home', UpdateOrganisationDocument, {
    input: { id, ...input },
  })
  const refused = [
    await world.person({ other: 'EXECUTIVE' }),
    await world.person({ assoc: 'EXECUTIVE' }),
    await world.person({ home: 'PRACTITIONER' }),
    await world.person({ home: 'PRACTITIONER', other: 'EDITOR' }),
    await world.token('home'),
  ]
  for (const caller of refused) {
    expect(faultsOf(await update(caller, input))).toEqual(['FORBIDDEN'])
    const { organisation } = await caller.run(SelfDescriptionDocument, { id })
    expect(organisation).toMatchObject({ description: '', version: 1, viewerCanManage: false })
  }
  for (const role of ['EDITOR', 'EXECUTIVE'] as const) {
    const payload = await update(await world.person({ home: role }), { description: role })
    expect(payload.userErrors).toEqual([])
    expect(payload.organisation).toMatchObject({ description: role, viewerCanManage: true })
  }
})

it('everybody sees it, what is left out stays, and what is emptied goes', async () => {
  const editor = await world.person({ home: 'EDITOR' })
  await update(editor, {
    description: ' Wir sind da. ',
    website: 'www.beispiel.de',
    fieldsOfWork: ['elder-care.home-care', 'health'],
    seat: 'Westertal',
    sizeClass: 'xl',
    states: 'Hessen',
  })
  await update(editor, { seat: '', states: null })
  const { organisation } = await world.visitor.run(SelfDescriptionDocument, { id })
  expect(organisation).toMatchObject({
    description: 'Wir sind da.',
    website: 'https://www.beispiel.de/',
    fieldsOfWork: [{ code: 'elder-care.home-care' }, { code: 'health' }],
    seat: null,
    sizeClass: 'xl',
    states: null,
  })
  const inField = async (code: string) =>
    (await world.visitor.run(OrganisationsDocument, { filter: { fieldsOfWork: [code] } }))
      .organisations.totalCount.value
  expect([
    await inField('elder-care'),
    await inField('health'),
    await inField('migration'),
  ]).toEqual([1, 1, 0])
})

it('says what is wrong, and writes nothing then', async () => {
  const editor = await world.person({ home: 'EDITOR' })
  const before = await world.visitor.run(SelfDescriptionDocument, { id })
  expect(
    faultsOf(
      await update(editor, {
        description: 'x'.repeat(2001),
        website: 'javascript:alert(1)',
        fieldsOfWork: ['nothing'],
        sizeClass: 'huge',
      }),
    ),
  ).toEqual([
    'TOO_LONG description',
    'NO_WEB_ADDRESS website',
    'UNKNOWN_CODE fieldsOfWork',
    'UNKNOWN_CODE sizeClass',
  ])
  expect(await world.visitor.run(SelfDescriptionDocument, { id })).toEqual(before)
})

it('does not overwrite what somebody else saved meanwhile', async () => {
  const editor = await world.person({ home: 'EDITOR' })
  const { organisation } = await editor.run(SelfDescriptionDocument, { id })
  const version = organisation!.version
  const both = await Promise.all([
    update(editor, { version, seat: 'Eins' }),
    update(editor, { version, seat: 'Zwei' }),
  ])
  expect(both.map(faultsOf).flat()).toEqual(['CHANGED_MEANWHILE version'])
})

it('nobody changes name, kind or whether it is claimed, even past the services', async () => {
  for (const column of ['name', 'kind', 'umbrella', 'claimed', 'merged_into_id']) {
    const { rows } = await world.sql.query(
      `select has_column_privilege('netzwerkdiakonie_app', 'organisation', $1, 'update') as may`,
      [column],
    )
    expect([column, rows[0].may]).toEqual([column, false])
  }
})

it.each([
  ['beispiel.de', 'https://beispiel.de/'],
  ['http://beispiel.de/wir', 'http://beispiel.de/wir'],
  ['javascript:alert(1)', null],
  ['https://wer:was@beispiel.de', null],
  ['localhost', null],
  ['ftp://beispiel.de', null],
  ['kein Name.de', null],
])('reads %s as %s', (text, website) => {
  expect(toWebsite(text)).toBe(website)
})
