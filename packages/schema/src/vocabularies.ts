import competences from './vocabularies/competences.json' with { type: 'json' }
import fieldsOfWork from './vocabularies/fields-of-work.json' with { type: 'json' }
import organisationKinds from './vocabularies/organisation-kinds.json' with { type: 'json' }
import sizeClasses from './vocabularies/size-classes.json' with { type: 'json' }
import targetGroups from './vocabularies/target-groups.json' with { type: 'json' }
import toolCategories from './vocabularies/tool-categories.json' with { type: 'json' }
import umbrellas from './vocabularies/umbrellas.json' with { type: 'json' }

/** One entry of a controlled vocabulary, shaped like a SKOS concept. */
export interface VocabularyTerm {
  /** Stable, part of the contract. */
  code: string
  /** Preferred label in German. */
  de: string
  /** Preferred label in English. */
  en?: string
  /** Other words for it in German, for search. */
  altLabels: string[]
  /** Code of the next broader term. */
  broader?: string
  /** Set where the code still resolves but should no longer be used. */
  deprecated?: boolean
  /** Codes of published classifications for the same thing. */
  mappings?: Record<string, string | string[]>
}

/** All controlled vocabularies by name. Order within a vocabulary is meaningful (size classes ascend). */
export const vocabularies = {
  fieldsOfWork,
  competences,
  toolCategories,
  targetGroups,
  sizeClasses,
  umbrellas,
  organisationKinds,
} satisfies Record<string, VocabularyTerm[]>

/** Name of a vocabulary. */
export type VocabularyName = keyof typeof vocabularies
