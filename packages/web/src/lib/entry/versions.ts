/** The texts of a version. */
interface VersionTexts {
  title: string
  summary: string | null
  body: string
}

const parts = ['title', 'summary', 'body'] as const

/** A part of an entry's text that a version changed. */
interface Change {
  part: (typeof parts)[number]
  before: string
  after: string
}

/** Each version with what it changed in the one before; the first one „changes“ all it holds. */
export function withChanges<Version extends VersionTexts>(
  newestFirst: readonly Version[],
): { version: Version; changes: Change[]; isFirst: boolean }[] {
  return newestFirst.map((version, index) => {
    const former = newestFirst[index + 1]
    const changes = parts
      .map((part) => ({ part, before: former?.[part] ?? '', after: version[part] ?? '' }))
      .filter(({ before, after }) => before !== after)
    return { version, changes, isFirst: former === undefined }
  })
}
