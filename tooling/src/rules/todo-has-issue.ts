import type { Rule } from '@oxlint/plugins'

/** What is left to do and names no issue is forgotten. */
export const todoHasIssue: Rule = {
  meta: {
    type: 'suggestion',
    messages: { issue: '`{{word}}` needs the number of its issue: `{{word}} #12: …`.' },
  },
  create(context) {
    return {
      Program() {
        for (const comment of context.sourceCode.getAllComments()) {
          const [, word] = /\b(TODO|FIXME|XXX|HACK)\b(?!.{0,3}#\d)/.exec(comment.value) ?? []
          if (word) context.report({ loc: comment.loc, messageId: 'issue', data: { word } })
        }
      },
    }
  },
}
