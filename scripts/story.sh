#!/usr/bin/env bash
# The main job, told by curl: a problem is posted, found by another organisation, answered and
# accepted, becomes a solution, and a visitor finds it for as long as it is public.
#
#   npm start                      in one terminal
#   bash scripts/story.sh          in another; BASE_URL names another address
#
# Needs bash, curl and any Node. ASKER_TOKEN and ANSWERER_TOKEN replace the tokens it makes.
set -euo pipefail
cd "$(dirname "$0")/.."

base=${BASE_URL:-http://localhost:3000}
asker=${ASKER_TOKEN:-$(npm run --silent token -- --organisation o-seelgrund --scopes read,write)}
answerer=${ANSWERER_TOKEN:-$(npm run --silent token -- --organisation o-hasselbruch --scopes read,write)}
visitor=''
# A word that occurs nowhere else, so that the search finds this story alone.
word=$(node -p 'Array.from(crypto.getRandomValues(new Uint8Array(10)), (b) => String.fromCharCode(97 + (b % 26))).join("")')

# graphql TOKEN QUERY VARIABLES PICK: sends one operation and prints what the expression PICK
# takes from `data`; ends the story on an error or a userError.
graphql() {
  local body headers=(--header 'content-type: application/json')
  [[ -n $1 ]] && headers+=(--header "authorization: Bearer $1")
  body=$(node -e 'const [query, variables] = process.argv.slice(1)
    console.log(JSON.stringify({ query, variables: JSON.parse(variables) }))' "$2" "$3")
  curl --silent --show-error "${headers[@]}" --data "$body" "$base/graphql" | node -e '
    let text = ""
    process.stdin.on("data", (part) => (text += part)).on("end", () => {
      const { data, errors } = JSON.parse(text)
      const mistakes = errors ?? Object.values(data).flatMap((field) => field?.userErrors ?? [])
      if (mistakes.length) { console.error(JSON.stringify(mistakes)); process.exit(1) }
      const picked = new Function("data", `return ${process.argv[1]}`)(data)
      console.log(typeof picked === "string" ? picked : JSON.stringify(picked))
    })' "$4"
}

check() { [[ $2 == "$3" ]] || { echo "✗ $1: expected $3, got $2" >&2; exit 1; }; echo "✓ $1"; }

search='query ($query: String!) { search(query: $query) { edges { node { entry { __typename ... on Node { id } } } } } }'
found() { graphql "$1" "$search" "{\"query\":\"$word\"}" 'data.search.edges.map((e) => e.node.entry.__typename).sort().join(" ") || "nothing"'; }

problem=$(graphql "$asker" 'mutation ($input: PostProblemInput!) {
    postProblem(input: $input) { problem { id } userErrors { code message path } }
  }' "{\"input\":{\"title\":\"Die Übergabe steht auf Zetteln ($word)\",\"fieldsOfWork\":[\"child-daycare\"],\"visibility\":\"ALL_MEMBERS\"}}" \
  'data.postProblem.problem.id')
echo "✓ Seelgrund posts a problem: $problem"

check 'Hasselbruch finds it' "$(found "$answerer")" 'Problem'
check 'a visitor does not: it is for members' "$(found "$visitor")" 'nothing'

answer=$(graphql "$answerer" 'mutation ($input: AnswerProblemInput!) {
    answerProblem(input: $input) { answer { id } userErrors { code message path } }
  }' "{\"input\":{\"problemId\":\"$problem\",\"type\":\"EXPERIENCE\",\"body\":\"Wir haben eine Seite mit fünf Fragen, die alle ausfüllen.\"}}" \
  'data.answerProblem.answer.id')
echo "✓ Hasselbruch answers: $answer"

draft=$(graphql "$asker" 'mutation ($input: AcceptAnswerInput!) {
    acceptAnswer(input: $input) {
      solutionDraft { answerId summary body fieldsOfWork { code } }
      userErrors { code message path }
    }
  }' "{\"input\":{\"answerId\":\"$answer\"}}" 'data.acceptAnswer.solutionDraft')
echo '✓ Seelgrund marks it as one that helped, and gets a draft'

input=$(node -e 'const { fieldsOfWork, ...draft } = JSON.parse(process.argv[1])
  const codes = fieldsOfWork.map(({ code }) => code)
  const title = `Fünf Fragen zur Übergabe (${process.argv[2]})`
  console.log(JSON.stringify({ input: {
    ...draft, title, fieldsOfWork: codes, kind: "TEMPLATE", visibility: "PUBLIC",
  } }))' "$draft" "$word")
solution=$(graphql "$asker" 'mutation ($input: PublishSolutionInput!) {
    publishSolution(input: $input) {
      solution { id creditedOrganisations { code } }
      userErrors { code message path }
    }
  }' "$input" 'data.publishSolution.solution.id')
echo "✓ It becomes a public solution: $solution"

check 'a visitor finds it' "$(found "$visitor")" 'Solution'

graphql "$asker" 'mutation ($input: UpdateSolutionInput!) {
    updateSolution(input: $input) { solution { id } userErrors { code message path } }
  }' "{\"input\":{\"id\":\"$solution\",\"visibility\":\"OWN_ORGANISATION\"}}" 'data' > /dev/null
echo '✓ Seelgrund keeps it to itself from now on'

check 'the visitor finds nothing any more' "$(found "$visitor")" 'nothing'
check 'and its id answers as if it did not exist' \
  "$(graphql "$visitor" 'query ($id: ID!) { node(id: $id) { id } }' "{\"id\":\"$solution\"}" 'data.node')" 'null'
