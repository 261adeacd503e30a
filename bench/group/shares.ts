import type { ShareStep } from "../load/orders.ts"
import { type Quantiles, quantiles } from "../quantiles.ts"

/** What one worker told; `endNs`: it was killed then, and did nothing with anything any more. */
export interface WorkerSteps {
  readonly steps: readonly ShareStep[]
  readonly endNs: bigint | undefined
}

/** What the agents promise: within so much of the average nobody is relieved (`consensus/planner/work/balance.ts`). */
const BAND_PERCENT = 10

/**
 * From `sinceNs` until each of so many items had a worker, and no worker had more or fewer than the band allows, for
 * good; null = it never came to that.
 */
export function balancedMs(workers: readonly WorkerSteps[], items: number, sinceNs: bigint): number | null {
  const loads = workers.map(() => 0)
  const { low, high } = bandOf(items, workers.length)
  const isBalanced = (): boolean =>
    loads.reduce((sum, load) => sum + load, 0) === items && loads.every((load) => load >= low && load <= high)
  let atNs: bigint | undefined
  for (const { worker, kind, ns } of inOrder(workers)) {
    const wasBalanced = isBalanced()
    loads[worker] = (loads[worker] ?? 0) + (kind === "has" ? 1 : -1)
    if (!isBalanced()) atNs = undefined
    else if (!wasBalanced) atNs = ns
  }
  return atNs === undefined ? null : Math.max(0, Number(atNs - sinceNs) / 1e6)
}

/** What whole numbers can reach: of ten items on three workers one has four. */
export function bandOf(items: number, workers: number): { readonly low: number; readonly high: number } {
  const average = items / Math.max(1, workers)
  return {
    low: Math.min(Math.ceil((average * (100 - BAND_PERCENT)) / 100), Math.floor(average)),
    high: Math.max(Math.floor((average * (100 + BAND_PERCENT)) / 100), Math.ceil(average)),
  }
}

/** What became of the items that a worker had when it was killed. */
export interface Moves {
  /** Until the last of them was another's, of those that came to be; null = none was. */
  readonly moveMs: number | null
  /** Each of them. */
  readonly itemMoveMs: Quantiles | null
  readonly moved: number
  /** Those that nobody was given. */
  readonly lostItems: number
}

export function movesOf(victim: readonly ShareStep[], others: readonly WorkerSteps[], killedNs: bigint): Moves {
  const had = new Set<string>()
  for (const { kind, item } of victim) kind === "has" ? had.add(item) : had.delete(item)
  const next = new Map<string, bigint>()
  for (const { kind, item, ns } of inOrder(others)) {
    if (kind === "has" && ns >= killedNs && had.has(item) && !next.has(item)) next.set(item, ns)
  }
  const itemMoveMs = quantiles([...next.values()].map((ns) => Number(ns - killedNs) / 1e6)) ?? null
  return { moveMs: itemMoveMs?.max ?? null, itemMoveMs, moved: next.size, lostItems: had.size - next.size }
}

/** Assignments that began while the one before was still believed in: two at work on one item. */
export function doubleOwners(workers: readonly WorkerSteps[]): number {
  const spans = new Map<string, { readonly token: bigint; readonly fromNs: bigint; toNs: bigint | undefined }[]>()
  for (const { steps, endNs } of workers) {
    const open = new Map<string, { toNs: bigint | undefined }>()
    for (const { kind, item, token, atNs } of steps) {
      const known = open.get(token)
      if (kind === "gives" && known !== undefined) known.toNs = BigInt(atNs)
      if (kind === "gives") continue
      const span = { token: BigInt(token), fromNs: BigInt(atNs), toNs: endNs }
      open.set(token, span)
      spans.set(item, [...(spans.get(item) ?? []), span])
    }
  }
  let doubles = 0
  for (const each of spans.values()) {
    each.sort((a, b) => (a.token < b.token ? -1 : 1))
    for (const [at, { toNs }] of each.entries()) {
      const next = each[at + 1]
      if (next !== undefined && (toNs === undefined || next.fromNs < toNs)) doubles++
    }
  }
  return doubles
}

function inOrder(
  workers: readonly WorkerSteps[],
): readonly (ShareStep & { readonly worker: number; readonly ns: bigint })[] {
  const all = workers.flatMap(({ steps }, worker) => steps.map((step) => ({ ...step, worker, ns: BigInt(step.atNs) })))
  return all.sort((a, b) => (a.ns < b.ns ? -1 : a.ns > b.ns ? 1 : 0))
}
