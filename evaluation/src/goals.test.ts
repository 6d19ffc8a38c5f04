import { expect, it } from 'vitest'
import { collectionNames } from './collection.ts'
import { goalsFor } from './goals.ts'
import { evaluate } from './run.ts'

const goals = goalsFor(await evaluate(collectionNames))

it.each(goals)('$name', ({ actual, least, most }) => {
  if (least !== undefined) expect(actual).toBeGreaterThanOrEqual(least)
  if (most !== undefined) expect(actual).toBeLessThanOrEqual(most)
})
