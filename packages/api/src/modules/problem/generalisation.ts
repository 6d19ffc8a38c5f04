import { anonymityThreshold } from '@netzwerkdiakonie/schema'

/** What an organisation that asks without a name could show of itself. */
export interface Attributes {
  /** Codes of fields of work of the problem. */
  fieldsOfWork: string[]
  states: string | null
  sizeClass: string | null
  umbrella: string | null
}

/** An organisation among which somebody hides. Without declared fields of work it may do anything. */
export type Candidate = Attributes

/** The next broader code of a field of work, if there is one. */
export type BroaderOf = (code: string) => string | undefined

/** Names of what is shown besides the fields of work, in the order in which it is tried. */
export const shownAttributes = ['states', 'sizeClass', 'umbrella'] as const

/**
 * As much of an organisation as fits at least five in each circle: fields of work first, each as it is
 * or else as the broader one, then state, size and umbrella. What would leave fewer is left out.
 *
 * @param circles who could have asked, for each circle that sees the problem
 * @returns null if a circle is too small for anybody to hide in
 */
export function generalise(
  asker: Attributes,
  circles: readonly Candidate[][],
  broaderOf: BroaderOf,
): Attributes | null {
  let left = circles
  if (!areEnough(left)) return null
  const shown: Attributes = { fieldsOfWork: [], states: null, sizeClass: null, umbrella: null }
  for (const field of asker.fieldsOfWork)
    for (const code of [field, broaderOf(field)]) {
      if (!code || shown.fieldsOfWork.includes(code)) continue
      const fitting = narrowed(left, (candidate) => fitsField(candidate, code, broaderOf))
      if (!areEnough(fitting)) continue
      shown.fieldsOfWork.push(code)
      left = fitting
      break
    }
  for (const name of shownAttributes) {
    const value = asker[name]
    const fitting = narrowed(left, (candidate) => candidate[name] === value)
    if (value === null || !areEnough(fitting)) continue
    shown[name] = value
    left = fitting
  }
  return shown
}

/** Whether a circle is large enough for somebody to hide in. */
function areEnough(circles: readonly Candidate[][]): boolean {
  return circles.every((circle) => circle.length >= anonymityThreshold)
}

function narrowed(
  circles: readonly Candidate[][],
  fits: (candidate: Candidate) => boolean,
): Candidate[][] {
  return circles.map((circle) => circle.filter(fits))
}

/**
 * Whether an organisation may have asked about a field. One that has declared none cannot be excluded
 * by anybody; one that declared a broader or a narrower field cannot be, either.
 */
function fitsField({ fieldsOfWork }: Candidate, code: string, broaderOf: BroaderOf): boolean {
  return (
    fieldsOfWork.length === 0 ||
    fieldsOfWork.some((own) => own === code || broaderOf(own) === code || broaderOf(code) === own)
  )
}
