import { limits } from '@netzwerkdiakonie/schema'
import type { PublishSolutionInput, UpdateSolutionInput } from '#api/__generated__/resolvers.ts'
import type { InputCheck } from '#modules/entry/input.ts'
import type { Solution } from '#modules/solution/solution.entity.ts'
import { sizeOf } from '#modules/solution/solution.repository.ts'

/** What an input says of a solution, checked; what an update leaves out stays as it was. */
export type SolutionContent = Pick<
  Solution,
  | 'title'
  | 'summary'
  | 'body'
  | 'kind'
  | 'fieldsOfWork'
  | 'competences'
  | 'toolCategories'
  | 'minSize'
  | 'worksWithoutItDepartment'
  | 'effort'
  | 'costBand'
  | 'licence'
>

/** Checks all fields and collects every fault; the caller decides when to throw them. */
export function checkSolution(
  check: InputCheck,
  input: PublishSolutionInput | UpdateSolutionInput,
  before?: Solution,
): SolutionContent {
  const title = check.text('title', input.title ?? before?.title, {
    max: limits.title,
    required: true,
  })
  const summary = check.text('summary', input.summary ?? before?.summary, {
    max: limits.summary,
    required: true,
  })
  const body = check.text('body', input.body ?? before?.body, { max: limits.solutionBody })
  check.clientData(
    { title, summary, body },
    input.confirmedNoClientData,
    before && { title: before.title, summary: before.summary, body: before.body },
  )
  return {
    title,
    summary,
    body,
    kind: input.kind ?? before?.kind ?? 'PROCESS',
    fieldsOfWork: check.codes(
      'fieldsOfWork',
      'fieldsOfWork',
      input.fieldsOfWork ?? before?.fieldsOfWork,
      {
        max: limits.fieldsOfWork,
        required: true,
      },
    ),
    competences: check.codes(
      'competences',
      'competences',
      input.competences ?? before?.competences,
      {
        max: limits.competences,
      },
    ),
    toolCategories: check.codes(
      'toolCategories',
      'toolCategories',
      input.toolCategories ?? before?.toolCategories,
      { max: limits.toolCategories },
    ),
    minSize: minSize(check, input.minSizeClass, before?.minSize),
    worksWithoutItDepartment: kept(
      input.worksWithoutItDepartment,
      before?.worksWithoutItDepartment,
    ),
    effort: kept(input.effort, before?.effort),
    costBand: kept(input.costBand, before?.costBand),
    licence: check.licence('licence', input.licence ?? before?.licence ?? 'CC-BY-4.0'),
  }
}

/** An explicit null clears a value, leaving it out keeps it. */
function kept<Value>(
  given: Value | null | undefined,
  before: Value | null | undefined,
): Value | null {
  return given === undefined ? (before ?? null) : given
}

function minSize(
  check: InputCheck,
  code: string | null | undefined,
  before: number | null | undefined,
): number | null {
  if (code === undefined) return before ?? null
  if (code === null) return null
  const size = sizeOf(code)
  if (size < 0) check.fault('minSizeClass', { code: 'UNKNOWN_CODE', words: { value: code } })
  return size
}
