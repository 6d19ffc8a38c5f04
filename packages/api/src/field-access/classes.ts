import type { GraphQLScalarType } from 'graphql'
import type { Resolvers } from '#api/__generated__/resolvers.ts'
import { unauthenticated, UserFailure } from '#api/errors.ts'
import { authorizeContributor, belongsTo, type Viewer } from '#modules/identity/viewer.ts'

/** The object that a field belongs to, as far as a class needs to know it. */
export interface Parent {
  /** The organisation that the object belongs to; of an organisation, itself. */
  organisationId?: unknown
  /** The person whom the object is about. */
  accountId?: unknown
}

const includes = (ids: readonly string[], id: unknown) => ids.some((each) => each === id)

/**
 * Who sees a field. Fields of the root have no parent: there, the class says who has any use of it.
 * Whoever does not see it gets null, or a list of nothing, as if there were nothing to see.
 */
export const fieldClasses = {
  /** Row security decides which objects come; what the field tells is for everybody. */
  ANYBODY: () => true,
  /** Whoever sees the object sees the field. */
  AS_OBJECT: () => true,
  /** People with a role anywhere, and tokens. */
  MEMBERS: (viewer) => viewer.kind === 'member',
  /** People and tokens of the organisation that the object belongs to, or that a pseudonym stands for. */
  OWNERS: (viewer, parent) =>
    !parent ||
    (typeof parent.organisationId === 'string' && belongsTo(viewer, parent.organisationId)),
  /** People with a role in the organisation that the object belongs to; no tokens. */
  OWN_PEOPLE: (viewer, parent) =>
    viewer.caller === 'PERSON' &&
    (!parent || includes(viewer.organisationIds, parent.organisationId)),
  /** Editors and executives of the organisation that the object belongs to. */
  MANAGERS: (viewer, parent) =>
    parent
      ? includes(viewer.managedOrganisationIds, parent.organisationId)
      : viewer.managedOrganisationIds.length > 0,
  /** The person whom the object is about. */
  SELF: (viewer, parent) =>
    viewer.caller === 'PERSON' && (!parent || parent.accountId === viewer.actorId),
} satisfies Record<string, (viewer: Viewer, parent: Parent | null) => boolean>

/** How a field is classified. */
export type FieldClass = keyof typeof fieldClasses

/**
 * Who may try a mutation at all. The service decides about the object; this refuses before anything
 * is read, so that a service that forgets to ask still has a door in front of it.
 */
export const mutationClasses = {
  /** Also visitors: signing in, telling the moderators something. */
  ANYBODY: () => {},
  /** People with a role, and tokens with the scope WRITE. */
  WRITE: (viewer) => {
    authorizeContributor(viewer)
  },
  /** People who are signed in; never a token. */
  PERSON: (viewer) => {
    if (viewer.caller !== 'PERSON') throw unauthenticated()
  },
  /** Editors and executives of some organisation; never a token. */
  MANAGER: (viewer) => {
    if (viewer.caller !== 'PERSON') throw unauthenticated()
    if (viewer.managedOrganisationIds.length === 0) throw new UserFailure({ code: 'FORBIDDEN' })
  },
} satisfies Record<string, (viewer: Viewer) => void>

/** How a mutation is classified. */
export type MutationClass = keyof typeof mutationClasses

/** Every type with resolvers but scalars, which have no fields of ours. */
type ObjectTypeName = Exclude<
  {
    [Name in keyof Resolvers]: NonNullable<Resolvers[Name]> extends GraphQLScalarType ? never : Name
  }[keyof Resolvers],
  undefined
>

type FieldsOf<Name extends ObjectTypeName> = Extract<
  Exclude<keyof NonNullable<Resolvers[Name]>, `__${string}`>,
  string
>

/** `Type.field`, for every field of every object type of the contract. */
type FieldName = { [Name in ObjectTypeName]: `${Name}.${FieldsOf<Name>}` }[ObjectTypeName]

/** The class of every field of the contract. */
export type FieldAccess = {
  readonly [Name in FieldName]: Name extends `Mutation.${string}` ? MutationClass : FieldClass
}

/** The classes of some fields: what the file of a domain holds. */
export type FieldRules = Partial<FieldAccess>
