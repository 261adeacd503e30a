import type { WatchEvent, WatchLine } from "./lines.ts"
import type { ShownThing } from "./shown-state.ts"
import { type Scope, scopeOf, Timeline } from "./timeline.ts"
import { isBlank, parting, toldText } from "./told-text.ts"

/** What is wrong with a line: the rule, and the place in words. */
export interface Objection {
  readonly rule: string
  readonly what: string
}

export interface StreamOptions {
  readonly truth: Timeline<ShownThing>
  /** The highest revision at which anything may be shown. */
  readonly lastRev: number
  /** No view and no progress may be of an earlier one. */
  readonly floor: number
  /** What of it is not held against the truth. */
  readonly isLeftOut?: (key: string) => boolean
  /** Why it changed then; undefined where no reason is promised. */
  readonly reasonOf?: (key: string, rev: number) => string | undefined
}

const NOTHING: StreamOptions = { truth: new Timeline(() => true), lastRev: 0, floor: 0 }

/**
 * One stream of one watch as it is told, across connections and agents: each view is what was there at its revision,
 * and what follows on it is each change that the truth has, once, in order and with nothing between them.
 */
export class WatchedStream {
  readonly #scope: Scope
  #options: StreamOptions = NOTHING
  /** Up to which revision its reader knows all; undefined = it has no view yet. */
  #rev: number | undefined
  /** The keys of the parts of a view that have come so far, and its revision. */
  #parts: { readonly rev: number; readonly keys: Set<string> } | undefined
  /** How it was asked for last, until a view has come. */
  #asked: { readonly from: number | undefined } | undefined

  constructor(scope: string) {
    this.#scope = scopeOf(scope)
  }

  /** Asked for, anew perhaps: behind a revision, or with a view. */
  begin(from: number | undefined, options: StreamOptions): void {
    this.#options = options
    this.#asked = { from }
    this.#parts = undefined
    this.#rev = undefined
  }

  take(line: WatchLine): readonly Objection[] {
    if (line.rev > this.#options.lastRev) return [{ rule: "watches-show-what-was", what: `${line.rev} never was` }]
    switch (line.vk) {
      case "view":
        return this.#view(line)
      case "change":
        return this.#resume(line.rev) ?? this.#change(line)
      case "progress":
        return this.#resume(line.rev) ?? [...this.#moveTo(line.rev, new Set()), ...this.#notPast(line.rev)]
      case "sum":
        return this.#sum(line)
    }
  }

  /** Without a view it goes on from where its reader had come to. Else what is wrong. */
  #resume(rev: number): readonly Objection[] | undefined {
    const isWhole = this.#parts === undefined
    this.#rev ??= this.#asked?.from
    const isBegun = this.#rev !== undefined
    if (isWhole && isBegun) return undefined
    this.#parts = undefined
    this.#rev = rev
    if (!isWhole) return [{ rule: "watches-come-whole", what: "its view has another part" }]
    return [{ rule: "watches-begin-with-a-view", what: "there was none" }]
  }

  #view({ rev, ev, reset = false, more = false }: WatchLine): readonly Objection[] {
    const objections: Objection[] = []
    const isFirst = this.#asked !== undefined && this.#asked.from === undefined
    if (this.#parts === undefined || reset) {
      if (reset === isFirst) objections.push({ rule: "watches-begin-with-a-view", what: `reset is ${reset}` })
      this.#parts = { rev, keys: new Set() }
      this.#asked = undefined
      objections.push(...this.#notPast(rev))
    }
    if (rev !== this.#parts.rev) objections.push({ rule: "watches-come-whole", what: `${rev}, not ${this.#parts.rev}` })
    objections.push(...ev.flatMap((each) => this.#told(each, rev)))
    for (const { key } of ev) this.#parts.keys.add(key)
    if (more) return objections
    objections.push(...this.#whole(this.#parts.keys, rev))
    this.#parts = undefined
    this.#rev = rev
    return objections
  }

  #change({ rev: last, ev }: WatchLine): readonly Objection[] {
    const byRev = new Map<number, WatchEvent[]>()
    for (const each of ev) byRev.set(each.rev ?? last, [...(byRev.get(each.rev ?? last) ?? []), each])
    return [...byRev].flatMap(([rev, told]) => {
      const before = this.#rev ?? 0
      if (rev <= before) return [{ rule: "watches-go-on", what: `${rev} after ${before}` }]
      const keys = new Set(told.map(({ key }) => key))
      const twice = keys.size < told.length ? [{ rule: "watches-go-on", what: `twice the same at ${rev}` }] : []
      return [...twice, ...this.#moveTo(rev, keys), ...told.flatMap((each) => this.#told(each, rev))]
    })
  }

  /** All that has changed behind where it was is told, and at this revision. */
  #moveTo(rev: number, keys: ReadonlySet<string>): readonly Objection[] {
    const before = this.#rev ?? 0
    this.#rev = rev
    if (rev < before) return [{ rule: "watches-go-on", what: `${rev} after ${before}` }]
    const { truth, isLeftOut = () => false } = this.#options
    const missing = truth.changes(this.#scope, before, rev).filter((each) => {
      const isTold = each.rev === rev && keys.has(each.key)
      const wasThere = truth.at(each.key, each.rev - 1)?.isThere === true
      const isThere = truth.at(each.key, each.rev)?.isThere === true
      return !isTold && (wasThere || isThere) && !isLeftOut(each.key)
    })
    return missing.slice(0, 1).map((each) => {
      return { rule: "watches-leave-nothing-out", what: `${each.key} at ${each.rev}, between ${before} and ${rev}` }
    })
  }

  #told({ key, type, item, reason }: WatchEvent, rev: number): readonly Objection[] {
    const { truth, isLeftOut = () => false, reasonOf } = this.#options
    if (isLeftOut(key)) return []
    const now = truth.at(key, rev)
    const text = toldText(key, item)
    const wrong = (what: string): readonly Objection[] => [{ rule: "watches-show-what-was", what: `${key}: ${what}` }]
    const isNew = now === undefined && isBlank(item)
    if (type === "put" && now?.text !== text && !isNew) return wrong(`at ${rev} ${parting(text, now?.text)}`)
    const last = truth.at(key, rev - 1)
    if (type === "delete" && now !== undefined) return wrong(`at ${rev} it was there`)
    if (type === "delete" && last !== undefined && last.text !== text) {
      return wrong(`before ${rev} ${parting(text, last.text)}`)
    }
    const why = reason === undefined ? undefined : reasonOf?.(key, rev)
    return why === undefined || why === reason ? [] : wrong(`at ${rev} because of ${reason}, it was ${why}`)
  }

  #whole(keys: ReadonlySet<string>, rev: number): readonly Objection[] {
    const { truth, isLeftOut = () => false } = this.#options
    const there = [...truth.all(this.#scope, rev)].filter(([key, { isThere }]) => isThere && !isLeftOut(key))
    const lacks = there.find(([key]) => !keys.has(key))
    if (lacks !== undefined) return [{ rule: "watches-show-what-was", what: `at ${rev} ${lacks[0]} was there, too` }]
    const more = [...keys].find((key) => !isLeftOut(key) && truth.at(key, rev)?.isThere !== true)
    return more === undefined ? [] : [{ rule: "watches-show-what-was", what: `at ${rev} ${more} was not there` }]
  }

  /** What the reader has made of all that it was told. */
  #sum({ rev, ev }: WatchLine): readonly Objection[] {
    if (this.#rev === undefined || this.#parts !== undefined) return []
    const told = ev.flatMap((each) => this.#told(each, rev))
    const objections = [...told, ...this.#whole(new Set(ev.map(({ key }) => key)), rev)]
    return objections.slice(0, 1).map(({ what }) => ({ rule: "watchers-see-what-is", what }))
  }

  #notPast(rev: number): readonly Objection[] {
    const { floor } = this.#options
    return rev < floor ? [{ rule: "nobody-is-told-the-past", what: `${rev}, ${floor} was known` }] : []
  }
}
