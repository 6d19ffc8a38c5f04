// TypeScript is linted by oxlint; ESLint does what oxlint cannot: Svelte templates and GraphQL.
export { default } from './tooling/src/eslint.ts'
