import { fromCursor, writeListAddress, type ListAddress } from './list-address.ts'

/** Where the pages before and after this one are. */
export function pageLinks<Name extends string>(
  path: string,
  address: ListAddress<Name>,
  pageInfo: { hasNextPage: boolean; endCursor: string | null },
): { nextHref: string | undefined; firstHref: string | undefined } {
  return {
    nextHref: pageInfo.hasNextPage
      ? writeListAddress(path, fromCursor(address, pageInfo.endCursor))
      : undefined,
    firstHref: address.after ? writeListAddress(path, fromCursor(address)) : undefined,
  }
}
