import type { Client } from 'pg'

// Faults that somebody may make one day. Each is made alone; the matrix must turn red for every one.

/** A fault in the database: how it is made and taken back. */
export interface DatabaseFault {
  name: string
  /** The table whose rows it concerns. */
  table?: string
  /** It changes what the API shows of entries, so the channels of the API are asked first. */
  reads: boolean
  make: string
  undo: string
}

interface Policy {
  table: string
  name: string
  command: string
  permissive: string
  roles: string
  using: string | null
  check: string | null
}

const reads = (table: string, command: string) =>
  command === 'SELECT' && /^(problem|solution|answer)/.test(table)

/** Every row policy of the app's login, twice: dropped, and open to all. */
export async function policyFaults(sql: Client): Promise<DatabaseFault[]> {
  const { rows } = await sql.query<Policy>(
    `select tablename as table, policyname as name, cmd as command, permissive, array_to_string(roles, ', ') as roles, qual as using, with_check as check
     from pg_policies where schemaname = 'public' and policyname <> 'owner_all' order by 1, 2`,
  )
  return rows.flatMap(({ table, name, command, permissive, roles, using, check }) => {
    const policy = `policy "${name}" on "${table}"`
    const clauses = `${using ? ` using (${using})` : ''}${check ? ` with check (${check})` : ''}`
    const open = `${using ? ' using (true)' : ''}${check ? ' with check (true)' : ''}`
    return [
      {
        name: `${table}: policy ${name} dropped`,
        table,
        reads: reads(table, command),
        make: `drop ${policy}`,
        undo: `create ${policy} as ${permissive} for ${command} to ${roles}${clauses}`,
      },
      {
        name: `${table}: policy ${name} open to all`,
        table,
        reads: reads(table, command),
        make: `alter ${policy}${open}`,
        undo: `alter ${policy}${clauses}`,
      },
    ].filter(({ make }) => !(make.endsWith('open') && using === 'true'))
  })
}

/** A change of one word in what a policy, function or view says, and why it matters. */
const slips: {
  name: string
  of: 'policy' | 'function' | 'view'
  in: string
  from: RegExp
  to: string
}[] = [
  {
    name: 'entries in review show to others',
    of: 'policy',
    in: 'problem.read_visible',
    from: /state <> 'IN_REVIEW'(::text)?/,
    to: 'true',
  },
  {
    name: 'solutions in review show to others',
    of: 'policy',
    in: 'solution.read_visible',
    from: /state <> 'IN_REVIEW'(::text)?/,
    to: 'true',
  },
  {
    name: 'answers outlive their problem',
    of: 'policy',
    in: 'answer.read_visible',
    from: /state = 'PUBLISHED'(::text)?/,
    to: 'true',
  },
  {
    name: 'members’ entries show to visitors',
    of: 'policy',
    in: 'problem.read_visible',
    from: /= 'member'(::text)?/,
    to: 'is not null',
  },
  {
    name: 'members’ solutions show to visitors',
    of: 'policy',
    in: 'solution.read_visible',
    from: /= 'member'(::text)?/,
    to: 'is not null',
  },
  {
    name: 'former wordings show to whoever sees the entry',
    of: 'policy',
    in: 'problem_version.read_visible',
    from: /ELSE false/,
    to: 'ELSE true',
  },
  {
    name: 'former wordings of solutions show, too',
    of: 'policy',
    in: 'solution_version.read_visible',
    from: /ELSE false/,
    to: 'ELSE true',
  },
  {
    name: 'searches count as missed before that happened often',
    of: 'policy',
    in: 'missed_search.read_missed',
    from: /no_hit_count >= 3/,
    to: 'no_hit_count >= 2',
  },
  {
    name: 'searches count as missed although somebody opened a hit',
    of: 'policy',
    in: 'missed_search.read_missed',
    from: /opened_count = 0/,
    to: 'opened_count <= 1',
  },
  {
    name: 'who manages any organisation reads missed searches',
    of: 'policy',
    in: 'missed_search.read_missed',
    from: /AND \(organisation\.kind = ANY \([^)]*\)\)/,
    to: '',
  },
  {
    name: 'what is locked, withdrawn or in review is found',
    of: 'policy',
    in: 'search_entry.read_visible',
    from: /state = 'PUBLISHED'(::text)?/,
    to: 'true',
  },
  {
    name: 'visitors find what is for members',
    of: 'policy',
    in: 'search_entry.read_visible',
    from: /= 'member'(::text)?/,
    to: 'is not null',
  },
  {
    name: 'memberships that have ended still count',
    of: 'function',
    in: 'associations_of(uuid[])',
    from: /AND \(\(?(membership\.)?valid_until IS NULL\)? OR \(?(membership\.)?valid_until > CURRENT_DATE\)?\)/,
    to: '',
  },
  {
    name: 'memberships that have not begun count',
    of: 'function',
    in: 'associations_of(uuid[])',
    from: /\(?(membership\.)?valid_from <= CURRENT_DATE\)?/,
    to: 'true',
  },
  {
    name: 'sessions live on unused',
    of: 'function',
    in: 'find_session(bytea)',
    from: /\(?auth_session\.idle_expires_at > now\(\)\)?/,
    to: 'true',
  },
  {
    name: 'sessions outlive the role they were opened for',
    of: 'function',
    in: 'find_session(bytea)',
    from: /auth_session\.organisation_id = ANY \(assigned\.organisation_ids\)/,
    to: 'true',
  },
  {
    name: 'tokens never expire',
    of: 'function',
    in: 'find_api_token(bytea)',
    from: /\(?api_token\.expires_at > now\(\)\)?/,
    to: 'true',
  },
]

/** Slips of the pen in policies and functions. */
export async function slipFaults(sql: Client): Promise<DatabaseFault[]> {
  const faults: DatabaseFault[] = []
  for (const slip of slips) {
    const [table = '', name = ''] = slip.in.split('.')
    const { rows } = await sql.query<{ text: string }>(
      slip.of === 'policy'
        ? `select qual as text from pg_policies where tablename = $1 and policyname = $2`
        : `select pg_get_functiondef(($1 || $2)::regprocedure) as text`,
      slip.of === 'policy' ? [table, name] : [slip.in, ''],
    )
    const before = rows[0]?.text ?? ''
    const after = before.replace(slip.from, slip.to)
    // A slip that changes nothing would look as if the matrix had missed it, or not.
    if (after === before) throw new Error(`The slip “${slip.name}” finds nothing to change`)
    const wrap = (text: string) =>
      slip.of === 'policy' ? `alter policy "${name}" on "${table}" using (${text})` : text
    faults.push({
      name: slip.name,
      ...(slip.of === 'policy' && { table }),
      reads: true,
      make: wrap(after),
      undo: wrap(before),
    })
  }
  return faults
}

/** Triggers that copy what decides about a row, or count. */
export const triggers = [
  { table: 'problem', name: 'copy_visibility_to_answers' },
  { table: 'answer', name: 'copy_visibility_from_problem' },
  { table: 'answer', name: 'count_answer' },
  { table: 'same_here', name: 'count_same_here' },
  // What the search finds is a copy, too.
  { table: 'problem', name: 'file_changed_problem' },
  { table: 'solution', name: 'file_changed_solution' },
  { table: 'answer', name: 'file_changed_answer' },
]

/** Rules in the code of the product, each by the file and function that says it. */
export const codeFaults = {
  'modules/identity/viewer.ts': ['authorizeContributor', 'canContribute'],
  'modules/identity/authorize.ts': ['authorize'],
  'modules/entry/entry.policy.ts': ['canUpdateEntry', 'canWithdrawEntry', 'canReleaseEntry'],
  'modules/problem/problem.policy.ts': [
    'canAnswer',
    'canSaySameHere',
    'canAccept',
    'canLiftAnonymity',
    'canWithdrawAnswer',
  ],
  'modules/mediation/mediation.policy.ts': ['canWriteToMediator'],
  'modules/solution/solution.policy.ts': ['canUpdateSolution', 'canMakeSolution'],
}

/** Policies behind a trigger that refuses the same before them: two doors, of which one is enough. */
export const secondDoors = [
  'notice: policy insert_seen open to all',
  'notice_decision: policy insert_moderated dropped',
  'notice_decision: policy insert_moderated open to all',
  'notice_objection: policy insert_own dropped',
  'notice_objection: policy insert_own open to all',
]
