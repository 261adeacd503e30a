import { ConclaveError } from "./errors.ts"
import { acquire, type GrantOptions, type HeldGrant, type Leadership } from "./grant.ts"
import { HolderFeed } from "./holder-feed.ts"
import type { Holder } from "./holders.ts"
import { assertJson } from "./json-value.ts"
import type { CallOptions, ReadOptions } from "./options.ts"
import { readList } from "./read-answer.ts"
import type { Reconnector } from "./reconnector.ts"
import type { Json } from "./session-core/outcomes.ts"
import type { HoldRequest } from "./session-core/types.ts"
import type { SessionDriver } from "./session-driver.ts"
import type { Ops } from "./wire.gen.ts"

/**
 * `value` (at most 4 KiB of JSON) is what observers see of the leader. A candidate of higher `priority` (default 0)
 * that has stood for 30 s makes the incumbent's `revoking` fire.
 */
export interface CampaignOptions<V = Json> extends GrantOptions {
  readonly value?: V
  readonly priority?: number
}

export interface Election<V extends Json = Json> {
  /**
   * Stands for election and resolves when elected: first come, first elected, by priority. As `lock` otherwise.
   *
   * Throws WAIT_TIMEOUT, SESSION_LOST.
   */
  campaign(o?: CampaignOptions<V>): Promise<Leadership>
  /**
   * Runs `fn` while leading, and resigns when it has settled. When the leadership is lost before that, its `signal`
   * aborts, and once `fn` has settled it stands again; what `fn` returned or threw by then does not count.
   *
   * Resolves or rejects with `fn`; throws WAIT_TIMEOUT as `campaign` does.
   */
  lead<T>(fn: (leadership: Leadership) => Promise<T>, o?: CampaignOptions<V>): Promise<T>
  /**
   * Who leads; null while nobody does.
   *
   * Throws NO_QUORUM.
   */
  leader(o?: ReadOptions): Promise<Holder<V> | null>
  /**
   * Yields who leads, then every change in order, a new value included; null = vacant. Goes on through reconnects and
   * lost history. Ends when `signal` aborts or the loop is left.
   *
   * Throws CLOSED when the client is closed.
   */
  observe(o?: { readonly signal?: AbortSignal }): AsyncIterableIterator<Holder<V> | null>
}

type Read = (input: Ops["hold.get"]["in"], o: CallOptions) => Promise<Ops["hold.get"]["out"]>

export class NamedElection<V extends Json = Json> implements Election<V> {
  readonly #name: string
  readonly #driver: SessionDriver
  readonly #reconnector: Reconnector
  readonly #read: Read

  constructor(
    name: string,
    by: {
      readonly driver: SessionDriver
      readonly reconnector: Reconnector
      readonly read: Read
    },
  ) {
    this.#name = name
    this.#driver = by.driver
    this.#reconnector = by.reconnector
    this.#read = by.read
  }

  async campaign(o: CampaignOptions<V> = {}): Promise<HeldGrant> {
    if (o.value !== undefined) assertJson("value", o.value)
    return await acquire(this.#driver, this.#request(o), o)
  }

  async lead<T>(fn: (leadership: Leadership) => Promise<T>, o: CampaignOptions<V> = {}): Promise<T> {
    for (;;) {
      const leadership = await this.#elected(o)
      if (leadership === undefined) continue
      let result: { readonly value: T } | { readonly error: unknown }
      try {
        result = { value: await fn(leadership) }
      } catch (error) {
        result = { error }
      }
      const wasLost = leadership.lossReason !== undefined
      await leadership[Symbol.asyncDispose]()
      if (wasLost) continue
      if ("error" in result) throw result.error
      return result.value
    }
  }

  async leader(o: ReadOptions = {}): Promise<Holder<V> | null> {
    const { stale, ...call } = o
    const input = { kind: "election", name: this.#name, ...(stale === undefined ? {} : { stale }) }
    const { holders } = await this.#read(input, call)
    // The value is the application's own: what its leaders put there is what it reads.
    return (readList("hold.get", holders, "id")[0] ?? null) as Holder<V> | null
  }

  observe(o: { readonly signal?: AbortSignal } = {}): AsyncIterableIterator<Holder<V> | null> {
    return new HolderFeed<V>(this.#reconnector, "election", this.#name).iterate(o.signal)
  }

  /** Undefined: the session was lost while it stood, and it is to stand again. */
  async #elected(o: CampaignOptions<V>): Promise<HeldGrant | undefined> {
    try {
      return await this.campaign(o)
    } catch (error) {
      if (ConclaveError.is(error, "SESSION_LOST") && o.waitMs === undefined) return undefined
      throw error
    }
  }

  #request({ value, priority, note, maxHoldMs }: CampaignOptions<V>): HoldRequest {
    return {
      kind: "election",
      name: this.#name,
      ...(value === undefined ? {} : { value }),
      ...(priority === undefined ? {} : { priority }),
      ...(note === undefined ? {} : { note }),
      ...(maxHoldMs === undefined ? {} : { maxHoldMs }),
    }
  }
}
