import { UnsafeLoginError } from '@netzwerkdiakonie/api'
import { StartError } from '@netzwerkdiakonie/postgres'

/** What to print about a start that failed: a sentence where we know one, else the whole error. */
export function describeFailure(error: unknown): unknown {
  if (error instanceof StartError) return error.message
  if (error instanceof UnsafeLoginError)
    return (
      'Netzwerkdiakonie startet nicht, weil die Anwendung in dieser Datenbank mehr lesen könnte, ' +
      `als sie darf (${error.message}); nehmen Sie der Rolle dieses Recht, oder verwenden Sie ` +
      'eine neue Datenbank.'
    )
  return error
}
