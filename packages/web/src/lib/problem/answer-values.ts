/** What stands in the form of an answer. */
export interface AnswerValues {
  type: string
  body: string
  /** What was searched for among the solutions. */
  solutionQuery: string
  /** The hit that was chosen. */
  solutionChoice: string
  /** An address that was pasted. */
  solutionId: string
  aiShare: string
  idempotencyKey: string
}

/** A solution to choose. */
export interface SolutionHit {
  id: string
  title: string
  organisation: { name: string }
}

/** A form that nobody has filled in yet. */
export function emptyAnswer(idempotencyKey: string): AnswerValues {
  return {
    type: '',
    body: '',
    solutionQuery: '',
    solutionChoice: '',
    solutionId: '',
    aiShare: 'NONE',
    idempotencyKey,
  }
}
