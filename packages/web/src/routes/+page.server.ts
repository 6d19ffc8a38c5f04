import { HomeDocument } from '#lib/__generated__/graphql.ts'
import { api } from '#lib/server/api.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = async (event) => {
  const { problems, openProblems, solutions, organisations } = await api(event).query(HomeDocument)
  return {
    problems: problems.edges.map(({ node }) => node),
    solutions: solutions.edges.map(({ node }) => node),
    counts: {
      problems: problems.totalCount,
      openProblems: openProblems.totalCount,
      solutions: solutions.totalCount,
      organisations: organisations.totalCount,
    },
  }
}
