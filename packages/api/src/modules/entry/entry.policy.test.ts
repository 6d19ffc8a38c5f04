import { describe, expect, it } from 'vitest'
import type { EntryState } from '#modules/entry/entry.entity.ts'
import {
  canReleaseEntry,
  canUpdateEntry,
  canWithdrawEntry,
  isEditor,
} from '#modules/entry/entry.policy.ts'
import { roles } from '#modules/identity/role-assignment.entity.ts'
import { person, serviceAccount } from '#test/viewers.ts'
import { type Viewer, visitor } from '#modules/identity/viewer.ts'

const entry = (state: EntryState, authorId: string | null = 'somebody') => ({
  organisationId: 'own',
  authorId,
  state,
})
const states: EntryState[] = ['IN_REVIEW', 'PUBLISHED', 'WITHDRAWN']

/** Who may do what to an entry of the organisation `own`, written down independently of the product. */
const expected: [
  string,
  Viewer,
  { update: EntryState[]; withdraw: EntryState[]; release: EntryState[] },
][] = [
  ['visitor', visitor, { update: [], withdraw: [], release: [] }],
  ['reading token', serviceAccount('own', ['READ']), { update: [], withdraw: [], release: [] }],
  [
    'token',
    serviceAccount('own', ['READ', 'WRITE']),
    { update: ['IN_REVIEW', 'PUBLISHED'], withdraw: ['IN_REVIEW', 'PUBLISHED'], release: [] },
  ],
  [
    'other organisation’s token',
    serviceAccount('other', ['READ', 'WRITE']),
    { update: [], withdraw: [], release: [] },
  ],
  [
    'other organisation’s editor',
    person({ other: 'EDITOR' }),
    { update: [], withdraw: [], release: [] },
  ],
  [
    'editor of both, acting for the other',
    person({ other: 'EDITOR', own: 'EDITOR' }),
    { update: [], withdraw: [], release: [] },
  ],
  [
    'editor there, practitioner here',
    person({ own: 'PRACTITIONER', other: 'EDITOR' }),
    { update: ['IN_REVIEW', 'PUBLISHED'], withdraw: [], release: [] },
  ],
  ...roles.map((role): (typeof expected)[number] => {
    const edits = role === 'EDITOR' || role === 'EXECUTIVE'
    return [
      role,
      person({ own: role }),
      {
        update: ['IN_REVIEW', 'PUBLISHED'],
        withdraw: edits ? ['IN_REVIEW', 'PUBLISHED'] : [],
        release: edits ? ['IN_REVIEW'] : [],
      },
    ]
  }),
]

describe.each(expected)('%s', (_, viewer, can) => {
  it('may change, withdraw and release exactly what they should', () => {
    expect(states.filter((state) => canUpdateEntry(viewer, entry(state)))).toEqual(can.update)
    expect(states.filter((state) => canWithdrawEntry(viewer, entry(state)))).toEqual(can.withdraw)
    expect(states.filter((state) => canReleaseEntry(viewer, entry(state)))).toEqual(can.release)
  })
})

describe.each(roles)('%s as the author', (role) => {
  const author = person({ own: role })

  it('may withdraw, but not release', () => {
    const withdrawn = states.filter((state) =>
      canWithdrawEntry(author, entry(state, author.actorId)),
    )
    expect(withdrawn).toEqual(['IN_REVIEW', 'PUBLISHED'])
    expect(states.some((state) => canReleaseEntry(author, entry(state, author.actorId)))).toBe(
      false,
    )
  })

  it('may not withdraw it while acting for another organisation', () => {
    const elsewhere = person({ other: role, own: role })
    expect(canWithdrawEntry(elsewhere, entry('PUBLISHED', elsewhere.actorId))).toBe(false)
  })
})

describe('an entry that a token wrote', () => {
  it('is released by an editor and is nobody else’s own', () => {
    expect(canReleaseEntry(person({ own: 'EDITOR' }), entry('IN_REVIEW', null))).toBe(true)
    expect(canWithdrawEntry(person({ own: 'PRACTITIONER' }), entry('PUBLISHED', null))).toBe(false)
    expect(canWithdrawEntry(visitor, entry('PUBLISHED', null))).toBe(false)
  })
})

describe('isEditor', () => {
  it('is a matter of the organisation', () => {
    const viewer = person({ own: 'PRACTITIONER', other: 'EDITOR' })
    expect([isEditor(viewer, 'own'), isEditor(viewer, 'other'), isEditor(viewer, 'third')]).toEqual(
      [false, true, false],
    )
    expect(isEditor(serviceAccount('own', ['READ', 'WRITE']), 'own')).toBe(false)
  })
})
