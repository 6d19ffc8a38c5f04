import { testRule } from './tester.ts'
import { todoHasIssue } from './todo-has-issue.ts'

const file = 'packages/api/src/server.ts'

testRule('todo-has-issue', todoHasIssue, {
  valid: [
    [file, '// TODO #12: later'],
    [file, '/* FIXME (#3) */'],
    [file, "const text = 'TODO'"],
  ],
  invalid: [
    [file, '// TODO later'],
    [file, '/** FIXME: see above */'],
  ],
})
