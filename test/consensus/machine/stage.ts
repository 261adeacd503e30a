import { base32, type NodeId } from "@conclave/base"
import {
  type Acquire,
  type Applied,
  type Command,
  type CommandResult,
  encodeCommand,
  type HoldKind,
  Machine,
  type MachineLimits,
  NO_TERMS,
  type SessionId,
  type Token,
} from "@conclave/consensus"
import { MACHINE_LIMITS } from "@conclave/consensus/machine/limits"

export const TTL_MS = 10_000
export const FOUNDED_WALL_MS = 1_700_000_000_000
export const CLUSTER = "a-cluster"

export type Done = Extract<Applied, { kind: "applied" }>
type Fields<C> = Partial<Omit<C, "kind" | "session">>

export function hostId(number: number): NodeId {
  return idOf(1, number) as string as NodeId
}

export function sessionId(number: number): SessionId {
  return idOf(2, number) as string as SessionId
}

export function secretOf(session: SessionId): Uint8Array {
  return new Uint8Array(32).fill(session.charCodeAt(25))
}

function idOf(kind: number, number: number): string {
  const bytes = new Uint8Array(16).fill(kind)
  new DataView(bytes.buffer).setUint32(12, number)
  return base32(bytes)
}

/** A founded machine, one entry after another; after each one all that must hold is looked at. */
export class Stage {
  machine: Machine
  readonly log: { readonly stampMs: number; readonly data: Uint8Array | undefined }[] = []
  nowMs = 0
  isChecked = true

  constructor(limits: Partial<MachineLimits> = {}) {
    this.machine = new Machine({ ...MACHINE_LIMITS, ...limits })
    this.apply({ kind: "found", clusterId: CLUSTER, wallMs: FOUNDED_WALL_MS })
  }

  /** One entry with the stamp of now. */
  apply(command: Command | undefined): Done {
    const data = command === undefined ? undefined : encodeCommand(command)
    this.log.push({ stampMs: this.nowMs, data })
    const applied = run(this.machine, data, this.nowMs)
    if (applied.kind !== "applied") throw new Error(`stopped: ${applied.reason}`)
    if (this.isChecked) {
      const problems = this.machine.problems()
      if (problems.length > 0) throw new Error(`after ${JSON.stringify(command)}: ${problems.join("; ")}`)
    }
    return applied
  }

  result(command: Command): CommandResult {
    return this.apply(command).result as CommandResult
  }

  /** Time passes, and the leader says so. */
  pass(ms: number): Done {
    this.nowMs += ms
    return this.apply({ kind: "tick" })
  }

  /** Session `number` on host `host`, default the host of the same number. */
  open(number: number, fields: Fields<Extract<Command, { kind: "open" }>> = {}): SessionId {
    const session = sessionId(number)
    this.apply({
      kind: "open",
      session,
      secretHash: secretOf(session),
      host: hostId(number),
      boot: 1,
      attachment: 1,
      ttlMs: TTL_MS,
      liveness: "heartbeat",
      member: `m${number}`,
      app: "app",
      pid: 100 + number,
      ...fields,
    })
    return session
  }

  renew(...hosts: readonly number[]): Done {
    return this.apply({ kind: "renewHosts", items: hosts.map((each) => ({ host: hostId(each), boot: 1, attempt: 7 })) })
  }

  acquire(session: SessionId, seq: number, fields: Fields<Acquire> = {}): CommandResult {
    return this.result(acquireOf(session, seq, fields))
  }

  /** The token of a hold that is granted at once. */
  granted(session: SessionId, seq: number, fields: Fields<Acquire> = {}): Token {
    const result = this.acquire(session, seq, fields)
    if (result.kind !== "granted") throw new Error(`not granted: ${JSON.stringify(result)}`)
    return result.token
  }

  release(session: SessionId, seq: number, token: Token): CommandResult {
    return this.result({ kind: "release", session, seq, floor: 0, token })
  }

  cancel(session: SessionId, seq: number): CommandResult {
    return this.result({ kind: "cancel", session, seq, floor: 0 })
  }

  end(session: SessionId, fields: Fields<Extract<Command, { kind: "end" }>> = {}): CommandResult {
    return this.result({ kind: "end", session, of: undefined, cause: "closed", isGone: false, ...fields })
  }

  /** Sessions that hold a name, by their numbers in the order of their places. */
  holders(name: string, kind: HoldKind = "lock"): readonly SessionId[] {
    return this.machine.name(kind, name).holders.map(({ session }) => session)
  }

  waiters(name: string, kind: HoldKind = "lock"): readonly SessionId[] {
    return this.machine.name(kind, name).waiters.map(({ session }) => session)
  }
}

export function acquireOf(session: SessionId, seq: number, fields: Fields<Acquire> = {}): Acquire {
  return {
    kind: "acquire",
    session,
    seq,
    floor: 0,
    hold: "lock",
    names: ["a"],
    mode: "exclusive",
    waitMs: undefined,
    priority: 0,
    maxHoldMs: undefined,
    lockDelayMs: 0,
    ...NO_TERMS,
    note: undefined,
    value: undefined,
    limit: undefined,
    weight: undefined,
    id: undefined,
    ready: undefined,
    worker: undefined,
    ...fields,
  }
}

/** The next entry, in one go. */
export function run(machine: Machine, data: Uint8Array | undefined, stampMs: number): Applied {
  machine.begin({ index: machine.appliedIndex + 1, stampMs, data })
  let applied = machine.step(1000)
  while (applied === undefined) applied = machine.step(1000)
  return applied
}
