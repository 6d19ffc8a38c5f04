// Before anything that could make a style.
import './strict-styles.ts'
// Sets how the editor finds its workers, so it comes before the editor itself.
import 'graphiql/setup-workers/vite'
import { createGraphiQLFetcher } from '@graphiql/toolkit'
import { GraphiQL } from 'graphiql'
import { createRoot } from 'react-dom/client'
import 'graphiql/style.css'
import './page.css'
import { starterHeaders, starterQuery } from './starter.ts'

/** Talks to the one endpoint of this address, as the person whose session the browser holds, if any. */
const fetcher = createGraphiQLFetcher({
  url: '/graphql',
  enableIncrementalDelivery: false,
  fetch: (url, options) => fetch(url, { ...options, credentials: 'same-origin' }),
})

const place = document.getElementById('console')
if (!place) throw new Error('index.html has no #console')

// Headers hold a token: the browser must not keep them after the page is closed.
createRoot(place).render(
  <GraphiQL
    fetcher={fetcher}
    defaultQuery={starterQuery}
    initialHeaders={starterHeaders}
    defaultEditorToolsVisibility="headers"
    isHeadersEditorEnabled
    shouldPersistHeaders={false}
    showPersistHeadersSettings={false}
  />,
)
