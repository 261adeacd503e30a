import type { Command } from "@conclave/consensus"
import type { EndLine, HoldLine, Input, Line, Operation, Shown, WatchLine } from "@conclave/sim/check/lines"
import { Naive } from "@conclave/sim/check/naive"

/** Writes histories by hand: times in ms, one line for each step of a client. */
export class Scripted {
  readonly lines: Line[] = []
  #last = 0
  #index = 0
  readonly #naive: Naive = new Naive()
  readonly #keys: Map<number, { readonly p: string; readonly key: string }> = new Map()

  invoke(atMs: number, life: string, f: Operation, key: string, a: Input = {}): number {
    const op = ++this.#last
    const p = `${life}.${op}`
    this.#keys.set(op, { p, key })
    this.add({ k: "inv", t: atMs * 1000, p, op, n: "a1", f, key, a: { app: life, s: `s-${life}`, seq: op, ...a } })
    return op
  }

  acquire(atMs: number, life: string, a: Input = {}, key = "lock/x"): number {
    return this.invoke(atMs, life, "acquire", key, a)
  }

  queued(atMs: number, op: number): this {
    return this.#hold(atMs, op, { type: "queued" })
  }

  /** Told at that time, and believed in until then. */
  granted(atMs: number, op: number, token: number, untilMs = 1_000_000): this {
    const rev = this.rev
    this.#hold(atMs, op, { type: "granted", token: String(token), rev })
    this.end(atMs, op, "ok", { rev, r: { granted: true, token: String(token) } })
    return this.until(atMs, op, untilMs)
  }

  until(atMs: number, op: number, untilMs: number): this {
    return this.#hold(atMs, op, { type: "until", until: untilMs * 1000 })
  }

  /** An operator takes it back: the reason says by which act. */
  revoke(atMs: number, key: string, a: Pick<Input, "graceMs" | "reason" | "token">): number {
    return this.invoke(atMs, "o", "revoke", key, a)
  }

  /** Its client is asked to finish. */
  revoking(atMs: number, op: number, reason: string): this {
    return this.#hold(atMs, op, { type: "revoking", reason })
  }

  lost(atMs: number, op: number, reason = "expired"): this {
    return this.#hold(atMs, op, { type: "lost", reason })
  }

  /** Asked for at the first time, acknowledged at the second; never without it. */
  release(atMs: number, hold: number, okMs?: number): this {
    const { p, key } = this.#of(hold)
    const life = p.slice(0, p.lastIndexOf("."))
    this.lost(atMs, hold, "released")
    const op = this.invoke(atMs, life, "release", key, { of: hold })
    return okMs === undefined ? this : this.end(okMs, op, "ok")
  }

  cancelled(atMs: number, op: number): this {
    return this.end(atMs, op, "ok", { r: { granted: false } })
  }

  /** A read that began and ended then. */
  read(fromMs: number, toMs: number, holders: readonly Shown[], key = "lock/x"): this {
    return this.end(toMs, this.invoke(fromMs, "r", "hold.get", key), "ok", { r: { holders } })
  }

  act(atMs: number, op: number, token: number): this {
    const { p, key } = this.#of(op)
    return this.add({ k: "act", t: atMs * 1000, p, op, key, token: String(token) })
  }

  /** A worker is told of an item of its. */
  item(
    atMs: number,
    op: number,
    type: HoldLine["type"],
    more: Omit<HoldLine, "k" | "t" | "p" | "op" | "key" | "type">,
  ): this {
    return this.#hold(atMs, op, { type, ...more })
  }

  end(atMs: number, op: number, k: "ok" | "fail" | "info", more: Partial<EndLine> = {}): this {
    return this.add({ t: atMs * 1000, p: this.#of(op).p, op, ...more, k })
  }

  /** Opened, and promised until then. */
  session(atMs: number, life: string, untilMs: number): this {
    const op = this.invoke(atMs, life, "heartbeat", `session/s-${life}`)
    return this.end(atMs, op, "ok", { r: { s: `s-${life}`, until: untilMs * 1000 } })
  }

  killed(atMs: number, life: string, provable = true): this {
    return this.add({
      k: "fault",
      t: atMs * 1000,
      f: "kill-client",
      phase: "start",
      spec: { procs: [life], provable },
    })
  }

  /** From then on it stands still. */
  stopped(atMs: number, life: string): this {
    return this.add({ k: "fault", t: atMs * 1000, f: "pause", phase: "start", spec: { procs: [life] } })
  }

  continued(atMs: number, life: string): this {
    return this.add({ k: "fault", t: atMs * 1000, f: "pause", phase: "end", spec: { procs: [life] } })
  }

  ended(atMs: number, life: string, cause: string): this {
    const fx = [{ ended: `s-${life}`, cause }]
    const rest = { n: "", index: 1, rev: 1, term: 1, stampMs: 0, cmd: undefined, h: "" }
    return this.add({ k: "log", t: atMs * 1000, ...rest, fx })
  }

  /** An entry of the log, with its revision. */
  commit(atMs: number, command: Command): this {
    this.#naive.apply(atMs, command)
    const { rev } = this.#naive
    const rest = { n: "", index: ++this.#index, rev, term: 1, stampMs: atMs, cmd: command, h: "", fx: [] }
    return this.add({ k: "log", t: atMs * 1000, ...rest })
  }

  get rev(): number {
    return this.#naive.rev
  }

  /** A watch is begun, or resumed; the result names it. */
  watch(atMs: number, scope: string, a: Pick<Input, "from" | "seen" | "w" | "boot"> = {}): number {
    return this.invoke(atMs, "w", "watch", scope, { w: "w", ...a })
  }

  /** What it was told. */
  watched(atMs: number, op: number, vk: WatchLine["vk"], line: Pick<WatchLine, "rev" | "ev" | "reset" | "more">): this {
    const { p, key: scope } = this.#of(op)
    return this.add({ k: "watch", t: atMs * 1000, p, op, w: "w", scope, vk, ...line })
  }

  shown(op: number, token: number, value?: string): Shown {
    const line = this.lines.find((each) => each.k === "inv" && each.op === op)
    const a: Input = line?.k === "inv" ? line.a : {}
    return { s: a.s ?? "", seq: a.seq ?? 0, token: String(token), ...(value === undefined ? {} : { value }) }
  }

  #hold(atMs: number, op: number, line: Omit<HoldLine, "k" | "t" | "p" | "op" | "key">): this {
    const { p, key } = this.#of(op)
    return this.add({ k: "hold", t: atMs * 1000, p, op, key, ...line })
  }

  #of(op: number): { readonly p: string; readonly key: string } {
    const found = this.#keys.get(op)
    if (found === undefined) throw new Error(`operation ${op} was never begun`)
    return found
  }

  add(line: Line): this {
    this.lines.push(line)
    this.lines.sort((a, b) => ("t" in a && "t" in b ? Number(a.t) - Number(b.t) : 0))
    return this
  }
}
