import type { AppLine } from "./app-line.ts"
import type { HistoryFile } from "./history.ts"
import { monotonicNs } from "./monotonic.ts"

interface Pending {
  readonly op: number
  readonly p: string
  readonly pid: number
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
      this.#acquires.set(p, { op, p, pid, isDone: false })
      return this.#file.write("inv", { t, p, n: agent, op, f: "acquire", key, a: { kind: "lock", name } })
    }
    const acquire = this.#acquires.get(p)
    // Last words of a process that was killed: what became of its request was already said to be unknown.
    if (acquire === undefined || (acquire.isDone && (line.event === "granted" || line.event === "failed"))) return
    const { op } = acquire
    switch (line.event) {
      case "granted":
        acquire.isDone = true
        this.#file.write("ok", { t, p, op, r: { granted: true, token: line.token }, a: { s: line.session } })
        return this.#file.write("hold", { t, p, op, key, type: "granted", token: line.token, until: line.until })
      case "failed": {
        acquire.isDone = true
        const kind = line.outcome === "not-applied" ? "fail" : "info"
        return this.#file.write(kind, { t, p, op, e: line.code, definite: kind === "fail" })
      }
      case "lost":
        return this.#file.write("hold", { t, p, op, key, type: "lost", token: line.token, reason: line.reason })
      case "released": {
        const release = { p: `${p}.r`, op: ++this.#ops }
        const { token, session: s } = line
        this.#file.write("inv", { t, ...release, n: agent, f: "release", key, a: { s, token, acquire: op } })
        this.#file.write("ok", { t: line.done, ...release, r: { released: true } })
        return this.#file.write("hold", { t: line.done, p, op, key, type: "released", token })
      }
    }
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
