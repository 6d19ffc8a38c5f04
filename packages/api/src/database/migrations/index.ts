import { readdirSync, readFileSync } from 'node:fs'
import type { Constructor, MigrationObject } from '@mikro-orm/core'
import { Migration } from '@mikro-orm/migrations'

/**
 * Migrations are reviewed SQL files, carried out in the order of their names and never changed
 * once they are on main. There is no way back: a mistake is mended by the next file.
 */
export const migrations: MigrationObject[] = readdirSync(import.meta.dirname)
  .filter((name) => name.endsWith('.sql'))
  .sort()
  .map((name) => ({ name: name.replace('.sql', ''), class: fromFile(name) }))

function fromFile(name: string): Constructor<Migration> {
  return class extends Migration {
    override up(): void {
      this.addSql(readFileSync(new URL(name, import.meta.url), 'utf8'))
    }
  }
}
