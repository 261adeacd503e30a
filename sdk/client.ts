/// <reference lib="esnext.disposable" preserve="true" />
import { basename } from "node:path"
import { type Connection, FRAME_BYTES_MAX } from "./connection.ts"
import { ConclaveError, closedError, invalidError, timeoutError } from "./errors.ts"
import { EventFeed } from "./event-feed.ts"
import { httpGet, queryOf } from "./http-get.ts"
import { MembersView, type View } from "./members-view.ts"
import { onAbort } from "./on-abort.ts"
import { Pull } from "./pull.ts"
import { Reconnector } from "./reconnector.ts"
import { socketPath } from "./socket-path.ts"
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

/**
 * A connection to the agent of this host that repairs itself. It keeps the process alive only while a call is pending.
 *
 * Every call may throw a `ConclaveError` with AGENT_UNAVAILABLE (no agent answered in time, or the connection broke before
 * the answer: see `outcome`), CLOSED, INVALID_ARGUMENT, PERMISSION_DENIED or RESOURCE_EXHAUSTED. When the `signal` of a call
 * aborts, the call throws the signal's own `reason`, untouched.
 */
export interface Client extends AsyncDisposable {
  /**
   * The members as the agent last told, sorted by name: a frozen list, the same one until something changes. The first call
   * waits for the agent, every later one answers from memory in microseconds. While the agent is away the last view stays.
   * Eventually consistent, never for safety.
   *
   * Throws AGENT_UNAVAILABLE when no agent has answered within `timeoutMs` (default 5000).
   */
  members(o?: CallOptions): Promise<readonly Member[]>
  /**
   * Yields the whole view first, then one for each change; a slow reader gets merged ones, a very slow one `reset: true`
   * and no `changes`. When the agent was away, it goes on with a whole view and `reset: true`. Ends when `signal` aborts or the
   * loop is left.
   *
   * Throws CLOSED when the client is closed.
   *
   * @example
   * const client = await connect()
   * for await (const { items, changes } of client.watchMembers()) {
   *   for (const { type, item } of changes) console.log(type, item.name, item.status)
   *   if (items.some(({ status }) => status === "dead")) break
   * }
   * await client.close()
   */
  watchMembers(o?: { readonly signal?: AbortSignal }): AsyncIterableIterator<View<Member>>
  /**
   * Yields what the agent's journal notes from now on, in order; `kind` is a pattern such as `member.*`. When the agent was
   * away, it goes on with what was noted since; what the journal has lost by then (10,000 events) shows as a gap in `seq`.
   * Ends when `signal` aborts or the loop is left.
   *
   * Throws CLOSED when the client is closed, INVALID_ARGUMENT for a pattern over 128 characters.
   *
   * @example
   * const client = await connect()
   * for await (const { kind, member } of client.events({ kind: "member.*" })) {
   *   console.log(kind, member)
   *   if (kind === "member.dead") break
   * }
   * await client.close()
   */
  events(o?: { readonly kind?: string; readonly signal?: AbortSignal }): AsyncIterableIterator<AgentEvent>
  /**
   * What the agent says of itself: readiness, counts of members, warnings. One round trip; over a broken connection it is
   * asked again within `timeoutMs` (default 5000).
   *
   * Throws AGENT_UNAVAILABLE when there is no agent, TIMEOUT when it does not answer.
   */
  status(o?: CallOptions): Promise<Status>
  /**
   * Resolves when the agent is ready to serve, also one that has yet to start. Waits for ever without `waitMs`; 0 asks once.
   *
   * Throws WAIT_TIMEOUT after `waitMs`.
   *
   * @example
   * const client = await connect()
   * await client.ready({ waitMs: 10_000 })
   * console.log((await client.status()).ready)
   * await client.close()
   */
  ready(o?: WaitOptions): Promise<void>
  /**
   * Any operation with one answer, typed; 64-bit numbers are `bigint`. Operations that change something are never repeated:
   * when the connection breaks before the answer they throw AGENT_UNAVAILABLE with `outcome: "unknown"`.
   *
   * Throws what the operation throws: NOT_FOUND, CONFLICT; PERMISSION_DENIED for one that needs the admin socket; TIMEOUT.
   *
   * @example
   * const client = await connect()
   * const { items } = await client.request("members.list", { status: "alive" })
   * console.log(items.map(({ name }) => name).join(" "))
   * await client.close()
   */
  request<K extends keyof Ops>(op: K, input: Ops[K]["in"], o?: CallOptions): Promise<Ops[K]["out"]>
  /** Ends every call and watch with CLOSED and lets the process go. `await using` does the same. */
  close(): Promise<void>
}

const TIMEOUT_MS = 5000
const READY_POLL_MS = 100
const ATTEMPT_MS = 1000
const APP_CHARS_MAX = 256
/** What a Unix socket's address holds; Node cuts a longer path off without a word. */
const PATH_BYTES_MAX = 107
const WATCH_RETRY_MS = 1000

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
  if (!(waitMs >= 0)) throw invalidError("waitMs", "waitMs is a number from 0")
  const app = (o.name ?? basename(process.argv[1] ?? "node")).slice(0, APP_CHARS_MAX)
  const path = o.socket ?? socketPath("application")
  const pathBytes = Buffer.byteLength(path)
  if (pathBytes === 0 || pathBytes > PATH_BYTES_MAX) {
    throw invalidError(
      "socket",
      `the path of a socket has 1 to ${PATH_BYTES_MAX} bytes, this one ${pathBytes}: ${path}`,
    )
  }
  const reconnector = new Reconnector(path, app)
  // One attempt has to end, too, when what is there never answers.
  const limits = { timeoutMs: waitMs === 0 ? ATTEMPT_MS : waitMs, signal: o.signal }
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
  /** Calls of `members` that wait for the first view. */
  readonly #loading: Set<{ readonly resolve: () => void; readonly reject: (error: Error) => void }> = new Set()
  #endWatch: (() => void) | undefined
  /** Why the agent gave no view. */
  #refusal: ConclaveError | undefined

  constructor(reconnector: Reconnector) {
    this.#reconnector = reconnector
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
        await new Promise((resolve) => setTimeout(resolve, READY_POLL_MS))
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
    return this.#reconnector.bounded(op, limits, async (signal, deadlineMs) => {
      if (STREAMS.has(op)) throw invalidError("op", `${op} is a stream: use watchMembers or events`)
      for (;;) {
        const connection = await this.#reconnector.until(deadlineMs, signal)
        try {
          return readAnswer(op, await connection.call(op, input)) as Ops[K]["out"]
        } catch (error) {
          if (isTooLarge(error) && Object.hasOwn(READ_PATHS, op))
            return readAnswer(op, await this.#large(op, input, signal)) as Ops[K]["out"]
          // Repeating a read changes nothing.
          const isRead = Object.hasOwn(READ_PATHS, op) || op === "ping"
          if (!isRead || !ConclaveError.is(error, "AGENT_UNAVAILABLE")) throw error
        }
      }
    })
  }

  /** A list of thousands does not fit a frame: it is asked for over HTTP, at the same socket. */
  #large(op: string, input: object, signal: AbortSignal): Promise<unknown> {
    const path = READ_PATHS[op] ?? ""
    return httpGet(this.#reconnector.path, `${path}${queryOf(input as Record<string, unknown>)}`, signal)
  }

  async close(): Promise<void> {
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
      setTimeout(() => connection.isOpen && this.#watchOver(connection), WATCH_RETRY_MS).unref()
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

const STREAMS: ReadonlySet<string> = new Set(["events", "watch"])

function isTooLarge(error: unknown): boolean {
  return ConclaveError.is(error, "RESOURCE_EXHAUSTED") && error.details["limit"] === FRAME_BYTES_MAX
}

function readAnswer(op: string, answer: unknown): unknown {
  try {
    return toBigints(answer, U64_SHAPES[op])
  } catch (cause) {
    throw new ConclaveError("INTERNAL", `the agent's answer to ${op} cannot be read`, { outcome: "unknown", cause })
  }
}
