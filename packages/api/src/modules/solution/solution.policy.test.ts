import { describe, expect, it } from 'vitest'
import type { EntryState } from '#modules/entry/entry.entity.ts'
import { roles } from '#modules/identity/role-assignment.entity.ts'
import { visitor } from '#modules/identity/viewer.ts'
import {
  canMakeSolution,
  canUpdateSolution,
  publishesDirectly,
} from '#modules/solution/solution.policy.ts'
import { person, serviceAccount } from '#test/viewers.ts'

const large = { id: 'own', sizeClass: 'l' }
const club = { id: 'own', sizeClass: 'volunteer-only' }
const solution = (state: EntryState) => ({ organisationId: 'own', authorId: 'somebody', state })
const states: EntryState[] = ['IN_REVIEW', 'PUBLISHED', 'WITHDRAWN']
const token = serviceAccount('own', ['READ', 'WRITE'])

describe.each(roles)('%s', (role) => {
  const viewer = person({ own: role })
  const direct = role === 'EDITOR' || role === 'EXECUTIVE'

  it('publishes and changes directly, or waits for a second person', () => {
    expect(publishesDirectly(viewer, large)).toBe(direct)
    expect(states.filter((state) => canUpdateSolution(viewer, solution(state), large))).toEqual(
      direct ? ['IN_REVIEW', 'PUBLISHED'] : ['IN_REVIEW'],
    )
  })

  it('needs nobody else in a club of volunteers', () => {
    expect(publishesDirectly(viewer, club)).toBe(true)
    expect(states.filter((state) => canUpdateSolution(viewer, solution(state), club))).toEqual([
      'IN_REVIEW',
      'PUBLISHED',
    ])
  })

  it('has no rights elsewhere', () => {
    const stranger = person({ other: role })
    for (const owner of [large, club])
      expect(states.some((state) => canUpdateSolution(stranger, solution(state), owner))).toBe(
        false,
      )
    expect(publishesDirectly(stranger, large)).toBe(false)
  })
})

describe('a token', () => {
  it('publishes directly and changes what its organisation owns, if it may write', () => {
    expect(publishesDirectly(token, large)).toBe(true)
    expect(states.filter((state) => canUpdateSolution(token, solution(state), large))).toEqual([
      'IN_REVIEW',
      'PUBLISHED',
    ])
    for (const other of [
      serviceAccount('own', ['READ']),
      serviceAccount('other', ['READ', 'WRITE']),
      visitor,
    ])
      expect(states.some((state) => canUpdateSolution(other, solution(state), club))).toBe(false)
  })
})

describe('a solution out of an answer', () => {
  const answer = {
    organisationId: 'asker',
    answeringOrganisationId: 'helper',
    accepted: true,
    withdrawn: false,
  }

  it.each([
    ['asker', person({ asker: 'VOLUNTEER' }), true],
    ['helper', person({ helper: 'VOLUNTEER' }), true],
    ['asker’s token', serviceAccount('asker', ['READ', 'WRITE']), true],
    ['asker’s reading token', serviceAccount('asker', ['READ']), false],
    ['somebody else', person({ other: 'EDITOR' }), false],
    ['member of both, acting for another', person({ other: 'EDITOR', asker: 'EDITOR' }), false],
    ['visitor', visitor, false],
  ])('%s', (_, viewer, allowed) => {
    expect(canMakeSolution(viewer, answer)).toBe(allowed)
    expect(canMakeSolution(viewer, { ...answer, accepted: false })).toBe(false)
    expect(canMakeSolution(viewer, { ...answer, withdrawn: true })).toBe(false)
  })
})
