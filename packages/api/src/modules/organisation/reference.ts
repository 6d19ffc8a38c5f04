import { randomInt } from 'node:crypto'

/** Without letters and digits that people take for one another. */
const characters = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ'

/** A number that people read to each other on the telephone, such as `K7M2-94QX`. It is no secret. */
export function newReference(): string {
  const four = () =>
    Array.from({ length: 4 }, () => characters[randomInt(characters.length)]).join('')
  return `${four()}-${four()}`
}
