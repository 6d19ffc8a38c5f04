import type { EntityMetadata, EntityProperty } from '@mikro-orm/core'
import type { PersonalTable } from '#modules/privacy/register/datum.ts'

/** Names of properties that could point to a person without a foreign key. */
const personLike = /account|actor|author|person|mediator|contact|user|displayname|device/i

/**
 * Compares the register of personal data with the entities.
 *
 * @param entities metadata of all entities
 * @returns one sentence for each datum that is stored but not explained, or explained but not stored
 */
export function checkRegister(
  entities: EntityMetadata[],
  personal: Record<string, PersonalTable>,
  impersonal: Record<string, string>,
): string[] {
  const mistakes: string[] = []
  const known = new Set(entities.map(({ className }) => className))
  for (const name of [...Object.keys(personal), ...Object.keys(impersonal)])
    if (!known.has(name)) mistakes.push(`${name} is in the register but is no entity.`)
  for (const entity of entities) {
    const table = personal[entity.className]
    const stored = storedProperties(entity)
    if (table) mistakes.push(...mistakesIn(entity.className, table, stored))
    else if (!(entity.className in impersonal))
      mistakes.push(`${entity.className} is in neither list of the register.`)
    else
      for (const property of stored.filter(pointsToPerson))
        mistakes.push(
          `${entity.className}.${property.name} looks as if it were about a person, but the table is listed as impersonal.`,
        )
  }
  return mistakes
}

function mistakesIn(name: string, table: PersonalTable, stored: EntityProperty[]): string[] {
  const names = new Set<string>(stored.map((property) => property.name))
  const needed = table.others ? stored.filter(pointsToPerson) : stored
  return [
    ...needed
      .filter((property) => !(property.name in table.data))
      .map((property) => `${name}.${property.name} is stored but not explained.`),
    ...[...Object.keys(table.data), table.person]
      .filter((property) => !names.has(property))
      .map((property) => `${name}.${property} is explained but not stored.`),
  ]
}

function storedProperties(entity: EntityMetadata): EntityProperty[] {
  return entity.props.filter(({ persist, generated }) => persist !== false && !generated)
}

function pointsToPerson({ name, targetMeta }: EntityProperty): boolean {
  return targetMeta?.className === 'Account' || personLike.test(name)
}
