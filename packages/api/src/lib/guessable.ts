import { ZxcvbnFactory } from '@zxcvbn-ts/core'
import { adjacencyGraphs, dictionary } from '@zxcvbn-ts/language-common'

/** What anybody would try first here. */
const ownWords = ['netzwerkdiakonie', 'diakonie', 'diakonisch', 'caritas', 'passwort', 'willkommen']

let estimator: ZxcvbnFactory | undefined

/**
 * Whether a password is among those that attackers try first: the commonest ones, rows of keys,
 * dates, repetitions, words that belong to the person, and what is made of these by a digit or two.
 *
 * @param personal words such as the user name
 */
export function isGuessable(password: string, personal: string[]): boolean {
  // Its tables take 20 MB: only who changes a password needs them.
  estimator ??= new ZxcvbnFactory({ dictionary, graphs: adjacencyGraphs })
  const words = [...ownWords, ...personal.filter((word) => word.length > 2)]
  // Below 3 of 4 stand fewer than 10^8 guesses.
  return estimator.check(password, words).score < 3
}
