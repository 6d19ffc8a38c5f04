import { MikroORM } from '@mikro-orm/postgresql'
import { databaseConfig } from '#database/mikro-orm.config.ts'
import { viewerSettings } from '#database/viewer-context.ts'
import { fromGlobalId } from '#lib/global-id.ts'
import { unitOfWork } from '#lib/unit-of-work.ts'
import { createAccessCard, createAccount } from '#modules/identity/card.service.ts'
import { person } from './viewers.ts'
import type { World } from './world.ts'

/** Issues cards in a world, as its services would for somebody who manages organisations. */
export class CardDesk {
  readonly #world: World
  readonly #orm: MikroORM
  readonly #ids = new Map<string, string>()

  private constructor(world: World, orm: MikroORM) {
    this.#world = world
    this.#orm = orm
  }

  static async open(world: World): Promise<CardDesk> {
    return new CardDesk(world, await MikroORM.init(databaseConfig(world.appUrl)))
  }

  close(): Promise<void> {
    return this.#orm.close()
  }

  /** Makes an organisation; its code names it here. */
  async organisation(code: string): Promise<void> {
    this.#ids.set(code, fromGlobalId(await this.#world.organisation(code))?.uuid ?? '')
  }

  /** UUID of an organisation. */
  idOf(code: string): string {
    return this.#ids.get(code) ?? ''
  }

  /** Makes an account without a user name, with a role in each organisation. */
  async colleague(displayName: string, ...codes: string[]): Promise<string> {
    const { em } = this.#manager('own')
    const accountId = await unitOfWork(em, (em) => createAccount(em, { displayName }))
    for (const code of codes)
      await this.#world.sql.query('insert into role_assignment values ($1, $2, $3)', [
        accountId,
        this.idOf(code),
        'PRACTITIONER',
      ])
    return accountId
  }

  /** Issues a card of an organisation, by somebody who manages these. */
  async issue(
    accountId: string,
    {
      organisation = 'own',
      managed = [organisation],
      endsEarlierDevices = false,
    }: { organisation?: string; managed?: string[]; endsEarlierDevices?: boolean } = {},
  ): Promise<{ code: string; expiresOn: string }> {
    const { em, viewer } = this.#manager(...managed)
    const organisationId = this.idOf(organisation)
    return unitOfWork(em, (em) =>
      createAccessCard(em, viewer, { accountId, organisationId, endsEarlierDevices }),
    )
  }

  #manager(...codes: string[]) {
    const ids = codes.map((code) => this.idOf(code))
    const viewer = {
      ...person(Object.fromEntries(ids.map((id) => [id, 'EDITOR' as const]))),
      actorId: crypto.randomUUID(),
      managedOrganisationIds: ids,
    }
    const em = this.#orm.em.fork()
    em.setSessionContext({ variables: viewerSettings(viewer) })
    return { em, viewer }
  }
}
