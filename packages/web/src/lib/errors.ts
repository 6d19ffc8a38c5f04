import { m } from '#lib/i18n.ts'

/** A failure of a whole call to the API, in words for people. */
export interface CallFailure {
  code: string
  /** HTTP status that a page showing this failure should have. */
  status: number
  /** What happened and what to do next, in the page's language. */
  message: string
  /** Under this id the server's log tells the whole story. */
  reference?: string | undefined
}

const badRequest = { status: 400, message: m.ui_error_bad_request }

/** The codes of the API, and two of our own: UNAVAILABLE and NOT_FOUND. */
const words: Record<string, { status: number; message: () => string }> = {
  UNAUTHENTICATED: { status: 401, message: m.ui_error_unauthenticated },
  FORBIDDEN_SCOPE: { status: 403, message: m.ui_error_forbidden },
  NOT_FOUND: { status: 404, message: m.ui_error_not_found },
  LIMIT_EXCEEDED: { status: 429, message: m.ui_error_rate_limited },
  UNAVAILABLE: { status: 503, message: m.ui_error_unavailable },
  BAD_REQUEST: badRequest,
  BAD_USER_INPUT: badRequest,
  GRAPHQL_PARSE_FAILED: badRequest,
  GRAPHQL_VALIDATION_FAILED: badRequest,
}

/** Finds words and status for an error code; unknown codes count as faults of ours. */
export function describeFailure(code: string, reference?: string): CallFailure {
  const found = words[code] ?? { status: 500, message: m.ui_error_internal }
  return { code, status: found.status, message: found.message(), reference }
}
