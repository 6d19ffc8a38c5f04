import type { CodegenConfig } from '@graphql-codegen/cli'

const scalars = { Date: 'string' }

export default {
  schema: '../schema/src/sdl/*.graphql',
  generates: {
    'src/__generated__/resolvers.ts': {
      plugins: ['typescript', 'typescript-resolvers'],
      config: {
        contextType: '../context.ts#Context',
        enumsAsTypes: true,
        useTypeImports: true,
        strictScalars: true,
        scalars,
        defaultScalarType: 'unknown',
        importExtension: '.ts',
        mappers: {
          Organisation: '../modules/organisation/organisation.entity.ts#OrganisationRow',
          Problem: '../modules/problem/problem.entity.ts#ProblemRow',
          AnonymityPreview:
            '../modules/problem/anonymity.service.ts#AnonymityPreviewRow as AnonymityPreviewRow',
          MediatorCandidate: '../modules/mediation/mediator.repository.ts#MediatorCandidateRow',
          MediationMessage: '../modules/mediation/mediation-message.entity.ts#MediationMessageRow',
          MediationMessageConnection:
            '../modules/mediation/mediation-message.entity.ts#MediationMessagePage',
          VisibilityReach: '../modules/entry/reach.service.ts#Reach',
          Answer: '../modules/problem/answer.entity.ts#AnswerRow',
          Solution: '../modules/solution/solution.entity.ts#SolutionRow',
          Term: '@netzwerkdiakonie/schema/vocabularies#VocabularyTerm',
          Viewer: '../modules/identity/viewer.ts#Viewer as ViewerRow',
          Passkey: '../modules/identity/passkey.repository.ts#PasskeyRow',
          AuthSession: '../modules/identity/identity.repository.ts#OwnSessionRow',
          AnswerConnection: '../modules/problem/answer.entity.ts#AnswerPage',
          ProblemConnection: '../modules/problem/problem.entity.ts#ProblemPage',
          SolutionConnection: '../modules/solution/solution.entity.ts#SolutionPage',
          OrganisationUnit:
            '../modules/organisation/organisation-unit.entity.ts#OrganisationUnitRow',
          OrganisationUnitConnection:
            '../modules/organisation/organisation-unit.entity.ts#OrganisationUnitPage',
          OrganisationClaim:
            '../modules/organisation/organisation-claim.entity.ts#OrganisationClaimRow',
          OrganisationClaimConnection:
            '../modules/organisation/organisation-claim.entity.ts#OrganisationClaimPage',
          ClaimStatus: '../modules/organisation/organisation-claim.entity.ts#ClaimStatusRow',
          Membership: '../modules/organisation/membership.entity.ts#MembershipRow',
          MembershipConnection: '../modules/organisation/membership.entity.ts#MembershipPage',
          MembershipRequest:
            '../modules/organisation/membership-request.entity.ts#MembershipRequestRow',
          MembershipRequestConnection:
            '../modules/organisation/membership-request.entity.ts#MembershipRequestPage',
          Mandate: '../modules/organisation/mandate.entity.ts#MandateRow',
          MandateConnection: '../modules/organisation/mandate.entity.ts#MandatePage',
          InvitedMember: '../modules/organisation/invitation.service.ts#InvitedMemberRow',
          DeviceWithPin: '../modules/identity/device.repository.ts#DeviceWithPinRow',
          DemoAccount: '../modules/identity/demo-accounts.ts#DemoAccountRow',
          OrganisationConnection: '../modules/organisation/organisation.entity.ts#OrganisationPage',
          RoleAssignment: '../modules/identity/viewer.ts#RoleAssignmentRow',
          SolutionDraft:
            '../modules/solution/solution-draft.service.ts#SolutionDraft as SolutionDraftRow',
          AccessLogConnection: '../modules/team/team-member.entity.ts#AccessLogPage',
          AccessLogEntry: '../modules/team/team-member.entity.ts#AccessLogRow',
          HandedOverEntry: '../modules/team/hand-over.entity.ts#HandOverRow',
          HandedOverEntryConnection: '../modules/team/hand-over.entity.ts#HandOverPage',
          TeamMember: '../modules/team/team-member.entity.ts#TeamMemberRow',
          TeamMemberConnection: '../modules/team/team-member.entity.ts#TeamMemberPage',
          SearchConnection: '../modules/search/search.service.ts#SearchPage',
          SearchEntry: '../modules/search/hit.ts#FoundEntry',
          SearchHit: '../modules/search/hit.ts#SearchHitRow',
          BeyondHit: '../modules/search/beyond.ts#BeyondHitRow',
          FoundPassage: '../modules/search/hit.ts#SearchHitRow',
          SimilarEntry: '../modules/search/similar.service.ts#SimilarEntryRow',
          SearchSuggestion: '../modules/search/suggestion.service.ts#SuggestionRow',
          SavedSearch: '../modules/search/saved-search.entity.ts#SavedSearchRow',
          MissedSearch: '../modules/thesaurus/missed-search.entity.ts#MissedSearchRow',
          MissedSearchConnection: '../modules/thesaurus/missed-search.entity.ts#MissedSearchPage',
          SynonymGroup: '../modules/thesaurus/synonym-group.entity.ts#SynonymGroupRow',
          SynonymGroupConnection: '../modules/thesaurus/synonym-group.entity.ts#SynonymGroupPage',
          SearchInvitation: '../modules/thesaurus/search-invitation.entity.ts#SearchInvitationRow',
          SearchInvitationConnection:
            '../modules/thesaurus/search-invitation.entity.ts#SearchInvitationPage',
          Notice: '../modules/moderation/notice.entity.ts#NoticeRow',
          NoticeConnection: '../modules/moderation/notice.entity.ts#NoticePage',
          Decision: '../modules/moderation/notice.entity.ts#DecisionRow',
          Objection: '../modules/moderation/notice.entity.ts#ObjectionRow',
          ReportedNotice: '../modules/moderation/notice.entity.ts#ReportedNoticeRow',
          ReportedEntry: '../modules/moderation/notice.entity.ts#ReportedEntryRow',
          OwnDecision: '../modules/moderation/notice.entity.ts#OwnDecisionRow',
          OwnDecisionConnection: '../modules/moderation/notice.entity.ts#OwnDecisionPage',
          AuditEntry: '../modules/moderation/audit-log.service.ts#AuditEntryRow',
          AuditEntryConnection: '../modules/moderation/audit-log.service.ts#AuditEntryPage',
          EntryVersion: '../modules/entry/entry.entity.ts#EntryVersionRow',
        },
        resolversNonOptionalTypename: { unionMember: true, interfaceImplementation: true },
      },
    },
    'test/__generated__/operations.ts': {
      documents: 'test/**/*.graphql',
      plugins: ['typescript-operations', 'typed-document-node'],
      config: {
        enumsAsTypes: true,
        useTypeImports: true,
        strictScalars: true,
        scalars,
        documentMode: 'string',
      },
    },
  },
} satisfies CodegenConfig
