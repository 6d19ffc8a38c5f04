import { defineEnvVars } from '@sveltejs/kit/env'

const optional = (value: string | undefined) => value?.trim() ?? ''

/** What the web reads from its environment. Texts about the operator may be missing. */
export const variables = defineEnvVars({
  API_URL: {
    schema: (value) => value?.trim() || 'http://localhost:3000/graphql',
    description: 'Where the API answers when it does not run in the same process (vite dev)',
  },
  OPERATOR_NAME: { schema: optional, description: 'Who runs this instance (legal notice)' },
  OPERATOR_ADDRESS: {
    schema: optional,
    description: 'Postal address of the operator; lines are separated by | or line ends',
  },
  OPERATOR_CONTACT: {
    schema: optional,
    description: 'How to reach the operator: an e-mail address or a telephone number',
  },
})
