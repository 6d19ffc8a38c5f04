import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'

const packages = new URL('../../packages/', import.meta.url)

/** Codes of everything that logs speak of, as the API lists them. */
function actionsOfApi(): string[] {
  const text = readFileSync(new URL('api/src/modules/identity/audit.ts', packages), 'utf8')
  const list = /auditActions = \[([^\]]+)\]/.exec(text)?.[1] ?? ''
  return [...list.matchAll(/'([A-Z_]+)'/g)].map(([, code]) => code ?? '').sort()
}

/** Codes for which the pages have a sentence in this language. */
function actionsOfPages(language: string): string[] {
  const file = new URL(`web/messages/${language}/moderation.json`, packages)
  const messages = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>
  return Object.keys(messages)
    .filter((name) => name.startsWith('moderation_action_'))
    .map((name) => name.replace('moderation_action_', ''))
    .sort()
}

it.each(['de', 'en'])('the pages have a sentence for every act in a log, in %s', (language) => {
  expect(actionsOfApi().length).toBeGreaterThan(10)
  expect(actionsOfPages(language)).toEqual(actionsOfApi())
})
