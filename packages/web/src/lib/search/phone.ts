/** The address by which a telephone number can be called: „0800 111 0 111“ → „tel:08001110111“. */
export function phoneHref(phone: string): string {
  // The zero in „+49 (0)30“ is for those who dial without the country.
  const digits = phone.replace(/^(\s*\+.*?)\(0\)/, '$1').replace(/[^\d+]/g, '')
  return `tel:${digits}`
}
