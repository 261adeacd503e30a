import type { AppLine, HoldTold, ItemTold } from "./app-line.ts"
import type { HistoryFile } from "./history.ts"
import { monotonicNs } from "./monotonic.ts"

/** An application as a process. */
export interface TellingApp {
  readonly app: string
  readonly pid: number
}

interface Pending {
  readonly op: number
  readonly p: string
  readonly process: string
  /** What its release names, too. */
  readonly of: { readonly s: string | null; readonly seq: number }
  isDone: boolean
}

/**
 * Tells a history what the applications asked for and what they believed to hold. Each hold and each release is its own
 * `p`.
 */
export class HoldHistory {
  readonly #file: HistoryFile
  /** Holds and calls, by their `p`. */
  readonly #pending: Map<string, Pending> = new Map()
  #ops = 0

  constructor(file: HistoryFile) {
    this.#file = file
  }

  heard({ agent, ...teller }: TellingApp & { readonly agent: string }, line: AppLine): void {
    const process = processOf(teller)
    const told = { n: agent, process, p: `${process}.${line.op}` }
    if (line.kind === "item") this.#heardOfItem(told, line)
    else this.#heardOfHold(told, line)
  }

  #heardOfHold(told: { readonly n: string; readonly process: string; readonly p: string }, line: HoldTold): void {
    const { n, p } = told
    const { name, t, kind } = line
    const key = `${kind}/${name}`
    if (line.event === "asked") {
      const { op, of } = this.#begun(told, line)
      return this.#file.write("inv", { t, p, n, op, f: "acquire", key, a: { ...line.in, ...of } })
    }
    const acquire = this.#pending.get(p)
    // Last words of a process that was killed: what became of its request was already said to be unknown.
    if (acquire === undefined || (acquire.isDone && (line.event === "granted" || line.event === "failed"))) return
    const { op, of } = acquire
    switch (line.event) {
      case "granted": {
        acquire.isDone = true
        const { token, rev, until } = line
        this.#file.write("ok", { t, p, op, rev, r: { granted: true, token } })
        return this.#file.write("hold", { t, p, op, key, type: "granted", token, rev, until })
      }
      case "failed": {
        acquire.isDone = true
        return this.#failed({ t, p, op }, line)
      }
      case "lost":
        return this.#file.write("hold", { t, p, op, key, type: "lost", token: line.token, reason: line.reason })
      case "released": {
        const { token, done, end } = line
        const release = { p: `${p}.r`, op: ++this.#ops }
        const a = { kind, name, token, ...of }
        this.#file.write("inv", { t, ...release, n, f: "release", key, a })
        if ("code" in end) return this.#failed({ t: done, ...release }, end)
        this.#file.write("ok", { t: done, ...release, rev: end.rev, r: { released: true } })
        return this.#file.write("hold", { t: done, p, op, key, type: "released", token, rev: end.rev })
      }
    }
  }

  #heardOfItem(told: { readonly n: string; readonly process: string; readonly p: string }, line: ItemTold): void {
    const { n, p } = told
    const { name, t, item, token } = line
    const key = `work/${name}`
    if (line.event === "called") {
      const { op, of } = this.#begun(told, line)
      return this.#file.write("inv", { t, p, n, op, f: line.f, key, a: { ...line.in, ...of } })
    }
    const of = this.#pending.get(p)
    if (of === undefined) return
    const { op } = of
    switch (line.event) {
      case "assigned": {
        const { rev, attempt, until, checkpoint } = line
        const kept = checkpoint === null ? {} : { checkpoint }
        return this.#file.write("hold", { t, p, op, key, type: "assigned", token, item, attempt, rev, until, ...kept })
      }
      case "dropped": {
        const { reason } = line
        const how = reason === null ? { type: "released" } : { type: "lost", reason }
        return this.#file.write("hold", { t, p, op, key, token, item, ...how })
      }
      case "answered":
        if (of.isDone) return
        of.isDone = true
        return this.#file.write("ok", { t, p, op, rev: line.rev, r: {} })
    }
  }

  #begun(
    { process, p }: { readonly process: string; readonly p: string },
    { session: s, seq }: { readonly session: string | null; readonly seq: number },
  ): Pending {
    const pending = { op: ++this.#ops, p, process, of: { s, seq }, isDone: false }
    this.#pending.set(p, pending)
    return pending
  }

  #failed(
    of: { readonly t: string; readonly p: string; readonly op: number },
    { code: e, outcome }: { readonly code: string; readonly outcome: string },
  ): void {
    const kind = outcome === "not-applied" ? "fail" : "info"
    this.#file.write(kind, { ...of, e, definite: kind === "fail" })
  }

  /** What a killed process had asked for may still happen: nobody will be told. */
  killed(teller: TellingApp, atMs: number): void {
    const process = processOf(teller)
    const t = monotonicNs(atMs)
    this.#file.write("fault", { t, f: "kill-client", phase: "start", spec: { procs: [process] } })
    for (const pending of this.#pending.values()) {
      if (pending.process !== process || pending.isDone) continue
      pending.isDone = true
      this.#file.write("info", { p: pending.p, op: pending.op, e: "AGENT_UNAVAILABLE", definite: false })
    }
  }

  paused(phase: "start" | "end", teller: TellingApp): void {
    this.#file.write("fault", { f: "pause", phase, spec: { procs: [processOf(teller)] } })
  }
}

function processOf({ app, pid }: TellingApp): string {
  return `${app}.${pid}`
}
