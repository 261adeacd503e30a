/// <reference lib="esnext.disposable" preserve="true" />
import { type BarrierOptions, barrier } from "./barrier.ts"
import type { Client } from "./client.ts"
import type { Connection } from "./connection.ts"
import { type Election, NamedElection } from "./election.ts"
import { ConclaveError, closedError, invalidError, timeoutError } from "./errors.ts"
import { EventFeed } from "./event-feed.ts"
import type { Lock } from "./grant.ts"
import { type Group, NamedGroup } from "./group.ts"
import type { GrantNamed } from "./hold-listeners.ts"
import { httpRead, isTooLarge } from "./http-read.ts"
import { ItemsView, type View } from "./items-view.ts"
import { ClientKv, type Kv } from "./kv.ts"
import { type LockOptions, lock, tryLock, withLock } from "./lock.ts"
import { MEMBERS } from "./member-order.ts"
import { onAbort } from "./on-abort.ts"
import type { CallOptions, WaitOptions } from "./options.ts"
import { Pull } from "./pull.ts"
import { readAnswer } from "./read-answer.ts"
import type { Reconnector } from "./reconnector.ts"
import { NamedSemaphore, type Semaphore } from "./semaphore.ts"
import { agentTimeoutMs } from "./session-core/call-timeout.ts"
import type { Json } from "./session-core/outcomes.ts"
import type { SessionDriver, SessionView } from "./session-driver.ts"
import { toBigints } from "./u64.ts"
import {
  type AgentEvent,
  type Member,
  type Ops,
  READ_PATHS,
  type Status,
  U64_SHAPES,
  type WatchLine,
} from "./wire.gen.ts"
import { NamedWork, type Work } from "./work.ts"

const TIMEOUT_MS = 5000
const READY_POLL_MS = 100
/** One attempt has to end, too, when what is there never answers. */
export const ATTEMPT_MS = 1000
const WATCH_RETRY_MS = 1000

export class AgentClient implements Client {
  readonly #reconnector: Reconnector
  readonly #driver: SessionDriver
  readonly #view: ItemsView<Member> = new ItemsView(MEMBERS)
  readonly kv: Kv
  /** Calls of `members` that wait for the first view. */
  readonly #loading: Set<{ readonly resolve: () => void; readonly reject: (error: Error) => void }> = new Set()
  #endWatch: (() => void) | undefined
  /** Why the agent gave no view. */
  #refusal: ConclaveError | undefined

  constructor(reconnector: Reconnector, driver: SessionDriver) {
    this.#reconnector = reconnector
    this.#driver = driver
    this.kv = new ClientKv({ driver, reconnector, read: (op, input, o) => this.request(op, input, o) })
  }

  get session(): SessionView {
    return this.#driver.session
  }

  watchSession(o: { readonly signal?: AbortSignal } = {}): AsyncIterableIterator<SessionView> {
    const reconnector = this.#reconnector
    let told: string | undefined
    const forget = [this.#driver.watch(() => pull.wake()), onAbort(reconnector.closing, () => pull.wake())]
    const pull = new Pull<SessionView>({
      take: () => {
        const view = this.#driver.session
        const words = `${view.id} ${view.state}`
        if (words === told || reconnector.isClosed) return undefined
        told = words
        return view
      },
      stop: () => {
        for (const each of forget) each()
      },
      failure: () => (reconnector.isClosed ? closedError() : undefined),
      hold: (by) => reconnector.hold(by),
      signal: o.signal,
    })
    return pull
  }

  lock(name: string | readonly string[], o: LockOptions = {}): Promise<Lock> {
    return lock(this.#driver, name, o)
  }

  tryLock(name: string | readonly string[], o: Omit<LockOptions, "waitMs"> = {}): Promise<Lock | null> {
    return tryLock(this.#driver, name, o)
  }

  withLock<T>(name: string | readonly string[], fn: (lock: Lock) => Promise<T>, o: LockOptions = {}): Promise<T> {
    return withLock(this.#driver, name, fn, o)
  }

  semaphore(name: string, { limit }: { readonly limit: number }): Semaphore {
    return new NamedSemaphore(name, limit, this.#driver)
  }

  group<V extends Json = Json>(name: string): Group<V> {
    return new NamedGroup<V>(name, {
      driver: this.#driver,
      reconnector: this.#reconnector,
      read: (input, call) => this.request("hold.get", input, call),
    })
  }

  async barrier(name: string, o: BarrierOptions): Promise<{ readonly generation: bigint; readonly index: number }> {
    const { generation, index } = await barrier(this.#driver, name, o)
    return { generation, index }
  }

  election<V extends Json = Json>(name: string): Election<V> {
    return new NamedElection<V>(name, {
      driver: this.#driver,
      reconnector: this.#reconnector,
      read: (input, call) => this.request("hold.get", input, call),
    })
  }

  work<P extends Json = Json>(name: string): Work<P> {
    return new NamedWork<P>(name, {
      driver: this.#driver,
      reconnector: this.#reconnector,
      read: (op, input, call) => this.request(op, input, call),
    })
  }

  async bind(processGroup: number, o: CallOptions = {}): Promise<void> {
    if (!Number.isSafeInteger(processGroup) || processGroup < 2)
      throw invalidError("processGroup", "a process group is a whole number from 2")
    await this.#driver.bind(processGroup, { timeoutMs: TIMEOUT_MS, ...o })
  }

  unbind(processGroup: number): void {
    this.#driver.unbind(processGroup)
  }

  async members(o: CallOptions = {}): Promise<readonly Member[]> {
    o.signal?.throwIfAborted()
    if (this.#reconnector.isClosed) throw closedError()
    if (this.#view.isLoaded) return this.#view.items()
    this.#watch()
    const limits = { timeoutMs: o.timeoutMs ?? TIMEOUT_MS, signal: o.signal }
    const loaded = (): Promise<void> => new Promise((resolve, reject) => this.#loading.add({ resolve, reject }))
    await this.#reconnector.bounded("members", limits, loaded)
    return this.#view.items()
  }

  watchMembers(o: { readonly signal?: AbortSignal } = {}): AsyncIterableIterator<View<Member>> {
    const reconnector = this.#reconnector
    let isFirst = true
    const reader = this.#view.addReader(() => pull.wake())
    const take = (): View<Member> | undefined => {
      if (reconnector.isClosed || !this.#view.isLoaded || (!isFirst && reader.changes.length === 0 && !reader.reset))
        return undefined
      const { changes, reset } = isFirst ? { changes: [], reset: false } : reader
      isFirst = false
      reader.changes = []
      reader.reset = false
      return { rev: this.#view.rev, items: this.#view.items(), changes, reset, ageMs: reconnector.ageMs }
    }
    const forget = onAbort(reconnector.closing, () => pull.wake())
    const pull = new Pull({
      take,
      stop: () => {
        this.#view.removeReader(reader)
        forget()
      },
      failure: () => (reconnector.isClosed ? closedError() : this.#view.isLoaded ? undefined : this.#refusal),
      hold: (by) => reconnector.hold(by),
      signal: o.signal,
    })
    this.#watch()
    return pull
  }

  events(o: { readonly kind?: string; readonly signal?: AbortSignal } = {}): AsyncIterableIterator<AgentEvent> {
    return new EventFeed(this.#reconnector, o.kind).iterate(o.signal)
  }

  status(o: CallOptions = {}): Promise<Status> {
    return this.request("status", {}, o)
  }

  async ready(o: WaitOptions = {}): Promise<void> {
    const waitMs = o.waitMs ?? Number.POSITIVE_INFINITY
    if (!(waitMs >= 0)) throw invalidError("waitMs", "waitMs is a number from 0")
    const limits = { timeoutMs: waitMs === 0 ? ATTEMPT_MS : waitMs, signal: o.signal }
    const work = async (signal: AbortSignal): Promise<void> => {
      for (;;) {
        try {
          if ((await this.request("status", {}, { signal })).ready) return
        } catch (error) {
          if (!ConclaveError.is(error) || !error.retryable || this.#reconnector.isClosed) throw error
        }
        if (waitMs === 0) throw timeoutError("ready", 0, true)
        await this.#reconnector.pause(READY_POLL_MS)
        signal.throwIfAborted()
      }
    }
    try {
      await this.#reconnector.bounded("ready", limits, work)
    } catch (error) {
      if (!ConclaveError.is(error, "TIMEOUT") && !ConclaveError.is(error, "AGENT_UNAVAILABLE")) throw error
      throw new ConclaveError("WAIT_TIMEOUT", `the agent was not ready within ${waitMs} ms`, {
        retryable: true,
        cause: error,
      })
    }
  }

  request<K extends keyof Ops>(op: K, input: Ops[K]["in"], o: CallOptions = {}): Promise<Ops[K]["out"]> {
    const limits = { timeoutMs: o.timeoutMs ?? TIMEOUT_MS, signal: o.signal }
    if (op === "barrier") return this.#arrive(input as Ops["barrier"]["in"], o.signal) as Promise<Ops[K]["out"]>
    if (ACTING.has(op)) return this.#act(op, input as GrantNamed, limits) as Promise<Ops[K]["out"]>
    return this.#reconnector.bounded(op, limits, async (signal, deadlineMs) => {
      if (STREAMS.has(op)) throw invalidError("op", `${op} is a stream: use watchMembers, events, lock or election`)
      for (;;) {
        const connection = await this.#reconnector.until(deadlineMs, signal)
        try {
          return readAnswer(
            op,
            await connection.call(op, input, agentTimeoutMs(deadlineMs - this.#reconnector.nowMs)),
          ) as Ops[K]["out"]
        } catch (error) {
          if (isTooLarge(op, error))
            return readAnswer(op, await httpRead(this.#reconnector, op, input, signal)) as Ops[K]["out"]
          // Repeating a read changes nothing.
          const isRead = Object.hasOwn(READ_PATHS, op) || op === "ping"
          if (!isRead || !ConclaveError.is(error, "AGENT_UNAVAILABLE")) throw error
        }
      }
    })
  }

  /** It bounds its own wait. */
  async #arrive({ name, parties, waitMs }: Ops["barrier"]["in"], signal: AbortSignal | undefined): Promise<unknown> {
    const o = { ...(waitMs === undefined ? {} : { waitMs }), ...(signal === undefined ? {} : { signal }) }
    return await barrier(this.#driver, name, { parties, ...o })
  }

  /** Numbered in the session, as the calls of a grant are. */
  async #act(op: string, input: GrantNamed, o: Parameters<SessionDriver["act"]>[2]): Promise<unknown> {
    return readAnswer(op, await this.#driver.act(op, input, o))
  }

  async close(): Promise<void> {
    await this.#driver.close()
    this.#reconnector.close()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close()
  }

  /** One subscription serves `members` and every watch. */
  #watch(): void {
    if (this.#endWatch !== undefined || this.#reconnector.isClosed) return
    this.#refusal = undefined
    this.#endWatch = this.#reconnector.subscribe((connection) => this.#watchOver(connection))
  }

  #watchOver(connection: Connection): void {
    this.#view.restart()
    const end = (error: ConclaveError | undefined): void => {
      // A lost connection is repaired; what the agent refuses is tried again while there is a view to keep.
      if (error === undefined || error.code === "AGENT_UNAVAILABLE") return
      if (!this.#view.isLoaded) return this.#refused(error)
      const again = (): void => void (connection.isOpen && this.#watchOver(connection))
      this.#reconnector.ports.timer(WATCH_RETRY_MS, again).keepAlive(false)
    }
    connection.stream("watch", { kind: "members" }, { event: (event) => this.#line(event), end })
  }

  #refused(error: ConclaveError): void {
    this.#endWatch?.()
    this.#endWatch = undefined
    this.#refusal = error
    for (const { reject } of this.#loading) reject(error)
    this.#loading.clear()
    this.#view.wake()
  }

  #line(event: unknown): void {
    this.#view.take(toBigints(event, U64_SHAPES["watch"]) as WatchLine)
    if (!this.#view.isLoaded) return
    for (const { resolve } of this.#loading) resolve()
    this.#loading.clear()
  }
}

/** What acts for a holder. */
const ACTING: ReadonlySet<string> = new Set([
  ...["hold.update", "hold.release", "hold.transfer"],
  ...["work.settle", "work.checkpoint"],
])
const STREAMS: ReadonlySet<string> = new Set(["events", "watch", "hold"])
