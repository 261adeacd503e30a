import { base32, type NodeId } from "@conclave/base"
import {
  type Acquire,
  type Applied,
  type Command,
  encodeCommand,
  Machine,
  planWork,
  type SessionId,
} from "@conclave/consensus"
import { HELD_BACK } from "@conclave/sdk/session-core/seqs"

/** How much of everything is in the state. */
export interface StateSize {
  readonly hosts: number
  readonly sessions: number
  /** What each session has asked before: a service that has run for a while. */
  readonly answersEach: number
  /** Each held, after so many others have held it and given it back. */
  readonly locks: number
  readonly pastHolders: number
  readonly groups: number
  readonly membersEach: number
  /** In pools, each item with a payload and a worker. */
  readonly pools: number
  readonly items: number
  readonly workersEach: number
}

const PAYLOAD = JSON.stringify({ bucket: "reports", object: "2026/11/29/part-00042.parquet", bytes: 104_857_600 })
const MEMBER_VALUE = JSON.stringify({ addr: "10.20.30.40:8080", version: "4.12.1" })
/** A time to live of five minutes: nothing expires while the state is filled. */
const TTL_MS = 300_000
const UNITS = 1_000

/** A machine at work, and the numbers that its sessions count their requests by. */
export class FilledState {
  readonly machine: Machine = new Machine()
  readonly size: StateSize
  readonly #ids: readonly SessionId[]
  readonly #indexes: ReadonlyMap<SessionId, number>
  readonly #seqs: number[]
  #index = 0

  constructor(size: StateSize) {
    this.size = size
    this.#ids = Array.from({ length: size.sessions }, (_, at) => numbered(1, at) as SessionId)
    this.#indexes = new Map(this.#ids.map((id, at) => [id, at]))
    this.#seqs = Array.from({ length: size.sessions }, () => 0)
    this.#fill()
  }

  /** The next request of a session, as the SDK numbers those of one that has held something for long. */
  request(session: number): { readonly session: SessionId; readonly seq: number; readonly floor: number } {
    const seq = (this.#seqs[session] ?? 0) + 1
    this.#seqs[session] = seq
    return { session: this.session(session), seq, floor: Math.max(0, seq + 1 - HELD_BACK) }
  }

  session(at: number): SessionId {
    return this.#ids[at] as SessionId
  }

  indexOf(session: SessionId): number {
    return this.#indexes.get(session) as number
  }

  acquire(session: number, hold: Acquire["hold"], name: string, more: Partial<Acquire> = {}): Acquire {
    return { kind: "acquire", ...this.request(session), hold, names: [name], ...PLAIN, ...more }
  }

  /** Applies what is encoded already, and gives what came of it. */
  apply(data: Uint8Array): Extract<Applied, { kind: "applied" }> {
    this.machine.begin({ index: ++this.#index, stampMs: 1, data })
    let applied = this.machine.step(UNITS)
    while (applied === undefined) applied = this.machine.step(UNITS)
    if (applied.kind === "stopped") throw new Error(`entry ${this.#index} stops the machine: ${applied.reason}`)
    return applied
  }

  #do(command: Command): number {
    const { result } = this.apply(encodeCommand(command))
    if (result?.kind === "refused") throw new Error(`${command.kind} is refused: ${JSON.stringify(result.refusal)}`)
    return result?.kind === "granted" ? result.token : 0
  }

  #fill(): void {
    const { hosts, sessions, locks, pastHolders, groups, membersEach } = this.size
    this.#do({ kind: "found", clusterId: "bench", wallMs: 1 })
    for (let at = 0; at < sessions; at++) this.#do(openOf(this.session(at), at, hosts))
    for (let at = 0; at < sessions; at++) this.#ask(at)
    for (let lock = 0; lock < locks; lock++) {
      for (let past = 0; past < pastHolders; past++) this.#holdAndRelease((lock + past + 1) % sessions, lockName(lock))
      this.#do(this.acquire(lock % sessions, "lock", lockName(lock)))
    }
    for (let at = 0; at < groups * membersEach; at++) {
      this.#do(this.acquire(at % sessions, "group", `group/${at % groups}`, { value: MEMBER_VALUE }))
    }
    this.#fillPools()
  }

  #holdAndRelease(session: number, name: string): void {
    const token = this.#do(this.acquire(session, "lock", name)) as never
    this.#do({ kind: "release", ...this.request(session), token })
  }

  /** Of five answers two are of a lock that was taken and given back, the others of writes. */
  #ask(session: number): void {
    const put = {
      kind: "kvPut",
      key: `asked/${session % 100}`,
      value: "1",
      ifRev: undefined,
      guard: undefined,
    } as const
    for (let answers = 0; answers < this.size.answersEach; answers++) {
      if (answers % 5 > 0) this.#do({ ...put, request: this.request(session) })
      else {
        this.#holdAndRelease(session, `asked/${session % 100}`)
        answers++
      }
    }
  }

  #fillPools(): void {
    const { pools, items, workersEach, sessions } = this.size
    for (let at = 0; at < items; at++) {
      const about = { payload: PAYLOAD, weight: 1, pin: undefined }
      this.#do({ kind: "workPut", request: undefined, pool: poolName(at % pools), item: `item/${at}`, ...about })
    }
    for (let pool = 0; pool < pools; pool++) {
      for (let at = 0; at < workersEach; at++) {
        this.#do(this.acquire((pool * workersEach + at) % sessions, "work", poolName(pool), { id: `worker-${at}` }))
      }
      for (let moves = this.#plan(pool); moves > 0; moves = this.#plan(pool));
    }
  }

  #plan(at: number): number {
    const pool = poolName(at)
    const view = this.machine.planView(pool)
    const moves = view === undefined ? [] : planWork(view)
    if (moves.length > 0) this.#do({ kind: "workAssign", pool, moves })
    return moves.length
  }
}

export function hostId(at: number): NodeId {
  return numbered(2, at) as NodeId
}

export function lockName(at: number): string {
  return `jobs/reports/${at}`
}

export function poolName(at: number): string {
  return `pool/${at}`
}

/** Ids are of random bytes; what counts is that their first ones differ. */
function numbered(kind: number, at: number): string {
  const bytes = new Uint8Array(16).fill(kind)
  new DataView(bytes.buffer).setUint32(0, Math.imul(at + 1, 0x9e3779b1))
  return base32(bytes)
}

function openOf(session: SessionId, at: number, hosts: number): Command {
  return {
    kind: "open",
    session,
    secretHash: new Uint8Array(32).fill(at % 251),
    host: hostId(at % hosts),
    boot: 1,
    attachment: at + 1,
    ttlMs: TTL_MS,
    liveness: "heartbeat",
    member: `host-${at % hosts}`,
    app: "worker",
    pid: 1_000 + at,
  }
}

const PLAIN: Omit<Acquire, "kind" | "session" | "seq" | "floor" | "hold" | "names"> = {
  mode: "exclusive",
  waitMs: undefined,
  priority: 0,
  maxHoldMs: undefined,
  lockDelayMs: 0,
  note: undefined,
  value: undefined,
  limit: undefined,
  weight: undefined,
  id: undefined,
  ready: undefined,
  worker: undefined,
}
