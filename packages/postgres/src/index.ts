export { StartError } from './start-error.ts'
export { findRunningPostgres, startPostgres } from './start.ts'
export type { Postgres, PostgresOptions } from './start.ts'
