export { createApi } from '#api/server.ts'
export type { Api, ApiCall, ApiOptions, ApiResult } from '#api/server.ts'
export { toGlobalId } from '#lib/global-id.ts'
export { indexWaiting } from '#modules/search/index-waiting.ts'
export { prepareDatabase } from '#database/prepare.ts'
export type { PrepareOptions } from '#database/prepare.ts'
export { createToken, decideClaim, mergeAssociations, rebuildSearch } from '#api/operator.ts'
export {
  connectSingleSignOn,
  listSingleSignOn,
  removeSingleSignOn,
  switchSingleSignOn,
} from '#modules/identity/single-sign-on.operator.ts'
export { UnsafeLoginError } from '#database/safe-login.ts'
