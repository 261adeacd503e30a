/** What something was from one revision on; undefined = it was not there. */
interface Moment<Thing> {
  readonly rev: number
  readonly thing: Thing | undefined
}

/** What a scope is of: all that has a key which begins so, or the one that has it. */
export interface Scope {
  readonly start: string
  readonly isOne: boolean
}

/** What there was under each key at each revision. */
export class Timeline<Thing> {
  readonly #isAlike: (a: Thing, b: Thing) => boolean
  readonly #byKey: Map<string, Moment<Thing>[]> = new Map()
  /** What there is at the last revision that was looked at. */
  #now: ReadonlyMap<string, Thing> = new Map()
  /** Revisions that changed something, and what. */
  readonly #steps: { readonly rev: number; readonly keys: readonly string[] }[] = []

  constructor(isAlike: (a: Thing, b: Thing) => boolean) {
    this.#isAlike = isAlike
  }

  /** All that there is at a revision, which no earlier one is told after. */
  look(rev: number, all: ReadonlyMap<string, Thing>): void {
    const keys: string[] = []
    for (const key of new Set([...this.#now.keys(), ...all.keys()])) {
      const [before, after] = [this.#now.get(key), all.get(key)]
      if (before !== undefined && after !== undefined && this.#isAlike(before, after)) continue
      const known = this.#byKey.get(key) ?? []
      known.push({ rev, thing: after })
      this.#byKey.set(key, known)
      keys.push(key)
    }
    this.#now = new Map(all)
    if (keys.length > 0) this.#steps.push({ rev, keys })
  }

  at(key: string, rev: number): Thing | undefined {
    return this.#byKey.get(key)?.findLast((each) => each.rev <= rev)?.thing
  }

  all(scope: Scope, rev: number): ReadonlyMap<string, Thing> {
    const found = new Map<string, Thing>()
    for (const key of this.#byKey.keys()) {
      const thing = isOf(scope, key) ? this.at(key, rev) : undefined
      if (thing !== undefined) found.set(key, thing)
    }
    return found
  }

  /** What changed behind one revision, up to another, in order. */
  changes(scope: Scope, after: number, upTo: number): readonly { readonly rev: number; readonly key: string }[] {
    const found: { rev: number; key: string }[] = []
    for (let at = this.#firstAfter(after); at < this.#steps.length; at++) {
      const { rev, keys } = this.#steps[at] as { rev: number; keys: readonly string[] }
      if (rev > upTo) break
      for (const key of keys) if (isOf(scope, key)) found.push({ rev, key })
    }
    return found
  }

  #firstAfter(rev: number): number {
    let low = 0
    let high = this.#steps.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((this.#steps[middle]?.rev ?? 0) <= rev) low = middle + 1
      else high = middle
    }
    return low
  }
}

/** Written as `lock/x`, or as `lock/*` where it is of all. */
export function scopeOf(text: string): Scope {
  const isOne = !text.endsWith("*")
  return { start: isOne ? text : text.slice(0, -1), isOne }
}

export function isOf({ start, isOne }: Scope, key: string): boolean {
  return isOne ? key === start : key.startsWith(start)
}
