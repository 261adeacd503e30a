import type { GrantStep } from "./grant-note.ts"

/** What is counted apart: a worker's place in its pool, and under `work` what it is given. */
export const GRANT_CLASSES = ["lock", "election", "semaphore", "group", "worker", "work"] as const
/** How a grant is lost, of whatever class. */
export const LOSSES = [
  ...["expired", "session-lost", "revoked", "max-hold", "transferred", "closed", "fenced"],
  ...["removed", "handoff-timeout"],
] as const
/** What a worker makes of an item. */
export const RESULTS = ["done", "released", "failed"] as const

export type GrantClass = (typeof GRANT_CLASSES)[number]

/** How long it took: the wait for a grant, the grant itself, and what was left of it once it was asked for. */
export type Span = "wait" | "hold" | "letGo"

export interface Spent {
  readonly of: GrantClass
  readonly span: Span
  readonly seconds: number
}

export interface Standing {
  readonly held: number
  readonly waiting: number
}

/** Kept until somebody looks; of more only the last are told. */
const SPENT_MAX = 1000
const NOTHING: Standing = { held: 0, waiting: 0 }

/**
 * Counts the grants of this host's sessions by their kinds, whatever their names are: added up over all agents each is
 * counted once. How one name is contended for its own record says.
 */
export class GrantCounts {
  readonly #lost: Map<string, number> = new Map()
  readonly #settled: Map<string, number> = new Map()
  readonly #released: Map<GrantClass, number> = new Map()
  readonly #spent: Spent[] = []
  #told: ((spent: Spent) => void) | undefined
  #standing: () => ReadonlyMap<GrantClass, Standing> = () => new Map()

  /** Where it is known what is held and waited for now. */
  follow(standing: () => ReadonlyMap<GrantClass, Standing>): void {
    this.#standing = standing
  }

  counted({ kind, item, reason = "", spent }: GrantStep): void {
    if (spent === undefined) return
    const dot = kind.indexOf(".")
    const of = classOf(kind.slice(0, dot), item)
    if (of === undefined) return
    const what = kind.slice(dot + 1)
    if (what === "lost") add(this.#lost, `${of} ${reason}`)
    else if (what === "released") add(this.#released, of)
    if (of === "work" && what === "released") add(this.#settled, reason.startsWith("failed") ? "failed" : reason)
    const { waitMs, holdMs, letGoMs } = spent
    this.#keep(of, "wait", waitMs)
    this.#keep(of, "hold", holdMs)
    this.#keep(of, "letGo", letGoMs)
  }

  standing(): readonly (Standing & { readonly of: GrantClass })[] {
    const now = this.#standing()
    return GRANT_CLASSES.map((of) => ({ of, ...(now.get(of) ?? NOTHING) }))
  }

  /** All of them, from 0. */
  lost(of: GrantClass): readonly { readonly reason: string; readonly count: number }[] {
    return LOSSES.map((reason) => ({ reason, count: this.#lost.get(`${of} ${reason}`) ?? 0 }))
  }

  released(of: GrantClass): number {
    return this.#released.get(of) ?? 0
  }

  /** Of items. */
  settled(): readonly { readonly result: string; readonly count: number }[] {
    return RESULTS.map((result) => ({ result, count: this.#settled.get(result) ?? 0 }))
  }

  /** Told of what was kept, and from then on of each. */
  observe(told: (spent: Spent) => void): void {
    for (const each of this.#spent.splice(0)) told(each)
    this.#told = told
  }

  #keep(of: GrantClass, span: Span, ms: number | undefined): void {
    if (ms === undefined) return
    const spent = { of, span, seconds: ms / 1000 }
    if (this.#told !== undefined) return this.#told(spent)
    this.#spent.push(spent)
    if (this.#spent.length > SPENT_MAX) this.#spent.shift()
  }
}

export function classOf(kind: string, item: string | undefined): GrantClass | undefined {
  if (kind === "work") return item === undefined ? "worker" : "work"
  return GRANT_CLASSES.find((each) => each === kind)
}

function add<Key>(counts: Map<Key, number>, key: Key): void {
  counts.set(key, (counts.get(key) ?? 0) + 1)
}
