import { EmployeeDataDocument } from '#lib/__generated__/graphql.ts'
import { api } from '#lib/server/api.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = async (event) => {
  const { employeeData } = await api(event).query(EmployeeDataDocument)
  return { groups: employeeData }
}
