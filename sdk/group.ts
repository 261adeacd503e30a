import { acquire, type HeldGrant, type Membership } from "./grant.ts"
import type { Holder } from "./holders.ts"
import type { ItemsOptions, View } from "./items-view.ts"
import { assertJson } from "./json-value.ts"
import type { CallOptions, ReadOptions } from "./options.ts"
import { readList } from "./read-answer.ts"
import type { Reconnector } from "./reconnector.ts"
import type { Json } from "./session-core/outcomes.ts"
import type { HoldRequest } from "./session-core/types.ts"
import type { SessionDriver } from "./session-driver.ts"
import { ViewFeed } from "./view-feed.ts"
import type { Ops } from "./wire.gen.ts"

/**
 * `id`: by which the group knows the member, default one that nobody else has; the newest of an id wins, so that an
 * application that was started again takes its place. `value` (at most 4 KiB of JSON): what others see of it. `ready`
 * (default true): whether they may count on it yet.
 */
export interface JoinOptions<V = Json> {
  readonly id?: string
  readonly value?: V
  readonly ready?: boolean
  readonly signal?: AbortSignal
}

/**
 * Who is there: a member is in the group as long as its session lives, at each revision, and every watcher sees the
 * same.
 */
export interface Group<V extends Json = Json> {
  /**
   * Joins at once, and resolves to the membership: `update` changes value, note or readiness, `release` leaves. A
   * member whose id somebody else joins under is lost with the reason `fenced`.
   *
   * Throws SESSION_LOST, RESOURCE_EXHAUSTED beyond 10,000 members.
   *
   * @example
   * const client = await connect()
   * const group = client.group("web")
   * const member = await group.join({ id: "web-1", value: { port: 8080 }, ready: false })
   * await member.update({ ready: true })
   * for (const { id, value, ready } of (await group.list()).items) console.log(id, value?.port, ready)
   * await member.release()
   * await client.close()
   */
  join(o?: JoinOptions<V>): Promise<Membership>
  /**
   * The members at one revision, sorted by id. `stale: true` reads what this host's agent knows, without a quorum.
   *
   * Throws NO_QUORUM.
   */
  list(o?: ReadOptions): Promise<View<Holder<V>>>
  /**
   * Yields the members, then a view for each change, in order: none missing, none twice, and the same for every
   * watcher. `reason` of a change says why it came: `joined`, `updated`, `fenced` (somebody joined under a live id), or
   * why the member went (`released`, `expired`, `session-lost`, `closed`, `revoked`). A slow reader gets merged views,
   * a very slow one `reset: true` and no `changes`, as does whoever comes back to history that is gone. Ends when
   * `signal` aborts or the loop is left.
   *
   * Throws CLOSED when the client is closed.
   */
  watch(o?: { readonly signal?: AbortSignal }): AsyncIterableIterator<View<Holder<V>>>
}

type Read = (input: Ops["hold.get"]["in"], o: CallOptions) => Promise<Ops["hold.get"]["out"]>

export class NamedGroup<V extends Json = Json> implements Group<V> {
  readonly #name: string
  readonly #driver: SessionDriver
  readonly #reconnector: Reconnector
  readonly #read: Read

  constructor(
    name: string,
    by: { readonly driver: SessionDriver; readonly reconnector: Reconnector; readonly read: Read },
  ) {
    this.#name = name
    this.#driver = by.driver
    this.#reconnector = by.reconnector
    this.#read = by.read
  }

  async join({ id, value, ready, ...wait }: JoinOptions<V> = {}): Promise<HeldGrant> {
    if (value !== undefined) assertJson("value", value)
    const request: HoldRequest = {
      kind: "group",
      name: this.#name,
      ...(id === undefined ? {} : { id }),
      ...(value === undefined ? {} : { value }),
      ...(ready === undefined ? {} : { ready }),
    }
    return await acquire(this.#driver, request, wait)
  }

  async list({ stale, ...call }: ReadOptions = {}): Promise<View<Holder<V>>> {
    const input = { kind: "group", name: this.#name, ...(stale === undefined ? {} : { stale }) }
    const { rev, holders, ageMs = 0 } = await this.#read(input, call)
    // The values are the application's own: what its members put there is what it reads.
    const items = [...(readList("hold.get", holders, "id") as readonly Holder<V>[])].sort(BY_ID.compare)
    return { rev, items, changes: [], reset: false, ageMs }
  }

  watch(o: { readonly signal?: AbortSignal } = {}): AsyncIterableIterator<View<Holder<V>>> {
    const input = { kind: "group", by: "holder", name: this.#name } as const
    return new ViewFeed<Holder<V>>(this.#reconnector, input, BY_ID).iterate(o.signal)
  }
}

const BY_ID: ItemsOptions<Holder<Json>> = {
  keyOf: ({ id = "" }) => id,
  compare: ({ id: a = "" }, { id: b = "" }) => (a < b ? -1 : a > b ? 1 : 0),
}
