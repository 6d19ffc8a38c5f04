import { type Role, roleLabel, roles } from '#lib/identity/role.ts'

/** All roles to choose from, by their names. */
export function roleOptions(): { value: Role; label: string }[] {
  return roles
    .map((value) => ({ value, label: roleLabel(value) }))
    .sort((a, b) => a.label.localeCompare(b.label, 'de'))
}

/** What people write into a table where they mean a role; names of the roles themselves come on top. */
const words: Record<string, Role> = {
  leitung: 'MANAGER',
  'kita-leitung': 'MANAGER',
  kitaleitung: 'MANAGER',
  pdl: 'MANAGER',
  pflegedienstleitung: 'MANAGER',
  geschäftsführer: 'EXECUTIVE',
  vorstand: 'EXECUTIVE',
  erzieher: 'PRACTITIONER',
  pflegefachkraft: 'PRACTITIONER',
  pflege: 'PRACTITIONER',
  sozialarbeiter: 'PRACTITIONER',
  referent: 'ADVISOR',
  beratung: 'ADVISOR',
  dsb: 'DPO',
  mav: 'STAFF_COUNCIL',
  betriebsrat: 'STAFF_COUNCIL',
  multiplikator: 'MULTIPLIER',
  keyuser: 'MULTIPLIER',
  ehrenamtlich: 'VOLUNTEER',
  ehrenamtliche: 'VOLUNTEER',
}

/** The role that a text means, or the text itself: then the API says that there is no such role. */
export function roleIn(text: string): string {
  const wanted = plain(text)
  const named = roles.find((role) =>
    [role, roleLabel(role, 'de'), roleLabel(role, 'en')].map(plain).includes(wanted),
  )
  return named ?? words[wanted] ?? words[wanted.replace(/(in|e|er)$/, '')] ?? text.trim()
}

/** Lower case, without the many ways to mean all genders. */
function plain(text: string): string {
  return text
    .trim()
    .toLocaleLowerCase('de')
    .replace(/([:*_]|\/-?)(in|innen|r)\b/, '')
    .replaceAll(/\s+/g, ' ')
}
