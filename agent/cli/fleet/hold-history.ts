import type { AppLine } from "./app-line.ts"
import type { HistoryFile } from "./history.ts"
import { monotonicNs } from "./monotonic.ts"

interface Pending {
  readonly op: number
  readonly p: string
  readonly pid: number
  /** What its release names, too. */
  readonly of: { readonly s: string | null; readonly seq: number }
  isDone: boolean
}

/** Tells a history what the applications asked for and what they believed to hold. Each hold and each release is its own `p`. */
export class HoldHistory {
  readonly #file: HistoryFile
  readonly #acquires: Map<string, Pending> = new Map()
  #ops = 0

  constructor(file: HistoryFile) {
    this.#file = file
  }

  heard(agent: string, pid: number, line: AppLine): void {
    const { name, t } = line
    const process_ = `app-${agent}.${pid}`
    const p = `${process_}.${line.op}`
    const key = `lock/${name}`
    if (line.event === "asked") {
      const op = ++this.#ops
      const of = { s: line.session, seq: line.seq }
      this.#acquires.set(p, { op, p, pid, of, isDone: false })
      return this.#file.write("inv", { t, p, n: agent, op, f: "acquire", key, a: { ...line.in, ...of } })
    }
    const acquire = this.#acquires.get(p)
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
        const a = { kind: "lock", name, token, ...of }
        this.#file.write("inv", { t, ...release, n: agent, f: "release", key, a })
        if ("code" in end) return this.#failed({ t: done, ...release }, end)
        this.#file.write("ok", { t: done, ...release, rev: end.rev, r: { released: true } })
        return this.#file.write("hold", { t: done, p, op, key, type: "released", token, rev: end.rev })
      }
    }
  }

  #failed(
    of: { readonly t: string; readonly p: string; readonly op: number },
    { code: e, outcome }: { readonly code: string; readonly outcome: string },
  ): void {
    const kind = outcome === "not-applied" ? "fail" : "info"
    this.#file.write(kind, { ...of, e, definite: kind === "fail" })
  }

  /** What a killed process had asked for may still happen: nobody will be told. */
  killed(agent: string, pid: number, atMs: number): void {
    const t = monotonicNs(atMs)
    this.#file.write("fault", { t, f: "kill-client", phase: "start", spec: { procs: [`app-${agent}.${pid}`] } })
    for (const acquire of this.#acquires.values()) {
      if (acquire.pid !== pid || acquire.isDone) continue
      acquire.isDone = true
      this.#file.write("info", { p: acquire.p, op: acquire.op, e: "AGENT_UNAVAILABLE", definite: false })
    }
  }
}
