export * from './limits.ts'
export * from './vocabularies.ts'
