import type { CommandResult, Item, SessionId, Token } from "@conclave/consensus"
import { planWork } from "@conclave/consensus"
import type { Move, WorkConfigure, WorkPut } from "@conclave/consensus/machine/work/commands"
import { Stage, sessionId } from "../stage.ts"

/** A founded machine with one pool, `p`. Requests of its workers count up by themselves; others are nobody's. */
export class PoolStage extends Stage {
  readonly #seqs: Map<SessionId, number> = new Map()

  configure(config: Partial<WorkConfigure["config"]> = {}, ifRev?: number): CommandResult {
    const all = {
      ...{ partitions: undefined, handoffTimeoutMs: undefined, restartGraceMs: undefined },
      ...{ spread: undefined, maxAttempts: undefined, ...config },
    }
    return this.result({ kind: "workConfigure", request: undefined, pool: "p", config: all, ifRev })
  }

  put(item: string, fields: Partial<Pick<WorkPut, "payload" | "weight" | "pin">> = {}): CommandResult {
    const about = { payload: undefined, weight: 1, pin: undefined, ...fields }
    return this.result({ kind: "workPut", request: undefined, pool: "p", item, ...about })
  }

  remove(item: string): CommandResult {
    return this.result({ kind: "workRemove", request: undefined, pool: "p", item })
  }

  retry(item: string): CommandResult {
    return this.result({ kind: "workRetry", request: undefined, pool: "p", item })
  }

  /** Session `number` joins the pool. */
  join(number: number, fields: { id?: string; capacity?: number; ttlMs?: number } = {}): Member {
    const session = this.machine.session(this.#session(number))
      ? this.#session(number)
      : this.open(number, { ttlMs: fields.ttlMs ?? 300_000 })
    const seq = this.seq(session)
    const worker = { capacity: fields.capacity, zone: undefined, tags: [], isLeaving: false }
    const token = this.granted(session, seq, { hold: "work", names: ["p"], id: fields.id, worker })
    return { session, seq, token }
  }

  /** What the planner says, until it says nothing. */
  plan(): void {
    for (let plans = 0; plans < 1000; plans++) {
      const seen = this.machine.planView("p")
      const moves = seen === undefined ? [] : planWork(seen)
      if (moves.length === 0) return
      this.assign(moves)
      if (moves.every(({ token }) => token !== undefined)) return
    }
    throw new Error("planning comes to no end")
  }

  assign(moves: readonly Move[]): CommandResult {
    return this.result({ kind: "workAssign", pool: "p", moves })
  }

  give(item: string, worker: Member): CommandResult {
    return this.assign([{ item, to: worker, token: undefined, reason: "test" }])
  }

  askBack(item: string, to?: Member): CommandResult {
    return this.assign([{ item, to, token: this.tokenOf(item), reason: "test" }])
  }

  settle(
    item: string,
    result: "done" | "released" | "failed",
    by?: { session?: SessionId; token?: Token },
  ): CommandResult {
    const { owner } = this.item(item)
    const session = by?.session ?? owner?.session ?? this.#session(1)
    const token = by?.token ?? owner?.token ?? (0 as Token)
    const request = { session, seq: this.seq(session), floor: 0 }
    return this.result({ kind: "workSettle", request, pool: "p", item, token, result, message: undefined })
  }

  checkpoint(item: string, value: string, by?: { session?: SessionId; token?: Token }): CommandResult {
    const { owner } = this.item(item)
    const session = by?.session ?? owner?.session ?? this.#session(1)
    const request = { session, seq: this.seq(session), floor: 0 }
    const token = by?.token ?? owner?.token ?? (0 as Token)
    return this.result({ kind: "workCheckpoint", request, pool: "p", item, token, value })
  }

  drain({ session, seq }: Member): CommandResult {
    return this.cancel(session, seq)
  }

  item(item: string): Item {
    const found = this.machine.item("p", item)
    if (found === undefined) throw new Error(`no item ${item}`)
    return found
  }

  tokenOf(item: string): Token {
    const { owner } = this.item(item)
    if (owner === undefined) throw new Error(`${item} is nobody's`)
    return owner.token
  }

  /** Ids of workers, by item. */
  get owners(): Readonly<Record<string, string | undefined>> {
    const items = [...(this.machine.pool("p")?.book?.items.values() ?? [])]
    return Object.fromEntries(items.sort((a, b) => a.order - b.order).map(({ item, owner }) => [item, owner?.id]))
  }

  seq(session: SessionId): number {
    const seq = (this.#seqs.get(session) ?? 0) + 1
    this.#seqs.set(session, seq)
    return seq
  }

  #session(number: number): SessionId {
    return sessionId(number)
  }
}

export interface Member {
  readonly session: SessionId
  readonly seq: number
  readonly token: Token
}
