import type { Resolvers } from '#api/__generated__/resolvers.ts'
import { payload } from '#lib/payload.ts'
import { deleteAccount, listEmployeeData, listMyData } from '#modules/privacy/privacy.service.ts'

export const privacyResolvers: Resolvers = {
  Mutation: {
    deleteAccount: (_, { input }, context) =>
      payload(context, async () => ({ viewer: await deleteAccount(context, input.confirmed) })),
  },
  Query: {
    employeeData: (_, __, { language }) =>
      listEmployeeData().map(([code, { title, readBy, data }]) => ({
        code,
        title: title[language],
        readBy: readBy[language],
        data: Object.entries(data).map(([name, { label, purpose, retention, isFingerprint }]) => ({
          name,
          label: label[language],
          purpose: purpose[language],
          retention: retention[language],
          isFingerprint: isFingerprint ?? false,
        })),
      })),
    myData: async (_, __, context) =>
      (await listMyData(context)).map(({ code, title, labels, fingerprints, rows }) => ({
        code,
        title: title[context.language],
        rows: rows.map((row) => ({
          values: Object.entries(labels).map(([name, label]) => ({
            name,
            label: label[context.language],
            value: row[name] ?? null,
            isFingerprint: fingerprints.includes(name),
          })),
        })),
      })),
  },
}
