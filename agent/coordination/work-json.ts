import { type Decision, type Item, POOL_DEFAULTS, type PoolView } from "@conclave/consensus"
import type { HoldJson } from "../api/hold-objects.ts"
import type { DecisionJson, WorkItemJson } from "../api/work-schema.ts"
import type { ReplicatedTime } from "./replicated-time.ts"

/** As every door shows it. */
export function itemJson(item: Item, time: ReplicatedTime): WorkItemJson {
  const { owner, target, payload, pin, state, attempt, weight, sinceMs } = item
  return {
    item: item.item,
    state,
    worker: owner?.id ?? null,
    target: target ?? null,
    token: owner === undefined ? null : String(owner.token),
    attempt,
    weight,
    payload: parsedOf(payload),
    pin: pin ?? null,
    note: owner?.note ?? null,
    since: time.text(sinceMs),
  }
}

/** Sorted by their names. */
export function itemsJson(view: PoolView | undefined, time: ReplicatedTime): WorkItemJson[] {
  const items = [...(view?.book?.items.values() ?? [])].sort((a, b) => (a.item < b.item ? -1 : 1))
  return items.map((item) => itemJson(item, time))
}

export function decisionJson({ rev, atMs, from, to, reason }: Decision, time: ReplicatedTime): DecisionJson {
  return { rev: String(rev), time: time.text(atMs), from: from ?? null, to: to ?? null, reason }
}

/** What a pool has beside what all holds have. One that nobody has configured works by the defaults. */
export function poolJson(view: PoolView | undefined): Pick<HoldJson, "config" | "counts" | "brake"> {
  const { config = POOL_DEFAULTS, configuredAt = 0, brake } = view?.pool ?? {}
  const counts = view?.book?.counts ?? { free: 0, assigned: 0, revoking: 0, failed: 0 }
  return {
    config: { ...config, rev: String(configuredAt) },
    counts: { ...counts },
    brake: { active: brake !== undefined, missing: view?.missing ?? 0 },
  }
}

/** Compact JSON as the state has it. */
export function parsedOf(text: string | undefined): unknown {
  return text === undefined ? null : JSON.parse(text)
}
