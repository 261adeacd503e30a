import { basename } from "node:path"
import { ConclaveError, closedError } from "./errors.ts"
import { EventFeed } from "./event-feed.ts"
import { MembersView, type View } from "./members-view.ts"
import { Pull } from "./pull.ts"
import { Reconnector } from "./reconnector.ts"
import { socketPath } from "./socket-path.ts"
import { toBigints } from "./u64.ts"
import { type AgentEvent, type Member, type Ops, type Status, U64_SHAPES, type WatchLine } from "./wire.gen.ts"

export interface ConnectOptions {
  /** Path of the agent's socket; default `CONCLAVE_SOCKET`, the user's runtime directory, then `/run/conclave`. */
  readonly socket?: string
  /** What this application is called where operators see it; default the name of its script. */
  readonly name?: string
  /** How long to wait for the agent, in ms; default 5000, 0 = one attempt. */
  readonly waitMs?: number
  readonly signal?: AbortSignal
}

/** One round trip. `timeoutMs` defaults to 5000. */
export interface CallOptions {
  readonly timeoutMs?: number
  readonly signal?: AbortSignal
}

/** May wait; without `waitMs` for ever. */
export interface WaitOptions {
  readonly waitMs?: number
  readonly signal?: AbortSignal
}

/** A connection to the agent of this host that repairs itself. */
export interface Client extends AsyncDisposable {
  /**
   * The members as the agent last told: from memory after the first call, eventually consistent, never for safety. While
   * the agent is away the last view stays. Throws AGENT_UNAVAILABLE when no agent has answered within `timeoutMs`.
   */
  members(o?: CallOptions): Promise<readonly Member[]>
  /**
   * Yields the whole view first and then one for each change; a slow reader gets merged ones. After a reconnect the next
   * view has `reset: true`. Ends when `signal` aborts; throws CLOSED when the client is closed.
   */
  watchMembers(o?: { readonly signal?: AbortSignal }): AsyncIterableIterator<View<Member>>
  /** Yields what the agent notes from now on; `kind` is a glob such as `member.*`. */
  events(o?: { readonly kind?: string; readonly signal?: AbortSignal }): AsyncIterableIterator<AgentEvent>
  /** Throws AGENT_UNAVAILABLE, TIMEOUT. */
  status(o?: CallOptions): Promise<Status>
  /** Resolves when the agent is ready to serve. Throws WAIT_TIMEOUT after `waitMs`. */
  ready(o?: WaitOptions): Promise<void>
  /** Any operation with one answer, typed. Reads are repeated over a broken connection, others are not. */
  request<K extends keyof Ops>(op: K, input: Ops[K]["in"], o?: CallOptions): Promise<Ops[K]["out"]>
  /** Ends every watch with CLOSED and lets the process go. */
  close(): Promise<void>
}

const TIMEOUT_MS = 5000
const READY_POLL_MS = 100
/** Repeating them changes nothing. */
const READS: ReadonlySet<string> = new Set(["status", "members.list", "members.get", "config.show", "ping"])

/**
 * Connects to the agent of this host and resolves when it has answered. A later loss of the connection is repaired in the
 * background: watches go on with a whole view first, calls wait within their own time limit.
 *
 * Throws AGENT_UNAVAILABLE when no agent answers within `waitMs`, PERMISSION_DENIED when the socket may not be
 * opened, UNIMPLEMENTED when the agent speaks another protocol.
 *
 * @example
 * const client = await connect()
 * for (const member of await client.members()) console.log(member.name, member.status)
 * await client.close()
 */
export async function connect(o: ConnectOptions = {}): Promise<Client> {
  const waitMs = o.waitMs ?? 5000
  if (!(waitMs >= 0))
    throw new ConclaveError("INVALID_ARGUMENT", "waitMs is a number from 0", { details: { field: "waitMs" } })
  const app = o.name ?? basename(process.argv[1] ?? "node")
  const reconnector = new Reconnector(o.socket ?? socketPath("application"), app)
  const limits = { timeoutMs: Math.max(waitMs, 1000), signal: o.signal }
  try {
    const deadline = performance.now() + waitMs
    await reconnector.bounded("hello", limits, (signal) => reconnector.until(deadline, signal))
  } catch (error) {
    reconnector.close()
    throw error
  }
  return new AgentClient(reconnector)
}

class AgentClient implements Client {
  readonly #reconnector: Reconnector
  readonly #view: MembersView = new MembersView()
  readonly #loaded: Set<() => void> = new Set()
  #isWatching = false

  constructor(reconnector: Reconnector) {
    this.#reconnector = reconnector
  }

  async members(o: CallOptions = {}): Promise<readonly Member[]> {
    if (this.#reconnector.isClosed) throw closedError()
    if (this.#view.isLoaded) return this.#view.items()
    this.#watch()
    const limits = { timeoutMs: o.timeoutMs ?? TIMEOUT_MS, signal: o.signal }
    await this.#reconnector.bounded("members", limits, () => new Promise<void>((resolve) => this.#loaded.add(resolve)))
    return this.#view.items()
  }

  watchMembers(o: { readonly signal?: AbortSignal } = {}): AsyncIterableIterator<View<Member>> {
    const reconnector = this.#reconnector
    let isFirst = true
    const reader = this.#view.addReader(() => pull.wake())
    const take = (): View<Member> | undefined => {
      if (!this.#view.isLoaded || (!isFirst && reader.changes.length === 0 && !reader.reset)) return undefined
      const { changes, reset } = isFirst ? { changes: [], reset: false } : reader
      isFirst = false
      reader.changes = []
      reader.reset = false
      return { rev: this.#view.rev, items: this.#view.items(), changes, reset, ageMs: reconnector.ageMs }
    }
    const closed = (): void => pull.wake()
    reconnector.closing.addEventListener("abort", closed, { once: true })
    const pull = new Pull({
      take,
      stop: () => {
        this.#view.removeReader(reader)
        reconnector.closing.removeEventListener("abort", closed)
      },
      failure: () => (reconnector.isClosed ? closedError() : undefined),
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
    const work = async (signal: AbortSignal): Promise<void> => {
      for (;;) {
        try {
          if ((await this.request("status", {}, { signal })).ready) return
        } catch (error) {
          if (!ConclaveError.is(error) || !error.retryable || this.#reconnector.isClosed) throw error
        }
        await new Promise((resolve) => setTimeout(resolve, READY_POLL_MS))
        signal.throwIfAborted()
      }
    }
    try {
      await this.#reconnector.bounded("ready", { timeoutMs: waitMs, signal: o.signal }, work)
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
    return this.#reconnector.bounded(op, limits, async (signal, deadlineMs) => {
      for (;;) {
        const connection = await this.#reconnector.until(deadlineMs, signal)
        try {
          return toBigints(await connection.call(op, input), U64_SHAPES[op]) as Ops[K]["out"]
        } catch (error) {
          if (!READS.has(op) || !ConclaveError.is(error, "AGENT_UNAVAILABLE")) throw error
        }
      }
    })
  }

  async close(): Promise<void> {
    this.#reconnector.close()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close()
  }

  /** One subscription serves `members` and every watch. */
  #watch(): void {
    if (this.#isWatching || this.#reconnector.isClosed) return
    this.#isWatching = true
    this.#reconnector.subscribe(
      (connection) => {
        this.#view.restart()
        connection.stream("watch", { kind: "members" }, { event: (event) => this.#line(event), end: () => {} })
      },
      () => {},
    )
  }

  #line(event: unknown): void {
    this.#view.take(toBigints(event, U64_SHAPES["watch"]) as WatchLine)
    if (!this.#view.isLoaded) return
    for (const loaded of this.#loaded) loaded()
    this.#loaded.clear()
  }
}
