import type { MikroORM } from '@mikro-orm/postgresql'
import associations from '#database/reference/associations.json' with { type: 'json' }
import { Organisation } from '#modules/organisation/organisation.entity.ts'

/**
 * Brings in the real associations as unclaimed entries of the directory, with what is publicly known
 * of them and nothing else. An entry that somebody has claimed belongs to them and is left alone.
 */
export async function importReferenceEntries(orm: MikroORM): Promise<void> {
  const em = orm.em.fork()
  await em.upsertMany(
    Organisation,
    associations.map(({ code, name, seat, states }) => ({
      code,
      name,
      seat,
      states,
      kind: 'regional-association',
      umbrella: 'diakonie',
      claimed: false,
      isDemo: false,
    })),
    { onConflictFields: ['code'], onConflictAction: 'ignore' },
  )
}
