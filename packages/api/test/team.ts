import { fromGlobalId } from '#lib/global-id.ts'
import type { Role } from '#modules/identity/role-assignment.entity.ts'
import { SignInDocument, TeamDocument, type TeamFilter } from './__generated__/operations.ts'
import { Caller, type World } from './world.ts'

/** The people of an organisation, for tests of what is done to them. */
export class Team {
  readonly world: World
  readonly code: string
  /** Opaque id of the organisation. */
  readonly id: string
  readonly executive: Caller

  constructor(world: World, code: string, id: string, executive: Caller) {
    this.world = world
    this.code = code
    this.id = id
    this.executive = executive
  }

  /** UUID of the organisation. */
  get uuid(): string {
    return fromGlobalId(this.id)?.uuid ?? ''
  }

  /** Adds somebody with a user name and a password. */
  async add(userName: string, role: Role, elsewhere: Record<string, Role> = {}): Promise<Caller> {
    return signInAs(this.world, userName, { [this.code]: role, ...elsewhere })
  }

  /** The members as somebody sees them; null for whoever does not manage the organisation. */
  async members(caller: Caller = this.executive, filter: TeamFilter | null = null) {
    const variables = { organisationId: this.id, filter, first: 100 }
    const { team } = await caller.run(TeamDocument, variables)
    return team?.edges.map(({ node }) => node) ?? null
  }

  /** The member with this name. */
  async member(name: string) {
    const found = (await this.members())?.find((each) => each.name === name)
    if (!found) throw new Error(`${name} is not in ${this.code}`)
    return found
  }

  /** Gives a member a device with a PIN, as redeeming a card would; gives the id of the binding. */
  async bindDevice(name: string): Promise<void> {
    await this.world.sql.query(
      `with device as (insert into device (token_hash) values (sha256($1::text::bytea)) returning id)
       insert into device_binding (device_id, account_id, organisation_id, pin_hash)
       select device.id, account.id, $2, 'x' from device, account
       where coalesce(display_name, user_name) = $3`,
      [crypto.randomUUID(), this.uuid, name],
    )
  }
}

/** An organisation with an executive. */
export async function createTeam(world: World, code: string): Promise<Team> {
  const id = await world.organisation(code)
  return new Team(world, code, id, await signInAs(world, `chef-${code}`, { [code]: 'EXECUTIVE' }))
}

async function signInAs(
  world: World,
  userName: string,
  roles: Record<string, Role>,
): Promise<Caller> {
  const { password } = await world.account(userName, roles)
  const { signIn } = await world.visitor.run(SignInDocument, { input: { userName, password } })
  return new Caller(world.api, { cookie: `session=${signIn.sessionToken}` })
}
