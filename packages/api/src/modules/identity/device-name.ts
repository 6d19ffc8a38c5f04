import Bowser from 'bowser'
import type { MessageLanguage } from '#api/errors.ts'

/** The user agent is whatever a caller sends: only so much of it is looked at. */
const readLength = 500

const nameLength = 60

/**
 * Browser and system in words that people know their devices by, such as „Chrome auf Android“; ''
 * where the user agent tells neither. Versions are left out: they would tell one person from another.
 */
export function deviceNameOf(userAgent: string | null, language: MessageLanguage): string {
  if (!userAgent) return ''
  const { browser, os } = Bowser.parse(userAgent.slice(0, readLength))
  const between = language === 'de' ? ' auf ' : ' on '
  return [browser.name, os.name].filter(Boolean).join(between).slice(0, nameLength)
}
