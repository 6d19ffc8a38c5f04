import { readdirSync, readFileSync } from 'node:fs'

/** A text that can be found. */
export interface CollectionDocument {
  id: string
  /** Name of the part of the collection. */
  part: string
  /** What it is about; null where it only looks as if it were about one of the others. */
  topic: string | null
  kind: 'PROBLEM' | 'SOLUTION' | 'TOOL'
  title: string
  text: string
  fieldsOfWork: string[]
}

/** A query and what it should find. */
export interface JudgedQuery {
  query: string
  category: string
  topic: string
  /** Topics that help a little. */
  related: string[]
}

/** A text that somebody begins to write. */
export interface Draft {
  title: string
  sentence: string
}

/** Documents, queries and drafts that were written and judged together. */
export interface Collection {
  documents: CollectionDocument[]
  queries: JudgedQuery[]
  /** Drafts about a topic that is there. */
  duplicates: (Draft & { topic: string })[]
  /** Drafts about something that is not there, with words of something that is. */
  novel: (Draft & { part: string })[]
  /** Compounds and where they are cut, and words that are not cut. */
  compounds: { compounds: { word: string; parts: string[] }[]; simple: string[] }
}

const folder = new URL('../collection/', import.meta.url)

/** The names of the parts of the collection. */
export const collectionNames = readdirSync(folder).sort()

/** Reads parts of the collection as one. */
export function readCollection(names: readonly string[]): Collection {
  const parts = names.map((part) => {
    const read = (file: string) =>
      JSON.parse(readFileSync(new URL(`${part}/${file}.json`, folder), 'utf8')) as unknown
    const inPart = <Item>(items: Item[]) => items.map((item) => ({ ...item, part }))
    return {
      documents: inPart(read('documents') as CollectionDocument[]),
      queries: read('queries') as Collection['queries'],
      duplicates: read('duplicates') as Collection['duplicates'],
      novel: inPart(read('novel') as Draft[]),
      compounds: read('compounds') as Collection['compounds'],
    }
  })
  return {
    documents: parts.flatMap((part) => part.documents),
    queries: parts.flatMap((part) => part.queries),
    duplicates: parts.flatMap((part) => part.duplicates),
    novel: parts.flatMap((part) => part.novel),
    compounds: {
      compounds: parts.flatMap((part) => part.compounds.compounds),
      simple: parts.flatMap((part) => part.compounds.simple),
    },
  }
}
