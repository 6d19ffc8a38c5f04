/**
 * A mistake that whoever starts the product can mend. The message is one German sentence
 * with the next step; print it without a stack.
 */
export class StartError extends Error {
  override name = 'StartError'
}
