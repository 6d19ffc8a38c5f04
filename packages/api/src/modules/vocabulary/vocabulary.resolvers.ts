import { vocabularies } from '@netzwerkdiakonie/schema'
import type { Resolvers } from '#api/__generated__/resolvers.ts'
import { broaderTerm, labelOf } from '#modules/vocabulary/vocabulary.service.ts'

export const vocabularyResolvers: Resolvers = {
  Query: {
    fieldsOfWork: () => vocabularies.fieldsOfWork,
    competences: () => vocabularies.competences,
    toolCategories: () => vocabularies.toolCategories,
    targetGroups: () => vocabularies.targetGroups,
    sizeClasses: () => vocabularies.sizeClasses,
    umbrellas: () => vocabularies.umbrellas,
    organisationKinds: () => vocabularies.organisationKinds,
  },
  Term: {
    label: (term, { language }, context) =>
      labelOf(term, language ? (language === 'EN' ? 'en' : 'de') : context.language),
    broader: (term) => broaderTerm(term),
    deprecated: (term) => term.deprecated ?? false,
  },
}
