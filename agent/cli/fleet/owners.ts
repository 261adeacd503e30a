import type { ItemTold } from "./app-line.ts"

/** That an application has an item of work, as it believes. */
export interface Ownership {
  readonly pool: string
  readonly item: string
  readonly app: string
  readonly token: bigint
  /** Under which token somebody had it before, as the cluster says; 0 = nobody. */
  readonly checkpoint: bigint
  readonly fromMs: number
  /** undefined = still. */
  toMs: number | undefined
  /** The cluster has acknowledged that it keeps this token with the item. */
  isKept: boolean
}

/** Who has which item of work, as the applications themselves tell. */
export class Owners {
  readonly #all: Ownership[] = []

  /** `isGone`: last words of a process that was killed. */
  heard(app: string, line: ItemTold, about: { readonly atMs: number; readonly isGone: boolean }): void {
    const { name: pool, item } = line
    const token = BigInt(line.token)
    const { atMs, isGone } = about
    if (line.event === "assigned") {
      const checkpoint = BigInt(line.checkpoint ?? 0)
      const toMs = isGone ? atMs : undefined
      this.#all.push({ pool, item, app, token, checkpoint, fromMs: atMs, toMs, isKept: false })
      return
    }
    const mine = this.#all.findLast((each) => each.app === app && each.token === token)
    if (mine === undefined) return
    // The word may come when its process is known to be killed, and be older than that.
    if (line.event === "dropped") mine.toMs = Math.min(mine.toMs ?? atMs, atMs)
    if (line.event === "answered" && line.f === "work.checkpoint") mine.isKept = true
  }

  /** The process is gone: it believes nothing any more. */
  over(app: string, atMs: number): void {
    for (const each of this.#all) if (each.app === app) each.toMs ??= atMs
  }

  /** What an application has now. */
  of(pool: string, app: string): readonly Ownership[] {
    return this.#all.filter((each) => each.pool === pool && each.app === app && each.toMs === undefined)
  }

  /** Who has each item now, by the item: of several the one with the newest token. */
  now(pool: string): ReadonlyMap<string, Ownership> {
    const newest = new Map<string, Ownership>()
    for (const each of this.#all) {
      if (each.pool !== pool || each.toMs !== undefined) continue
      const other = newest.get(each.item)
      if (other === undefined || each.token > other.token) newest.set(each.item, each)
    }
    return newest
  }

  /** All that was told of a pool since the start. */
  told(pool: string): readonly Ownership[] {
    return this.#all.filter((each) => each.pool === pool)
  }
}

/** Items that two had at one moment, or of which a later owner has no larger token. */
export function doubleOwners(told: readonly Ownership[]): readonly string[] {
  return itemsWhere(
    told,
    (before, next) => before.toMs === undefined || before.toMs > next.fromMs || before.token >= next.token,
  )
}

/** Items of which an owner was given less than another one had been told to be kept. */
export function forgotten(told: readonly Ownership[]): readonly string[] {
  return itemsWhere(told, (before, next) => before.isKept && next.checkpoint < before.token)
}

function itemsWhere(
  told: readonly Ownership[],
  isWrong: (before: Ownership, next: Ownership) => boolean,
): readonly string[] {
  const wrong = new Set<string>()
  const latest = new Map<string, Ownership[]>()
  for (const next of [...told].sort((a, b) => a.fromMs - b.fromMs)) {
    const earlier = latest.get(next.item) ?? []
    if (earlier.some((before) => isWrong(before, next))) wrong.add(next.item)
    latest.set(next.item, [...earlier, next])
  }
  return [...wrong]
}
