export const SCRIPTS = ["story", "kill-agent", "stop-agent", "partition", "restart"] as const
export type ScriptName = (typeof SCRIPTS)[number]

export interface CheckItem {
  readonly check: string
  /** null = it never happened. */
  readonly value: number | null
  readonly budget: number
  readonly ok: boolean
}

/** What each script must keep: times in ms, counts as they are. */
const BUDGETS: Readonly<Record<Exclude<ScriptName, "story">, Readonly<Record<string, number>>>> = {
  "kill-agent": { detectFirstMs: 1500, detectAllMs: 2000, falseDead: 0 },
  "stop-agent": { detectAllMs: 5000, falseDead: 0, aliveMs: 5000 },
  partition: { healMs: 10_000 },
  restart: { dead: 0 },
}
const BOOT = { bootMs: 10_000 }

/** What `--budget` may name. */
export const BUDGET_NAMES: ReadonlySet<string> = new Set([BOOT, ...Object.values(BUDGETS)].flatMap(Object.keys))

export function budgetsOf(script: ScriptName): Readonly<Record<string, number>> {
  return script === "story" ? { ...BOOT, ...BUDGETS["kill-agent"] } : BUDGETS[script]
}

/** Compares what was measured with its budget; the scale stretches times, never counts. */
export function judge(
  script: ScriptName,
  measured: ReadonlyMap<string, number>,
  options: { readonly budgets: Readonly<Record<string, number>>; readonly budgetScale: number },
): readonly CheckItem[] {
  return Object.entries(budgetsOf(script)).map(([check, byDefault]) => {
    const scale = check.endsWith("Ms") ? options.budgetScale : 1
    const budget = (options.budgets[check] ?? byDefault) * scale
    const value = measured.get(check)
    const ok = value !== undefined && value <= budget
    return { check, value: value === undefined ? null : Math.round(value * 10) / 10, budget, ok }
  })
}
