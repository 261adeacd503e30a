import { type Decision, type Item, type ItemState, POOL_DEFAULTS, type Pool } from "@conclave/consensus"
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

export function decisionJson({ rev, atMs, from, to, reason }: Decision, time: ReplicatedTime): DecisionJson {
  return { rev: String(rev), time: time.text(atMs), from: from ?? null, to: to ?? null, reason }
}

/** What a pool has beside what all holds have. One that nobody has configured works by the defaults. */
export function poolJson(
  pool: Pool | undefined,
  counts: Readonly<Record<ItemState, number>> = { free: 0, assigned: 0, revoking: 0, failed: 0 },
  missing = 0,
): Pick<HoldJson, "config" | "counts" | "brake"> {
  const { config = POOL_DEFAULTS, configuredAt = 0, brake } = pool ?? {}
  return {
    config: { ...config, rev: String(configuredAt) },
    counts: { ...counts },
    brake: { active: brake !== undefined, missing },
  }
}

/** Compact JSON as the state has it. */
export function parsedOf(text: string | undefined): unknown {
  return text === undefined ? null : JSON.parse(text)
}
