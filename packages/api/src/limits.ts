import { requestLimits } from '@netzwerkdiakonie/schema'
import {
  type ASTNode,
  type ASTVisitor,
  type DocumentNode,
  Kind,
  type SelectionSetNode,
  type ValidationContext,
} from 'graphql'
import { topLevelError } from '#api/errors.ts'

/** What a document asks for in all, with fragments counted wherever they are spread. */
interface Weight {
  depth: number
  fields: number
  aliases: number
  directives: number
}

/** Refuses documents that are too deep or too wide, before anything is executed. */
export function structuralLimits(context: ValidationContext): ASTVisitor {
  return {
    Document(document) {
      const weigh = createScale(document)
      for (const operation of document.definitions) {
        if (operation.kind !== Kind.OPERATION_DEFINITION) continue
        const weight = weigh(operation.selectionSet)
        const measured = { ...weight, rootFields: operation.selectionSet.selections.length }
        for (const [name, value] of Object.entries(measured)) {
          const limit = requestLimits[name as keyof typeof measured]
          if (value > limit)
            context.reportError(
              topLevelError('LIMIT_EXCEEDED', `The request has more than ${limit} ${name}.`),
            )
        }
      }
    },
  }
}

/**
 * Fields that compare a secret. One for each document: aliases would let one request try a hundred.
 * Whoever adds a way of signing in adds its field here.
 */
const secretFields = new Set([
  'signIn',
  'changePassword',
  'checkAccessCard',
  'redeemAccessCard',
  'signInWithPin',
  'finishPasskeySignIn',
  'finishSingleSignOn',
])

/** Refuses documents that would try more than one secret. */
export function oneSecretAtATime(context: ValidationContext): ASTVisitor {
  let tried = 0
  return {
    Field({ name }) {
      if (!secretFields.has(name.value)) return
      tried += 1
      if (tried === 2)
        context.reportError(
          topLevelError(
            'LIMIT_EXCEEDED',
            'The request signs in or proves a secret more than once.',
          ),
        )
    },
  }
}

/** Weighs selections; each fragment only once, so that chains of spreads cost nothing to refuse. */
function createScale(document: DocumentNode): (set: SelectionSetNode) => Weight {
  const fragments = new Map<string, SelectionSetNode>()
  for (const definition of document.definitions)
    if (definition.kind === Kind.FRAGMENT_DEFINITION)
      fragments.set(definition.name.value, definition.selectionSet)
  const weights = new Map<string, Weight>()
  const nothing: Weight = { depth: 0, fields: 0, aliases: 0, directives: 0 }

  const ofFragment = (name: string): Weight => {
    const known = weights.get(name)
    if (known) return known
    // A spread inside itself is another rule's to refuse; here it must only end.
    weights.set(name, nothing)
    const set = fragments.get(name)
    const weight = set ? ofSet(set) : nothing
    weights.set(name, weight)
    return weight
  }

  const ofSelection = (selection: ASTNode): Weight => {
    if (selection.kind === Kind.FRAGMENT_SPREAD) return ofFragment(selection.name.value)
    if (selection.kind === Kind.INLINE_FRAGMENT) return ofSet(selection.selectionSet)
    if (selection.kind !== Kind.FIELD) return nothing
    const inner = selection.selectionSet ? ofSet(selection.selectionSet) : nothing
    return {
      depth: inner.depth + 1,
      fields: inner.fields + 1,
      aliases: inner.aliases + (selection.alias ? 1 : 0),
      directives: inner.directives + (selection.directives?.length ?? 0),
    }
  }

  const ofSet = (set: SelectionSetNode): Weight =>
    set.selections.map(ofSelection).reduce(
      (sum, weight) => ({
        depth: Math.max(sum.depth, weight.depth),
        fields: sum.fields + weight.fields,
        aliases: sum.aliases + weight.aliases,
        directives: sum.directives + weight.directives,
      }),
      nothing,
    )

  return ofSet
}
