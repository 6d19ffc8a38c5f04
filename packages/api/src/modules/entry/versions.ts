import { UniqueConstraintViolationException } from '@mikro-orm/core'
import type { SqlEntityManager } from '@mikro-orm/postgresql'
import { UserFailure } from '#api/errors.ts'
import { mondayOf, today } from '#lib/today.ts'
import type { EntryState } from '#modules/entry/entry.entity.ts'
import { type Circle, versionCircle } from '#modules/entry/lifecycle.ts'

/** What saving needs to know of an entry. */
interface VersionedEntry extends Circle {
  id: string
  organisationId: string
  state: EntryState
  version: number
  asOf: string
  /** What is asked without a name tells only the week. */
  anonymousToNetwork?: boolean
}

/** A change of an entry. */
interface Change {
  /** The wording as it is now. */
  content: { title: string; summary?: string; body: string }
  changeNote: string | null
  /** The version that the caller has read; unknown where the caller does not care. */
  expectedVersion: number | null | undefined
}

/** The wording of an entry as it is stored. */
interface StoredVersion extends Circle {
  title: string
  summary?: string | null | undefined
  body: string
}

/** A new row of the table of versions. */
interface NewVersion extends StoredVersion {
  entryId: string
  number: number
  organisationId: string
  changeNote: string | null
  asOf: string
}

/**
 * Saves a changed entry, of this day. New wording makes a new version; the current version always
 * has the visibility of its entry, earlier ones keep theirs.
 *
 * @param current the version with the number that the entry has now
 * @param create adds a row to the table of versions of this kind of entry
 * @throws UserFailure CHANGED_MEANWHILE if somebody else has saved since the caller read
 */
export async function saveVersioned(
  em: SqlEntityManager,
  entry: VersionedEntry,
  current: StoredVersion | null,
  { content, changeNote, expectedVersion }: Change,
  create: (version: NewVersion) => void,
): Promise<void> {
  const changedMeanwhile = new UserFailure({
    code: 'CHANGED_MEANWHILE',
    path: ['input', 'version'],
  })
  if (expectedVersion != null && expectedVersion !== entry.version) throw changedMeanwhile
  const sameWording =
    current?.title === content.title &&
    (current.summary ?? undefined) === content.summary &&
    current.body === content.body
  entry.asOf = entry.anonymousToNetwork ? mondayOf(today()) : today()
  if (current && sameWording && !changeNote) {
    Object.assign(current, versionCircle(entry))
    await em.flush()
    return
  }
  entry.version += 1
  create({
    ...content,
    entryId: entry.id,
    number: entry.version,
    organisationId: entry.organisationId,
    ...versionCircle(entry),
    asOf: entry.asOf,
    changeNote,
  })
  try {
    await em.flush()
  } catch (error) {
    // Two saved at once on the same version: the number of the second is taken.
    if (error instanceof UniqueConstraintViolationException) throw changedMeanwhile
    throw error
  }
}
