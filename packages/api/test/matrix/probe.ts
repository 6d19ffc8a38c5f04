import type { World } from '#test/world.ts'
import { canary, type Thing } from './objects.ts'
import {
  moderatedParts,
  type ViewerName,
  type ViewerRow,
  viewerTable,
  visibleParts,
} from './oracle.ts'

/** Something that a viewer saw and may not, or may see and did not. */
export interface Finding {
  viewer: string
  channel: string
  what: string
  request: string
}

/** What came back: the text as it went over the wire, and what it says. */
export interface Answer {
  status: number
  text: string
  data: Record<string, unknown> | null
  codes: unknown[]
}

/** Objects of a world by all that an answer may show of them. */
export class Register {
  readonly things: readonly Thing[]
  readonly byId: ReadonlyMap<string, Thing>
  readonly #byNumber: ReadonlyMap<number, Thing>
  readonly #byUuid: ReadonlyMap<string, Thing>

  constructor(things: readonly Thing[]) {
    this.things = things
    this.byId = new Map(things.map((thing) => [thing.id, thing]))
    this.#byNumber = new Map(things.map((thing) => [thing.number, thing]))
    this.#byUuid = new Map(things.map((thing) => [thing.uuid, thing]))
  }

  /** Which parts of which objects stand in a text; an internal id is a part that nobody may see. */
  shownIn(text: string): Map<Thing, Set<string>> {
    const shown = new Map<Thing, Set<string>>()
    const add = (thing: Thing | undefined, part: string) => {
      if (thing) shown.set(thing, (shown.get(thing) ?? new Set()).add(part))
    }
    for (const [, number, part] of text.matchAll(/canary(\d{4})([a-z])/g))
      add(this.#byNumber.get(Number(number)), part!)
    for (const [, id] of text.matchAll(/"([\w-]{23})"/g)) add(this.byId.get(id!), 'i')
    for (const [uuid] of text.matchAll(/[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}/g))
      add(this.#byUuid.get(uuid), 'internal id')
    return shown
  }
}

/** One viewer at work: asks, and compares all that comes back with the oracle. */
export class Probe {
  readonly name: ViewerName
  readonly row: ViewerRow
  readonly world: World
  readonly register: Register
  readonly findings: Finding[] = []
  readonly headers: Record<string, string>
  readonly #channels = new Set<string>()

  constructor(world: World, register: Register, name: ViewerName, headers: Record<string, string>) {
    this.world = world
    this.register = register
    this.name = name
    this.row = viewerTable[name]
    this.headers = headers
  }

  /** Cells looked at: each object in each channel. */
  get cells(): number {
    return this.#channels.size * this.register.things.length
  }

  /** Whether the viewer may see a part of an object. */
  sees(thing: Thing, part = 'i'): boolean {
    return visibleParts(this.row, thing).includes(part)
  }

  /** Asks through the public door. Whatever comes back may show nothing that the viewer may not see. */
  async ask(channel: string, query: string, variables: object = {}): Promise<Answer> {
    const { statusCode: status, payload: text } = await this.world.api.app.inject({
      method: 'POST',
      url: '/graphql',
      headers: this.headers,
      payload: { query, variables },
    })
    this.#channels.add(channel)
    for (const [thing, parts] of this.register.shownIn(text))
      for (const part of parts)
        if (!visibleParts(this.row, thing).includes(part) && !this.#isCase(channel, thing, part))
          this.report(channel, `shows ${part} of ${nameOf(thing)}`, query, variables)
    const body = JSON.parse(text) as {
      data?: Answer['data']
      errors?: { extensions: { code: unknown } }[]
    }
    const codes = (body.errors ?? []).map(({ extensions }) => extensions.code)
    if (codes.includes('INTERNAL')) this.report(channel, 'breaks', query, variables)
    if (this.row.refused && (status !== 401 || body.data))
      this.report(channel, `answers ${status} to a token that is not valid`, query, variables)
    return { status, text, data: body.data ?? null, codes }
  }

  #isCase(channel: string, thing: Thing, part: string): boolean {
    return channel.startsWith('Query.notices') && moderatedParts(this.row, thing).includes(part)
  }

  /** Compares objects that came with those that should have; too many are found by `ask` already. */
  expectThings(
    channel: string,
    request: string,
    came: Iterable<Thing>,
    wanted: Iterable<Thing>,
  ): void {
    const [got, due] = [new Set(came), new Set(wanted)]
    for (const thing of due)
      if (!got.has(thing)) this.report(channel, `hides ${nameOf(thing)}`, request)
    for (const thing of got)
      if (!due.has(thing)) this.report(channel, `lists ${nameOf(thing)}`, request)
  }

  /** Compares two values that must be equal. */
  expectEqual(channel: string, request: string, got: unknown, wanted: unknown): void {
    if (JSON.stringify(got) === JSON.stringify(wanted)) return
    this.report(
      channel,
      `says ${JSON.stringify(got)} instead of ${JSON.stringify(wanted)}`,
      request,
    )
  }

  report(channel: string, what: string, request: string, variables: object = {}): void {
    this.findings.push({
      viewer: this.name,
      channel,
      what,
      request: `${request} ${JSON.stringify(variables)}`.slice(0, 2_000),
    })
  }
}

/** An object in words, as a line of the oracle: its kind, tier, state and owner. */
export function nameOf(thing: Thing): string {
  const { kind, tier, state, owner } = thing
  return `${kind} ${tier} ${state} of the ${owner} (${canary(thing, '')})`
}
