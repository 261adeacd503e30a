import { ConclaveError, closedError, invalidError } from "./errors.ts"
import type { Assignment } from "./held-item.ts"
import type { View } from "./items-view.ts"
import { assertJson } from "./json-value.ts"
import type { CallOptions, ReadOptions } from "./options.ts"
import { readAnswer, readList } from "./read-answer.ts"
import type { Reconnector } from "./reconnector.ts"
import type { Json } from "./session-core/outcomes.ts"
import type { SessionDriver } from "./session-driver.ts"
import { ViewFeed } from "./view-feed.ts"
import type { WorkItem as AnyItem, WorkDecision as Decision, Ops } from "./wire.gen.ts"
import { isFinal, work } from "./worker.ts"

const TIMEOUT_MS = 5000

/** An item of work as the cluster has it; `payload` is what was put. */
export type WorkItem<P = Json> = Omit<AnyItem, "payload"> & { readonly payload: P }

/** What is absent stays as it is, and in a new pool is the default. */
export interface WorkConfig {
  /** Its items are `0` … `partitions − 1`; 0 = tasks that are put one by one. Default 0. */
  readonly partitions?: number
  /** How long a worker may take to hand an item back, at least the time to live of its session. Default 30,000. */
  readonly handoffTimeoutMs?: number
  /**
   * How long the items of a lost worker wait for one of the same `id`, at most the time to live of its session; 0 = not
   * at all. Default 30,000.
   */
  readonly restartGraceMs?: number
  /** What is spread evenly where workers are equally busy. Default `host`. */
  readonly spread?: "none" | "host" | "zone"
  /** A task that has failed so often is not tried again. Default 10. */
  readonly maxAttempts?: number
}

/**
 * `id`: under which it may come back, default one that nobody else has; the newest of an id wins. `capacity`: what its
 * items may weigh together, default without limit. `zone`, `tags`: what operators see, and what work is spread over.
 */
export interface RunOptions {
  readonly signal: AbortSignal
  readonly id?: string
  readonly capacity?: number
  readonly zone?: string
  readonly tags?: Readonly<Record<string, string>>
}

/** A pool of items shared out among workers: each item is one worker's at a time, under a token of its own. */
export interface Work<P extends Json = Json> {
  /**
   * Sets how the pool works and resolves to the revision of its settings. `ifRev`: only where this one made them, `0n`
   * = only where nobody has.
   *
   * Throws CONFLICT, NO_QUORUM, TIMEOUT.
   */
  configure(config: WorkConfig, o?: CallOptions & { readonly ifRev?: bigint }): Promise<bigint>
  /**
   * Puts a task, or replaces what an item that is there carries: payload (at most 64 KiB of JSON), weight (default 1),
   * and the id of the only worker that may have it. Whoever has it keeps it.
   *
   * Throws CONFLICT where the pool has partitions, RESOURCE_EXHAUSTED, NO_QUORUM, TIMEOUT.
   */
  put(
    item: string,
    o?: CallOptions & { readonly payload?: P; readonly weight?: number; readonly pin?: string },
  ): Promise<void>
  /** Removes a task, whoever has it; false = there was none. Throws CONFLICT for a partition, NO_QUORUM, TIMEOUT. */
  remove(item: string, o?: CallOptions): Promise<boolean>
  /** Tries a failed item again, and one that rests at once. Throws NOT_FOUND, NO_QUORUM, TIMEOUT. */
  retry(item: string, o?: CallOptions): Promise<void>
  /**
   * Works until `signal` aborts: calls `fn` for each item that it is given, several at once up to its capacity. Where
   * `fn` returns a task is done and a partition is handed back; where it throws the item is tried again later, a task
   * at most `maxAttempts` times. `assignment.revoking` aborts when the item is asked back: finish, and return; `signal`
   * when it is over, before anybody else can have it. An item that comes back is begun when nothing runs for it any
   * more: `fn` is never called for one item twice at once. After a lost session it joins again. An aborted `signal`
   * asks for all items back; it resolves when they are.
   *
   * Throws what a lock throws but for SESSION_LOST: INVALID_ARGUMENT, PERMISSION_DENIED, RESOURCE_EXHAUSTED, CLOSED;
   * and GRANT_LOST where it is not to come back by itself: `details.reason` is `fenced` when a newer worker has joined
   * under its id, `revoked` when an operator wants it to be none.
   *
   * @example
   * const client = await connect()
   * const mails = client.work<{ to: string }>("mails")
   * await mails.put("welcome/7", { payload: { to: "a@example.org" } })
   * const stop = new AbortController()
   * await mails.run(
   *   async ({ payload, token, signal }) => {
   *     console.log(payload.to, token > 0n, signal.aborted)
   *     stop.abort()
   *   },
   *   { signal: stop.signal },
   * )
   * await client.close()
   */
  run(fn: (assignment: Assignment<P>) => Promise<void>, o: RunOptions): Promise<void>
  /** Every item, sorted by name, at one revision; a task that is done is none any more. Throws NO_QUORUM. */
  items(o?: ReadOptions): Promise<View<WorkItem<P>>>
  /**
   * Yields the items, then a view for each change, in order, with its reason. A slow reader gets merged ones, a very
   * slow one `reset: true`. Ends when `signal` aborts or the loop is left.
   *
   * Throws CLOSED when the client is closed.
   */
  watch(o?: { readonly signal?: AbortSignal }): AsyncIterableIterator<View<WorkItem<P>>>
  /** Why an item is where it is: its last steps, the newest last. Throws NOT_FOUND, NO_QUORUM. */
  explain(item: string, o?: ReadOptions): Promise<readonly Decision[]>
}

type Request = <K extends "work.items" | "work.explain">(
  op: K,
  input: Ops[K]["in"],
  o: CallOptions,
) => Promise<Ops[K]["out"]>
type Write = "work.configure" | "work.put" | "work.remove" | "work.retry"

export class NamedWork<P extends Json = Json> implements Work<P> {
  readonly #name: string
  readonly #driver: SessionDriver
  readonly #reconnector: Reconnector
  readonly #read: Request

  constructor(
    name: string,
    by: { readonly driver: SessionDriver; readonly reconnector: Reconnector; readonly read: Request },
  ) {
    this.#name = name
    this.#driver = by.driver
    this.#reconnector = by.reconnector
    this.#read = by.read
  }

  async configure(
    config: WorkConfig,
    { ifRev, ...o }: CallOptions & { readonly ifRev?: bigint } = {},
  ): Promise<bigint> {
    const on = ifRev === undefined ? {} : { ifRev: String(ifRev) }
    return (await this.#write("work.configure", { ...config, ...on }, o)).rev
  }

  async put(
    item: string,
    {
      payload,
      weight,
      pin,
      ...o
    }: CallOptions & { readonly payload?: P; readonly weight?: number; readonly pin?: string } = {},
  ): Promise<void> {
    if (payload !== undefined) assertJson("payload", payload)
    const about = {
      ...(payload === undefined ? {} : { payload }),
      ...(weight === undefined ? {} : { weight }),
      ...(pin === undefined ? {} : { pin }),
    }
    await this.#write("work.put", { item, ...about }, o)
  }

  async remove(item: string, o: CallOptions = {}): Promise<boolean> {
    return (await this.#write("work.remove", { item }, o)).removed
  }

  async retry(item: string, o: CallOptions = {}): Promise<void> {
    await this.#write("work.retry", { item }, o)
  }

  async run(fn: (assignment: Assignment<P>) => Promise<void>, o: RunOptions): Promise<void> {
    const { signal, id, capacity, zone, tags } = o
    if (!(signal instanceof AbortSignal)) throw invalidError("signal", "run ends when its signal aborts: it needs one")
    const request = {
      kind: "work" as const,
      name: this.#name,
      ...(id === undefined ? {} : { id }),
      ...(capacity === undefined ? {} : { capacity }),
      ...(zone === undefined ? {} : { zone }),
      ...(tags === undefined ? {} : { tags: { ...tags } }),
    }
    while (!signal.aborted) {
      if (this.#driver.isClosed) throw closedError()
      const reason = await work<P>(this.#driver, request, { fn, signal })
      if (isFinal(reason) && !signal.aborted) throw notWantedError(this.#name, reason)
    }
  }

  async items({ stale, ...o }: ReadOptions = {}): Promise<View<WorkItem<P>>> {
    const { rev, items, ageMs = 0 } = await this.#read("work.items", { name: this.#name, ...staleOf(stale) }, o)
    return {
      rev,
      items: readList("work.items", items, "item") as readonly WorkItem<P>[],
      changes: [],
      reset: false,
      ageMs,
    }
  }

  watch(o: { readonly signal?: AbortSignal } = {}): AsyncIterableIterator<View<WorkItem<P>>> {
    const query = { kind: "items", name: this.#name }
    return new ViewFeed<WorkItem<P>>(this.#reconnector, query, byItem<P>()).iterate(o.signal)
  }

  async explain(item: string, { stale, ...o }: ReadOptions = {}): Promise<readonly Decision[]> {
    const { items } = await this.#read("work.explain", { name: this.#name, item, ...staleOf(stale) }, o)
    return readList("work.explain", items, "reason")
  }

  async #write<Op extends Write>(op: Op, input: object, o: CallOptions): Promise<Ops[Op]["out"]> {
    const { timeoutMs = TIMEOUT_MS, signal } = o
    try {
      const out = await this.#driver.call(op, { name: this.#name, ...input }, { timeoutMs, signal })
      return readAnswer(op, out) as Ops[Op]["out"]
    } catch (error) {
      if (!ConclaveError.is(error, "SESSION_LOST")) throw error
      // The session held nothing of the caller's: that its answers are gone with it is what matters.
      const { outcome, details } = error
      const message = `${op}: the session was lost before the answer`
      throw new ConclaveError("TIMEOUT", message, { outcome, details, cause: error })
    }
  }
}

/** Not `retryable`: that is for whoever knows why there were two, or why it was revoked. */
function notWantedError(name: string, reason: string): ConclaveError {
  const why = reason === "fenced" ? "a newer one has joined under its id" : "it was revoked"
  const hint = `conclave work show ${name}`
  return new ConclaveError("GRANT_LOST", `this worker of ${name} is none any more: ${why}`, {
    hint,
    details: { reason },
  })
}

function byItem<P>(): {
  readonly keyOf: (item: WorkItem<P>) => string
  readonly compare: (a: WorkItem<P>, b: WorkItem<P>) => number
} {
  return { keyOf: ({ item }) => item, compare: (a, b) => (a.item < b.item ? -1 : a.item > b.item ? 1 : 0) }
}

function staleOf(stale: boolean | undefined): { readonly stale?: boolean } {
  return stale === undefined ? {} : { stale }
}
