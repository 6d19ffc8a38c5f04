import type { CircleChoices, EntryPreview } from '#lib/entry/circle.ts'
import type { SimilarState } from '#lib/search/similar.ts'
import type { FieldErrors } from '#lib/server/form.ts'

/** What was typed of the sign-in, and who has a PIN on this device. */
export interface SignInState {
  userName: string
  bindingId: string
  people: { bindingId: string; displayName: string }[]
}

/** What a form page shows again after it could not do what was asked: nothing typed is lost. */
export interface FormState<Values> {
  values: Values
  /** Messages by name of the field; '' holds what concerns the form as a whole. */
  errors: FieldErrors
  /** The same messages for the summary on top, in the order of the page. */
  summary: { path?: string; message: string }[]
  /** What in the text looks like data of clients, in words. */
  suspected: string[]
  /** Set where nobody is signed in (any more): the form then asks for it itself. */
  signIn: SignInState | null
  /** Organisations to choose from, where the form asks who may see it. */
  circle?: CircleChoices | null
  /** What others would see, where somebody asked for it. */
  preview?: EntryPreview | null
  /** What a form for something new knows of entries that are there already. */
  similar?: SimilarState
  /** What would betray who asks without a name, in words. */
  recognised?: string[]
  /** Set where somebody else saved a version meanwhile: what it says now. */
  current: { version: number; title: string; summary: string | null; body: string } | null
}
