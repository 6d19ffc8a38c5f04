import { fileURLToPath } from 'node:url'

/** Absolute path of the built console, to be served under `/api/`. It exists once `build` has run. */
export const consoleFolder: string = fileURLToPath(new URL('../dist/', import.meta.url))
