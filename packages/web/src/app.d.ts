import type { ApiCall } from '#lib/server/api-call.ts'
import type { ViewerQuery } from '#lib/__generated__/graphql.ts'

declare global {
  namespace App {
    interface Error {
      /** Code of the failure as the API names it, or a code of the web's own such as UNAVAILABLE. */
      code: string
      /** Under this id the server's log tells the whole story. */
      reference?: string | undefined
    }
    interface PageData {
      /** Set where several people use the device: see draft-owner.ts. */
      draftOwner?: string | undefined
    }
    interface Locals {
      /** Sent to the API, so that one id joins the log lines of both. */
      requestId: string
      /** Who is calling; asked once per request and only when somebody needs to know. */
      viewer: () => Promise<ViewerQuery['viewer']>
    }
  }
}

declare module 'node:http' {
  interface IncomingMessage {
    /** The API in the same process; the server hangs it onto each request. */
    api?: ApiCall
  }
}

export {}
