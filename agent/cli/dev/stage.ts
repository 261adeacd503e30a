import type { Random } from "@conclave/base"
import type { Belief } from "../fleet/beliefs.ts"
import { type Fleet, SHARED } from "../fleet/fleet.ts"
import type { Sighting } from "../fleet/observer.ts"
import type { DevOptions } from "./options.ts"
import type { Report } from "./report.ts"
import type { Writes } from "./writes.ts"

/** What a script plays with; what it measured goes into `measured`, by the names of checks. */
export interface Stage {
  readonly fleet: Fleet
  readonly report: Report
  readonly options: Pick<DevOptions, "budgetScale" | "rounds">
  readonly random: Random
  readonly writes: Writes
  readonly measured: Map<string, number>
}

/** The lock for which the application of every host stands, and the pool in which it works. */
export const DEMO: string = SHARED

/** How long a script waits for what must come, beyond its budget. */
const WAIT_MS = 60_000
/** Quiet time after the last check, in which a false death would show. */
const CALM_MS = 1500

export function calm(stage: Stage): Promise<unknown> {
  return stage.fleet.until(() => false, CALM_MS)
}

export function waitMs({ options }: { readonly options: Pick<DevOptions, "budgetScale"> }): number {
  return WAIT_MS * Math.max(1, options.budgetScale / 10)
}

/** Waits for the next grant of `demo` and tells of it; undefined when none comes. */
export async function nextGrant(stage: Stage, after: Belief | undefined, sinceMs: number): Promise<number | undefined> {
  const { fleet, report } = stage
  const next = (): Belief | undefined => {
    const holder = fleet.apps.holder(DEMO)
    return holder !== undefined && (after === undefined || holder.token > after.token) ? holder : undefined
  }
  await fleet.until(() => next() !== undefined, waitMs(stage))
  const holder = next()
  if (holder === undefined) return undefined
  const afterMs = Math.max(0, holder.fromMs - sinceMs)
  const { name, agent, app, token } = holder
  report.event({ event: "granted", name, agent, app, token: String(token), afterMs: Math.round(afterMs) })
  return afterMs
}

/** Resolves when every running agent believes `victim` dead, or when waiting is over. */
export async function detect(stage: Stage, victim: string, sinceMs: number): Promise<void> {
  const { fleet, report, measured } = stage
  let suspected = false
  const knowing = new Set<string>()
  const unsubscribe = fleet.onSighting((sighting) => {
    if (sighting.member !== victim || sighting.observer === victim) return
    const afterMs = sighting.atMs - sinceMs
    if (sighting.status === "suspect" && !suspected) {
      suspected = true
      report.event({ event: "suspect", agent: victim, by: sighting.observer, afterMs: Math.round(afterMs) })
    }
    if (sighting.status !== "dead") return
    if (knowing.size === 0) {
      measured.set("detectFirstMs", afterMs)
      report.event({ event: "dead", agent: victim, scope: "first", afterMs: Math.round(afterMs) })
    }
    knowing.add(sighting.observer)
  })
  const all = await fleet.until(
    () => fleet.running.every((name) => name === victim || fleet.belief(name, victim) === "dead"),
    waitMs(stage),
  )
  unsubscribe()
  if (!all) return
  const afterMs = performance.now() - sinceMs
  measured.set("detectAllMs", afterMs)
  report.event({ event: "dead", agent: victim, scope: "everywhere", afterMs: Math.round(afterMs) })
}

/** Counts deaths that are believed of agents to which nothing was done. */
export function countFalseDeaths(stage: Stage, excused: ReadonlySet<string>): () => number {
  let count = 0
  const unsubscribe = stage.fleet.onSighting((sighting: Sighting) => {
    if (sighting.status === "dead" && !sighting.initial && !excused.has(sighting.member)) count++
  })
  return () => {
    unsubscribe()
    return count
  }
}
