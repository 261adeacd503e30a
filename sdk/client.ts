/// <reference lib="esnext.disposable" preserve="true" />
import type { BarrierOptions } from "./barrier.ts"
import type { Election } from "./election.ts"
import type { Lock } from "./grant.ts"
import type { Group } from "./group.ts"
import type { View } from "./items-view.ts"
import type { Kv } from "./kv.ts"
import type { LockOptions } from "./lock.ts"
import type { CallOptions, WaitOptions } from "./options.ts"
import type { Semaphore } from "./semaphore.ts"
import type { Json } from "./session-core/outcomes.ts"
import type { SessionView } from "./session-driver.ts"
import type { AgentEvent, Member, Ops, Status } from "./wire.gen.ts"
import type { Work } from "./work.ts"

/**
 * A connection to the agent of this host that repairs itself. It keeps the process alive only while a call is pending.
 *
 * Every call may throw a `ConclaveError` with AGENT_UNAVAILABLE (no agent answered in time, or the connection broke
 * before the answer: see `outcome`), CLOSED, INVALID_ARGUMENT, PERMISSION_DENIED or RESOURCE_EXHAUSTED. When the
 * `signal` of a call aborts, the call throws the signal's own `reason`, untouched.
 */
export interface Client extends AsyncDisposable {
  /**
   * The session behind everything that this client holds: one, opened at the first need. A lost one is replaced at the
   * next call; what it held stays lost. Reads the clock.
   */
  readonly session: SessionView
  /** Yields the session as it is, then at each change of its state. Throws CLOSED when the client is closed. */
  watchSession(o?: { readonly signal?: AbortSignal }): AsyncIterableIterator<SessionView>
  /**
   * Waits for a lock, first come, first served: at most one exclusive holder in the cluster. Several names are granted
   * all at once or not at all, under one token. Waits through restarts of the agent and changes of the leader. Calls of
   * one client exclude each other like anybody's. An aborted `signal` rejects at once, and the request never becomes
   * ours.
   *
   * Throws WAIT_TIMEOUT after `waitMs`, SESSION_LOST when the session ended while waiting, DEADLOCK when asked for
   * inside the `withLock` body that holds it.
   *
   * @example
   * const client = await connect()
   * const lock = await client.lock("reports/daily", { waitMs: 30_000 })
   * try {
   *   console.log(lock.held, lock.token > 0n)
   * } finally {
   *   await lock.release()
   * }
   * await client.close()
   */
  lock(name: string | readonly string[], o?: LockOptions): Promise<Lock>
  /**
   * Takes a lock when it is free now; null = certainly not ours.
   *
   * Throws NO_QUORUM, TIMEOUT (`outcome: "unknown"`, and it is given back in the background), SESSION_LOST.
   */
  tryLock(name: string | readonly string[], o?: Omit<LockOptions, "waitMs">): Promise<Lock | null>
  /**
   * Runs `fn` under a lock and gives it back when `fn` has settled, never before. `fn` hears of a loss by
   * `lock.signal`.
   *
   * Throws what `lock` throws, what `fn` throws, and GRANT_LOST when the lock was lost before `fn` returned.
   */
  withLock<T>(name: string | readonly string[], fn: (lock: Lock) => Promise<T>, o?: LockOptions): Promise<T>
  /** Permits up to a limit, a whole number from 1. Costs nothing until used. */
  semaphore(name: string, o: { readonly limit: number }): Semaphore
  /**
   * Waits until as many have come as `parties` says: it opens for exactly so many, whose sessions all live, and then
   * waits for the next ones. All of them get the same `generation`, which no other opening ever has and which grows
   * with each, and each its `index`, from 0 in the order in which they came. Each call is a party, also of one client.
   * Who aborts, or whose session ends, is counted no more.
   *
   * Throws WAIT_TIMEOUT after `waitMs`, CONFLICT when those who wait there have another number of parties
   * (`details.current`), SESSION_LOST when the session ended while waiting: then it may have opened.
   *
   * @example
   * const client = await connect()
   * const [a, b] = await Promise.all([
   *   client.barrier("start", { parties: 2, waitMs: 60_000 }),
   *   client.barrier("start", { parties: 2, waitMs: 60_000 }),
   * ])
   * console.log(a.generation === b.generation, a.index + b.index)
   * await client.close()
   */
  barrier(name: string, o: BarrierOptions): Promise<{ readonly generation: bigint; readonly index: number }>
  /** Those who are there under this name. Costs nothing until used. */
  group<V extends Json = Json>(name: string): Group<V>
  /** One leader among those who stand under this name. Costs nothing until used. */
  election<V extends Json = Json>(name: string): Election<V>
  /** Small state under keys. Costs nothing until used. */
  readonly kv: Kv
  /** A pool of work, shared out among workers. Costs nothing until used. */
  work<P extends Json = Json>(name: string): Work<P>
  /**
   * Names a process group that acts for the session, a child's for example: when this process dies, what the session
   * holds is not given to others before that group is gone, too, or the time to live is over. Holds for this session,
   * through restarts of the agent, until `unbind`; at most 64 groups.
   *
   * Throws NO_QUORUM, TIMEOUT, SESSION_LOST.
   */
  bind(processGroup: number, o?: CallOptions): Promise<void>
  /** A process group that was named has ended. Who starts one after the other says so, as numbers are used again. */
  unbind(processGroup: number): void
  /**
   * The members as the agent last told, sorted by name: a frozen list, the same one until something changes. The first
   * call waits for the agent, every later one answers from memory in microseconds. While the agent is away the last
   * view stays. Eventually consistent, never for safety.
   *
   * Throws AGENT_UNAVAILABLE when no agent has answered within `timeoutMs` (default 5000).
   */
  members(o?: CallOptions): Promise<readonly Member[]>
  /**
   * Yields the whole view first, then one for each change; a slow reader gets merged ones, a very slow one `reset:
   * true` and no `changes`. When the agent was away, it goes on with a whole view and `reset: true`. Ends when `signal`
   * aborts or the loop is left.
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
   * Yields what the agent's journal notes from now on, in order; `kind` is a pattern such as `member.*`. When the agent
   * was away, it goes on with what was noted since; what the journal has lost by then (10,000 events) shows as a gap in
   * `seq`. Ends when `signal` aborts or the loop is left.
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
   * What the agent says of itself: readiness, counts of members, warnings. One round trip; over a broken connection it
   * is asked again within `timeoutMs` (default 5000).
   *
   * Throws AGENT_UNAVAILABLE when there is no agent, TIMEOUT when it does not answer.
   */
  status(o?: CallOptions): Promise<Status>
  /**
   * Resolves when the agent is ready to serve, also one that has yet to start. Waits for ever without `waitMs`; 0 asks
   * once.
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
   * Any operation with one answer, typed; 64-bit numbers are `bigint`. Operations that change something are never
   * repeated: when the connection breaks before the answer they throw AGENT_UNAVAILABLE with `outcome: "unknown"`.
   * Those that act for a holder (`hold.update`, `hold.release`, `hold.transfer`) are the same as the methods of the
   * grant: for grants of this client, applied at most once, and repeated under one number.
   *
   * Throws what the operation throws: NOT_FOUND, CONFLICT; PERMISSION_DENIED for one that needs the admin socket;
   * TIMEOUT.
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
