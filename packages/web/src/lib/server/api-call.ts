/** What goes to the API in one call. */
export interface ApiRequest {
  query: string
  variables?: Record<string, unknown>
  operationName?: string
}

/** What comes back: plain GraphQL over HTTP. */
export interface ApiResponse {
  status: number
  body: {
    data?: unknown
    errors?: { message: string; extensions?: Record<string, unknown> }[]
  }
}

/** One call to the API, in this process or over the network. */
export type ApiCall = (
  request: ApiRequest,
  headers: Record<string, string>,
  /** Of whoever the page is for. */
  clientAddress: string,
) => Promise<ApiResponse>
