/** What the editor holds when somebody opens it for the first time. */
export const starterQuery = `# Willkommen! Ausführen mit Strg + Eingabe (auf dem Mac: Cmd + Eingabe).
# Alle Typen und Felder sind links unter dem Buch-Symbol beschrieben.

query Willkommen {
  # Wer fragt? Ohne Anmeldung und ohne Token: eine Besucherin.
  viewer {
    kind
    name
  }

  # Die neuesten Probleme, die andere beantworten können.
  problems(first: 3) {
    totalCount {
      value
      isExact
    }
    edges {
      node {
        id
        title
        status
        organisation {
          name
        }
        fieldsOfWork {
          code
          label
        }
      }
    }
  }

  # Eine Suche über Probleme, Lösungen und Organisationen.
  search(query: "Übergabe", first: 3) {
    edges {
      node {
        title
        reason
      }
    }
  }
}
`

/** JSON with comments, which the editor accepts. */
export const starterHeaders = `{
  // "Authorization": "Bearer nwd_…"
}
`
