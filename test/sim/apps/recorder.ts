import type { EndLine, HoldLine, Input, Line, Operation } from "../check/lines.ts"
import type { World } from "../world.ts"

/** Not counted as work. */
const UPKEEP: ReadonlySet<Operation> = new Set([
  "watch",
  "command",
  "restore",
  "session.open",
  "session.attach",
  "session.close",
  "heartbeat",
])

interface OpenOperation {
  readonly p: string
  readonly life: string
  readonly isWork: boolean
}

interface Failed {
  readonly code: string
  readonly outcome: string
  readonly details: Readonly<Record<string, unknown>>
}

/**
 * Writes down what applications ask and are told. An input may be completed later: the line is what it is at the end.
 */
export class Recorder {
  readonly lines: Line[] = []
  readonly ops: { invoked: number; ok: number; fail: number; info: number } = { invoked: 0, ok: 0, fail: 0, info: 0 }
  readonly #world: World
  readonly #onLine: (line: Line) => void
  readonly #open: Map<number, OpenOperation> = new Map()
  #last = 0

  constructor(world: World, onLine: (line: Line) => void) {
    this.#world = world
    this.#onLine = onLine
  }

  get nowUs(): number {
    return this.#world.nowUs
  }

  /** An operation begins; the result names it. */
  invoke(f: Operation, key: string, by: { readonly life: string; readonly agent: string }, a: Input): number {
    const op = ++this.#last
    const p = `${by.life}.${op}`
    const isWork = !UPKEEP.has(f) && a.stale !== true
    if (isWork) this.ops.invoked++
    this.#open.set(op, { p, life: by.life, isWork })
    this.add({ k: "inv", t: this.nowUs, p, op, n: by.agent, f, key, a })
    return op
  }

  /** Under which a name was granted last, as its client was told. */
  lastToken(key: string): string | undefined {
    const told = this.lines.findLast((line) => line.k === "hold" && line.type === "granted" && line.key === key)
    return told?.k === "hold" ? told.token : undefined
  }

  /** Under which an item of a pool was assigned last, as its worker was told. */
  lastItemToken(key: string): string | undefined {
    const told = this.lines.findLast((line) => line.k === "hold" && line.type === "assigned" && line.key === key)
    return told?.k === "hold" ? told.token : undefined
  }

  isOpen(op: number): boolean {
    return this.#open.has(op)
  }

  /** Once for each operation; later words are dropped. */
  end(op: number, k: EndLine["k"], more: Pick<EndLine, "rev" | "e" | "d" | "r"> = {}): void {
    const open = this.#open.get(op)
    if (open === undefined) return
    this.#open.delete(op)
    if (open.isWork) this.ops[k]++
    this.add({ k, t: this.nowUs, p: open.p, op, ...more })
  }

  /** What certainly was not done is told from what nobody knows; what was found instead is said. */
  failed(op: number, { code, outcome, details }: Failed): void {
    const { rev, ...others } = details
    const seen = typeof rev === "string" ? { rev: Number(rev) } : {}
    const d = Object.keys(others).length === 0 ? {} : { d: others }
    this.end(op, outcome === "not-applied" ? "fail" : "info", { e: code, ...seen, ...d })
  }

  hold(life: string, line: Omit<HoldLine, "k" | "t" | "p">): void {
    this.add({ k: "hold", t: this.nowUs, p: `${life}.${line.op}`, ...line })
  }

  /** The process is gone: what it waited for it will never hear. */
  died(life: string): void {
    for (const [op, open] of [...this.#open]) if (open.life === life) this.end(op, "info", { e: "KILLED" })
  }

  /** What others write down by themselves. */
  note(line: Line): void {
    this.lines.push(line)
  }

  add(line: Line): void {
    this.lines.push(line)
    this.#onLine(line)
  }
}
