import { withoutValue, writeListAddress, type ListAddress } from './list-address.ts'

/**
 * The filters in force, each with the address of the same list without it. What else the address
 * holds, such as the order, is no filter.
 */
export function activeFilters<Name extends string>(
  path: string,
  address: ListAddress<Name>,
  labelOf: (name: Name, value: string) => string,
  noFilters: readonly string[] = ['sortierung'],
): { label: string; href: string }[] {
  const names = Object.keys(address.values) as Name[]
  return names
    .filter((name) => !noFilters.includes(name))
    .flatMap((name) =>
      address.values[name].map((value) => ({
        label: labelOf(name, value),
        href: writeListAddress(path, withoutValue(address, name, value)),
      })),
    )
}
