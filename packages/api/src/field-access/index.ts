import { baseAccess } from '#api/field-access/base.ts'
import type { FieldAccess } from '#api/field-access/classes.ts'
import { entryAccess } from '#api/field-access/entry.ts'
import { identityAccess } from '#api/field-access/identity.ts'
import { mediationAccess } from '#api/field-access/mediation.ts'
import { moderationAccess } from '#api/field-access/moderation.ts'
import { organisationAccess } from '#api/field-access/organisation.ts'
import { privacyAccess } from '#api/field-access/privacy.ts'
import { problemAccess } from '#api/field-access/problem.ts'
import { searchAccess } from '#api/field-access/search.ts'
import { solutionAccess } from '#api/field-access/solution.ts'
import { teamAccess } from '#api/field-access/team.ts'
import { thesaurusAccess } from '#api/field-access/thesaurus.ts'
import { vocabularyAccess } from '#api/field-access/vocabulary.ts'

/** Who sees each field and may try each mutation. A field that is missing here keeps the API from starting. */
export const fieldAccess: FieldAccess = {
  ...baseAccess,
  ...entryAccess,
  ...identityAccess,
  ...mediationAccess,
  ...moderationAccess,
  ...organisationAccess,
  ...privacyAccess,
  ...problemAccess,
  ...searchAccess,
  ...solutionAccess,
  ...teamAccess,
  ...thesaurusAccess,
  ...vocabularyAccess,
}
