import { type Assignment, type Client, ConclaveError } from "@conclave/sdk"
import type { TracedFrame } from "@conclave/sdk/session-connection"
import type { ItemCall } from "./app-line.ts"
import { aborted, type Believed, believedUntilNs, nextOp, nowNs, tell } from "./app-words.ts"
import { monotonicNs } from "./monotonic.ts"

/** After a refusal, so that an agent that is away is not asked in a tight loop. */
const AGAIN_MS = 50

interface Place {
  readonly op: number
  readonly session: string | null
  readonly seq: number
  token: string
}

type Told = { readonly event: unknown } | { readonly out: unknown }

/**
 * A worker of one pool of partitions: it keeps what it is given until it is asked for it, and with each item the token
 * under which it has it, so that its next worker can tell whom it follows.
 */
export class PoolWorker {
  readonly #name: string
  readonly #stop: AbortController = new AbortController()
  readonly #held: Map<Assignment<null>, Believed> = new Map()
  /** By their tokens, from the agent's word to ours. */
  readonly #revs: Map<string, string> = new Map()
  /** Those that were sent and not answered, by their sessions and numbers. */
  readonly #calls: Map<string, { readonly op: number; readonly item: string; readonly token: string }> = new Map()
  #place: Place | undefined

  constructor(name: string) {
    this.#name = name
  }

  get beliefs(): Iterable<Believed> {
    return this.#held.values()
  }

  /** Resolves when it was drained, and nothing is left to it. */
  async work(client: Client, o: { readonly partitions: number; readonly id: string }): Promise<void> {
    const pool = client.work<null>(this.#name)
    while (!this.#stop.signal.aborted) {
      try {
        await pool.configure({ partitions: o.partitions, restartGraceMs: 0 })
        await pool.run((assignment) => this.#keep(assignment), { signal: this.#stop.signal, id: o.id })
      } catch (error) {
        if (!ConclaveError.is(error)) throw error
        await new Promise((resolve) => setTimeout(resolve, AGAIN_MS))
      }
    }
  }

  drain(): void {
    this.#stop.abort()
  }

  /** Every frame that the session is about to send. */
  sent({ op: f, session, seq, in: input }: TracedFrame): void {
    if (seq === undefined || input["name"] !== this.#name) return
    if (f === "hold" && input["kind"] === "work") {
      if (this.#place?.session === session && this.#place?.seq === seq) return
      const op = nextOp()
      this.#place = { op, session, seq, token: "" }
      tell({ event: "asked", kind: "work", op, name: this.#name, t: nowNs(), session, seq, in: input })
    }
    if (!isItemCall(f) || this.#calls.has(`${session} ${seq}`)) return
    const call = { op: nextOp(), item: String(input["item"]), token: String(input["token"]) }
    this.#calls.set(`${session} ${seq}`, call)
    tell({ event: "called", kind: "item", name: this.#name, t: nowNs(), ...call, f, session, seq, in: input })
  }

  told({ op: f, session, seq, in: input }: TracedFrame, body: Told): void {
    if (seq === undefined || input["name"] !== this.#name) return
    if (f === "hold" && input["kind"] === "work" && this.#place?.session === session && this.#place.seq === seq)
      return this.#toldOfPlace(this.#place, body)
    const key = `${session} ${seq}`
    const call = this.#calls.get(key)
    if (!isItemCall(f) || call === undefined || !("out" in body)) return
    this.#calls.delete(key)
    const { rev } = body.out as { readonly rev: string }
    tell({ event: "answered", kind: "item", name: this.#name, t: nowNs(), ...call, f, rev })
  }

  #toldOfPlace(place: Place, body: Told): void {
    const { type, token, rev, validForMs, reason } = ("event" in body ? body.event : {}) as Readonly<
      Record<string, unknown>
    >
    const { op } = place
    const said = { kind: "work", op, name: this.#name, t: nowNs(), token: String(token) } as const
    if (type === "assigned") this.#revs.set(String(token), String(rev))
    if (type === "granted" && place.token === "") {
      place.token = String(token)
      const until = monotonicNs(performance.now() + Number(validForMs))
      tell({ event: "granted", ...said, rev: String(rev), until })
    }
    if (type === "lost" && token === place.token) tell({ event: "lost", ...said, reason: String(reason) })
    if ("out" in body) {
      const end = { rev: String((body.out as { readonly rev: string }).rev) }
      tell({ event: "released", ...said, token: place.token, done: said.t, end })
    }
  }

  async #keep(assignment: Assignment<null>): Promise<void> {
    const { item, attempt, checkpoint, revoking, signal } = assignment
    const token = String(assignment.token)
    const believed = { held: assignment, untilMs: performance.now() + assignment.remainingMs() }
    this.#held.set(assignment, believed)
    const rev = this.#revs.get(token) ?? ""
    this.#revs.delete(token)
    const about = { kind: "item", op: this.#place?.op ?? 0, name: this.#name, item, token } as const
    const until = monotonicNs(believed.untilMs)
    const before = checkpoint === null ? null : String(checkpoint)
    tell({ event: "assigned", ...about, t: nowNs(), rev, attempt, checkpoint: before, until })
    const saved = assignment.saveCheckpoint(token).catch((error: unknown) => {
      if (!ConclaveError.is(error)) throw error
    })
    await Promise.race([aborted(revoking).then(() => saved), aborted(signal)])
    const t = believedUntilNs(believed)
    this.#held.delete(assignment)
    const { reason } = signal as { readonly reason: unknown }
    const loss = signal.aborted ? String(ConclaveError.is(reason) ? reason.details["reason"] : reason) : null
    tell({ event: "dropped", ...about, t, reason: loss })
  }
}

function isItemCall(op: string): op is ItemCall {
  return op === "work.settle" || op === "work.checkpoint"
}
