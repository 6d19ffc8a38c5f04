import type { FieldRules } from '#api/field-access/classes.ts'

/** Who sees the fields of `sdl/privacy.graphql`. */
export const privacyAccess = {
  'Query.employeeData': 'ANYBODY',
  'Query.myData': 'ANYBODY',
  'EmployeeDataGroup.code': 'AS_OBJECT',
  'EmployeeDataGroup.title': 'AS_OBJECT',
  'EmployeeDataGroup.readBy': 'AS_OBJECT',
  'EmployeeDataGroup.data': 'AS_OBJECT',
  'EmployeeDatum.name': 'AS_OBJECT',
  'EmployeeDatum.label': 'AS_OBJECT',
  'EmployeeDatum.purpose': 'AS_OBJECT',
  'EmployeeDatum.retention': 'AS_OBJECT',
  'EmployeeDatum.isFingerprint': 'AS_OBJECT',
  'MyDataSection.code': 'AS_OBJECT',
  'MyDataSection.title': 'AS_OBJECT',
  'MyDataSection.rows': 'AS_OBJECT',
  'MyDataRow.values': 'AS_OBJECT',
  'MyDataValue.name': 'AS_OBJECT',
  'MyDataValue.label': 'AS_OBJECT',
  'MyDataValue.value': 'AS_OBJECT',
  'MyDataValue.isFingerprint': 'AS_OBJECT',
  'Mutation.deleteAccount': 'PERSON',
  'DeleteAccountPayload.viewer': 'AS_OBJECT',
  'DeleteAccountPayload.userErrors': 'AS_OBJECT',
} as const satisfies FieldRules
