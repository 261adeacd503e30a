export const SCRIPTS = [
  "story",
  "kill-holder",
  "kill-agent",
  "kill-leader",
  "stop-agent",
  "partition",
  "kill-worker",
  "restart",
  "kill-random",
] as const
export type ScriptName = (typeof SCRIPTS)[number]
/** What a script consists of; the story has several. */
export type PartName = Exclude<ScriptName, "story"> | "boot"

export interface CheckItem {
  readonly check: string
  /** Which part of the story; absent where the script is one. */
  readonly part?: PartName
  /** null = it never happened. */
  readonly value: number | null
  readonly budget: number
  readonly ok: boolean
}

/** What each part must keep: times in ms, counts as they are. */
const BUDGETS: Readonly<Record<PartName, Readonly<Record<string, number>>>> = {
  boot: { bootMs: 10_000 },
  "kill-holder": { lockMs: 500 },
  "kill-agent": { detectFirstMs: 1500, detectAllMs: 2000, lockMs: 3500, falseDead: 0 },
  "kill-leader": { writeMs: 1500, lostWrites: 0 },
  "stop-agent": { detectAllMs: 5000, falseDead: 0, aliveMs: 5000 },
  partition: { overlapMs: 0, minorityWrites: 0, healMs: 10_000 },
  "kill-worker": { reassignMs: 1000, lostItems: 0, doubleOwners: 0 },
  restart: { lostGrants: 0, dead: 0 },
  "kill-random": { lostWrites: 0, lostGrants: 0, overlapMs: 0, doubleOwners: 0 },
}
const STORY: readonly PartName[] = ["boot", "kill-holder", "kill-agent", "kill-leader", "kill-worker"]

/** What `--budget` may name. */
export const BUDGET_NAMES: ReadonlySet<string> = new Set(Object.values(BUDGETS).flatMap(Object.keys))

/**
 * Compares what was measured with its budget; the scale stretches times, never counts (a budget of 0 stays what it is).
 */
export function judge(
  script: ScriptName,
  measured: ReadonlyMap<PartName, ReadonlyMap<string, number>>,
  options: { readonly budgets: Readonly<Record<string, number>>; readonly budgetScale: number },
): readonly CheckItem[] {
  const parts = script === "story" ? STORY : [script]
  return parts.flatMap((part) =>
    Object.entries(BUDGETS[part]).map(([check, byDefault]) => {
      const scale = check.endsWith("Ms") ? options.budgetScale : 1
      const budget = (options.budgets[check] ?? byDefault) * scale
      const value = measured.get(part)?.get(check)
      const ok = value !== undefined && value <= budget
      const shown = value === undefined ? null : Math.round(value * 10) / 10
      return { check, ...(script === "story" ? { part } : {}), value: shown, budget, ok }
    }),
  )
}
