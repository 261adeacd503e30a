import { ConclaveError } from "./errors.ts"
import type { Grant } from "./grant.ts"
import type { View } from "./items-view.ts"
import { assertJson } from "./json-value.ts"
import type { CallOptions, ReadOptions } from "./options.ts"
import { readAnswer, readList } from "./read-answer.ts"
import type { Reconnector } from "./reconnector.ts"
import type { Json } from "./session-core/outcomes.ts"
import type { SessionDriver } from "./session-driver.ts"
import { ViewFeed } from "./view-feed.ts"
import type { Entry as AnyEntry, Ops } from "./wire.gen.ts"

const TIMEOUT_MS = 5000

/** Something small under a key, and the revisions that made it and made it what it is. */
export type Entry<V = Json> = Omit<AnyEntry, "value"> & { readonly value: V }

/**
 * `ifRev`: only where the entry is of this revision, `0n` = only where there is none. `guard`: only while this grant
 * holds, decided by the cluster in the same step.
 */
export interface KvWriteOptions extends CallOptions {
  readonly ifRev?: bigint
  readonly guard?: Pick<Grant, "kind" | "name" | "token">
}

/**
 * Small state that applications share: values of at most 64 KiB of JSON under keys like names of locks. Linearizable.
 *
 * Writes are of the client's session, which is opened for them if need be: one whose answer was lost is asked for again
 * and applied once. When the session is lost in between, TIMEOUT says `outcome: "unknown"`.
 *
 * @example
 * const client = await connect()
 * const rev = await client.kv.put("config/limit", 5)
 * await client.kv.put("config/limit", 6, { ifRev: rev })
 * console.log((await client.kv.get<number>("config/limit"))?.value)
 * await client.kv.delete("config/limit")
 * await client.close()
 */
export interface Kv {
  /**
   * The entry under a key; null = there is none. `stale: true` reads what this host's agent knows, without a quorum.
   *
   * Throws NO_QUORUM.
   */
  get<V extends Json = Json>(key: string, o?: ReadOptions): Promise<Entry<V> | null>
  /**
   * Puts a value and resolves to its revision, for `ifRev`.
   *
   * Throws CONFLICT (`details.current` = the revision that is there, "0" = none), GRANT_LOST, NO_QUORUM, TIMEOUT,
   * INVALID_ARGUMENT for what is no JSON or over 64 KiB.
   */
  put(key: string, value: Json, o?: KvWriteOptions): Promise<bigint>
  /**
   * Deletes an entry; false = there was none.
   *
   * Throws CONFLICT, GRANT_LOST, NO_QUORUM, TIMEOUT.
   */
  delete(key: string, o?: KvWriteOptions): Promise<boolean>
  /**
   * Every entry whose key begins so, sorted by key, at one revision. `ageMs` says how old a stale one may be.
   *
   * Throws NO_QUORUM.
   */
  list<V extends Json = Json>(prefix: string, o?: ReadOptions): Promise<View<Entry<V>>>
  /**
   * Yields the entries whose keys begin so, then a view for each change, in order: none missing, none twice. A slow
   * reader gets merged ones, a very slow one `reset: true` and no `changes`, as does whoever comes back to history that
   * is gone. A deletion carries the last item. Ends when `signal` aborts or the loop is left.
   *
   * Throws CLOSED when the client is closed.
   */
  watch<V extends Json = Json>(
    prefix: string,
    o?: { readonly signal?: AbortSignal },
  ): AsyncIterableIterator<View<Entry<V>>>
}

type Request = <K extends "kv.get" | "kv.list">(op: K, input: Ops[K]["in"], o: CallOptions) => Promise<Ops[K]["out"]>

export class ClientKv implements Kv {
  readonly #driver: SessionDriver
  readonly #reconnector: Reconnector
  readonly #read: Request

  constructor(by: { readonly driver: SessionDriver; readonly reconnector: Reconnector; readonly read: Request }) {
    this.#driver = by.driver
    this.#reconnector = by.reconnector
    this.#read = by.read
  }

  async get<V extends Json = Json>(key: string, { stale, ...o }: ReadOptions = {}): Promise<Entry<V> | null> {
    try {
      const { rev: _, ageMs: __, ...entry } = await this.#read("kv.get", { key, ...staleOf(stale) }, o)
      // The value is the application's own: what it put there is what it reads.
      return entry as Entry<V>
    } catch (error) {
      if (ConclaveError.is(error, "NOT_FOUND")) return null
      throw error
    }
  }

  async put(key: string, value: Json, o: KvWriteOptions = {}): Promise<bigint> {
    assertJson("value", value)
    const { rev } = (await this.#write("kv.put", { key, value, ...conditions(o) }, o)) as Ops["kv.put"]["out"]
    return rev
  }

  async delete(key: string, o: KvWriteOptions = {}): Promise<boolean> {
    const { deleted } = (await this.#write("kv.delete", { key, ...conditions(o) }, o)) as Ops["kv.delete"]["out"]
    return deleted
  }

  async list<V extends Json = Json>(prefix: string, { stale, ...o }: ReadOptions = {}): Promise<View<Entry<V>>> {
    const { rev, items, ageMs = 0 } = await this.#read("kv.list", { prefix, ...staleOf(stale) }, o)
    return { rev, items: readList("kv.list", items, "key") as readonly Entry<V>[], changes: [], reset: false, ageMs }
  }

  watch<V extends Json = Json>(
    prefix: string,
    o: { readonly signal?: AbortSignal } = {},
  ): AsyncIterableIterator<View<Entry<V>>> {
    return new ViewFeed<Entry<V>>(this.#reconnector, { kind: "kv", prefix }, BY_KEY).iterate(o.signal)
  }

  async #write(
    op: "kv.put" | "kv.delete",
    input: Readonly<Record<string, unknown>>,
    o: KvWriteOptions,
  ): Promise<unknown> {
    const { timeoutMs = TIMEOUT_MS, signal } = o
    try {
      return readAnswer(op, await this.#driver.call(op, input, { timeoutMs, signal }))
    } catch (error) {
      throw ConclaveError.is(error, "SESSION_LOST") ? unanswered(op, error) : error
    }
  }
}

const BY_KEY = {
  keyOf: ({ key }: Entry): string => key,
  compare: (a: Entry, b: Entry): number => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0),
}

/** The session held nothing of the caller's: that its answers are gone with it is what matters. */
function unanswered(op: string, cause: ConclaveError): ConclaveError {
  const { outcome, details } = cause
  return new ConclaveError("TIMEOUT", `${op}: the session was lost before the answer`, { outcome, details, cause })
}

function conditions({ ifRev, guard }: KvWriteOptions): object {
  return {
    ...(ifRev === undefined ? {} : { ifRev }),
    ...(guard === undefined ? {} : { guard: { kind: guard.kind, name: guard.name, token: guard.token } }),
  }
}

function staleOf(stale: boolean | undefined): { readonly stale?: boolean } {
  return stale === undefined ? {} : { stale }
}
