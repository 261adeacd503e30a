import type { EndLine, HoldLine, InvokeLine, Line } from "../check/lines.ts"

/** Situations of items of work, and of the pools that they are in. */
export const WORK_SITUATIONS = [
  "item-assigned",
  "item-settled",
  "item-failed",
  "item-saved",
  "item-asked-back",
  "item-asked-back-within-a-session",
  "item-lost",
  "item-settled-too-late",
  "item-saved-too-late",
  "item-revoked",
  "item-of-the-dead-went-on",
  "work-removed",
  "workers-revoked",
  "worker-fenced",
  "pool-tuned",
  "partitions-added",
  "partitions-taken",
] as const

export type WorkMark = (typeof WORK_SITUATIONS)[number]

/** Which of them a history shows. */
export function workMarksOf(lines: readonly Line[]): ReadonlySet<WorkMark> {
  const seen = new WorkSeen()
  for (const line of lines) seen.saw(line)
  return seen.found
}

class WorkSeen {
  readonly found: Set<WorkMark> = new Set()
  readonly #begun: Map<number, InvokeLine> = new Map()
  /** Tokens that somebody has revoked. */
  readonly #named: Set<string> = new Set()
  readonly #partitions: Map<string, number> = new Map()
  readonly #tuned: Map<string, number> = new Map()
  /** What each pool waits for an item, at least. */
  readonly #handoffMs: Map<string, number> = new Map()
  /** By item, who had it last. */
  readonly #owners: Map<string, string> = new Map()
  readonly #dead: Set<string> = new Set()

  saw(line: Line): void {
    if (line.k === "inv") this.#asked(line)
    else if (line.k === "hold" && line.key.startsWith("work/")) this.#told(line)
    else if (line.k === "ok" || line.k === "fail") this.#ended(line)
    else if (line.k === "fault" && line.f === "kill-client") {
      for (const life of (line.spec["procs"] ?? []) as readonly string[]) this.#dead.add(life)
    }
  }

  #asked(line: InvokeLine): void {
    this.#begun.set(line.op, line)
    const { f, key, a } = line
    if (f === "revoke" && key.startsWith("work/") && a.token !== undefined) this.#named.add(a.token)
  }

  #told(line: HoldLine): void {
    const { type, reason, item, token = "", key, op } = line
    if (item === undefined) {
      if (type === "lost" && reason === "fenced") this.found.add("worker-fenced")
      return
    }
    if (type === "assigned") this.#assigned(line)
    if (type === "lost" && reason !== "released") this.found.add("item-lost")
    if (type === "lost" && reason === "revoked" && this.#named.has(token)) this.found.add("item-revoked")
    if (type !== "revoking") return
    this.found.add("item-asked-back")
    const ttlMs = this.#begun.get(op)?.a.ttlMs ?? 0
    if ((this.#handoffMs.get(key) ?? ttlMs) < ttlMs) this.found.add("item-asked-back-within-a-session")
  }

  #assigned({ key, item, p }: HoldLine): void {
    this.found.add("item-assigned")
    const name = `${key} ${item}`
    const [before, life] = [this.#owners.get(name), p.slice(0, p.lastIndexOf("."))]
    if (before !== undefined && before !== life && this.#dead.has(before)) this.found.add("item-of-the-dead-went-on")
    this.#owners.set(name, life)
  }

  #ended({ k, e, op, r }: EndLine): void {
    const begun = this.#begun.get(op)
    if (begun === undefined) return
    const { f, a, key } = begun
    if (k === "fail") {
      if (e !== "GRANT_LOST" || a.isLate !== true) return
      this.found.add(f === "work.settle" ? "item-settled-too-late" : "item-saved-too-late")
      return
    }
    if (f === "work.checkpoint") this.found.add("item-saved")
    if (f === "work.remove") this.found.add("work-removed")
    if (f === "work.settle") this.found.add("item-settled")
    if (f === "work.settle" && a.result === "failed") this.found.add("item-failed")
    if (f === "work.configure") this.#configured(begun)
    const isOfWorkers = f === "revoke" && key.startsWith("work/") && a.token === undefined
    if (isOfWorkers && (r?.revoked?.length ?? 0) > 0) this.found.add("workers-revoked")
  }

  #configured({ key, a: { partitions, handoffTimeoutMs } }: InvokeLine): void {
    const times = this.#tuned.get(key) ?? 0
    this.#tuned.set(key, times + 1)
    if (times > 0) this.found.add("pool-tuned")
    if (handoffTimeoutMs !== undefined) {
      this.#handoffMs.set(key, Math.min(handoffTimeoutMs, this.#handoffMs.get(key) ?? handoffTimeoutMs))
    }
    const before = this.#partitions.get(key)
    if (partitions === undefined) return
    this.#partitions.set(key, partitions)
    if (before !== undefined && partitions > before) this.found.add("partitions-added")
    if (before !== undefined && partitions < before) this.found.add("partitions-taken")
  }
}
