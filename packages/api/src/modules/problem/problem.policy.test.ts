import { describe, expect, it } from 'vitest'
import type { EntryState } from '#modules/entry/entry.entity.ts'
import { roles } from '#modules/identity/role-assignment.entity.ts'
import { type Viewer, visitor } from '#modules/identity/viewer.ts'
import {
  canAccept,
  canAnswer,
  canSaySameHere,
  canWithdrawAnswer,
} from '#modules/problem/problem.policy.ts'
import { person, serviceAccount } from '#test/viewers.ts'

interface Allowed {
  answer: boolean
  sameHere: boolean
  accept: boolean
}

/** Who may do what around a published problem of the organisation `own`. */
const cells: [string, Viewer, Allowed][] = [
  ['visitor', visitor, { answer: false, sameHere: false, accept: false }],
  [
    'reading token',
    serviceAccount('own', ['READ']),
    { answer: false, sameHere: false, accept: false },
  ],
  [
    'token',
    serviceAccount('own', ['READ', 'WRITE']),
    { answer: true, sameHere: false, accept: true },
  ],
  [
    'other’s reading token',
    serviceAccount('other', ['READ']),
    { answer: false, sameHere: false, accept: false },
  ],
  [
    'other’s token',
    serviceAccount('other', ['READ', 'WRITE']),
    { answer: true, sameHere: true, accept: false },
  ],
  [
    'member of both, acting for the other',
    person({ other: 'EDITOR', own: 'EDITOR' }),
    { answer: true, sameHere: true, accept: false },
  ],
  ...roles.flatMap((role): [string, Viewer, Allowed][] => [
    [
      `${role} of the asker`,
      person({ own: role }),
      { answer: true, sameHere: false, accept: true },
    ],
    [
      `${role} of another`,
      person({ other: role }),
      { answer: true, sameHere: true, accept: false },
    ],
  ]),
]

describe.each(cells)('%s', (_, viewer, allowed) => {
  const may = (state: EntryState): Allowed => {
    const problem = { organisationId: 'own', state }
    return {
      answer: canAnswer(viewer, problem),
      sameHere: canSaySameHere(viewer, problem),
      accept: canAccept(viewer, problem),
    }
  }

  it('has exactly these rights around what is published, and none around the rest', () => {
    expect(may('PUBLISHED')).toEqual(allowed)
    const nothing = { answer: false, sameHere: false, accept: false }
    expect([may('IN_REVIEW'), may('WITHDRAWN')]).toEqual([nothing, nothing])
  })
})

describe('an answer', () => {
  const answer = (withdrawn = false, authorId: string | null = 'somebody') => ({
    answeringOrganisationId: 'own',
    authorId,
    withdrawn,
  })

  it.each(roles)('may be withdrawn by %s if it is their own, or they are an editor', (role) => {
    const viewer = person({ own: role })
    expect(canWithdrawAnswer(viewer, answer())).toBe(role === 'EDITOR' || role === 'EXECUTIVE')
    expect(canWithdrawAnswer(viewer, answer(false, viewer.actorId))).toBe(true)
    expect(canWithdrawAnswer(viewer, answer(true, viewer.actorId))).toBe(false)
  })

  it('may be withdrawn by the organisation’s own token, and by nobody elsewhere', () => {
    expect(canWithdrawAnswer(serviceAccount('own', ['READ', 'WRITE']), answer())).toBe(true)
    for (const viewer of [
      visitor,
      serviceAccount('own', ['READ']),
      serviceAccount('other', ['READ', 'WRITE']),
      person({ other: 'EDITOR' }),
      person({ other: 'EDITOR', own: 'EDITOR' }),
    ]) {
      expect(canWithdrawAnswer(viewer, answer())).toBe(false)
      expect(canWithdrawAnswer(viewer, answer(false, viewer.actorId))).toBe(false)
    }
  })
})
