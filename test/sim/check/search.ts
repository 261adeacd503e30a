/** A sequential machine: what it does with an operation, undefined = it cannot answer so. */
export interface Model<State, Op> {
  readonly initial: State
  readonly step: (state: State, op: Op) => State | undefined
  /** Equal for equal states. */
  readonly keyOf: (state: State) => string
  /** Whether it leaves every state as it is. */
  readonly isRead: (op: Op) => boolean
}

/** An operation that takes effect at one moment between the two. `isOptional`: or never. */
export interface Interval<Op> {
  readonly op: Op
  readonly call: number
  readonly end: number
  readonly isOptional?: boolean
}

export type Verdict =
  | { readonly kind: "linearizable" }
  /** `deepest`: how many took effect in the longest order that was possible; `stuck`: what could not follow on it. */
  | { readonly kind: "not-linearizable"; readonly deepest: number; readonly stuck: number }
  /** The search was broken off: nothing is known, which is no pass. */
  | { readonly kind: "unknown" }

interface Entry {
  readonly index: number
  readonly isCall: boolean
  previous: Entry | undefined
  next: Entry | undefined
  match: Entry | undefined
}

/** One that has taken effect, and the state before it. */
interface Taken<State> {
  readonly entry: Entry
  readonly state: State
  readonly isRead: boolean
}

const STEPS_MAX = 3_000_000

/**
 * Whether some order of the operations, each at a moment of its interval, is one that the machine could have done: the
 * search of Wing and Gong (1993) with the memory of Lowe (2017 §3), over a list of calls and ends as in Porcupine.
 */
export function linearizable<State, Op>(
  model: Model<State, Op>,
  intervals: readonly Interval<Op>[],
  stepsMax: number = STEPS_MAX,
): Verdict {
  // What was seen before it was asked for has no moment at all.
  const stuck = intervals.findIndex(({ call, end }) => end < call)
  if (stuck >= 0) return { kind: "not-linearizable", deepest: 0, stuck }
  return new Search(model, intervals, stepsMax).run()
}

class Search<State, Op> {
  readonly #model: Model<State, Op>
  readonly #intervals: readonly Interval<Op>[]
  readonly #stepsMax: number
  readonly #head: Entry
  readonly #done: Uint32Array
  readonly #seen: Map<string, Uint32Array[]> = new Map()
  /** Of what may never have been, the one before that is the same: it might as well be that. */
  readonly #alike: readonly (number | undefined)[]
  readonly #taken: Taken<State>[] = []
  #required: number
  #deepest = 0
  #stuck = 0

  constructor(model: Model<State, Op>, intervals: readonly Interval<Op>[], stepsMax: number) {
    this.#model = model
    this.#intervals = intervals
    this.#stepsMax = stepsMax
    this.#done = new Uint32Array((intervals.length >>> 5) + 1)
    this.#required = intervals.filter(({ isOptional }) => isOptional !== true).length
    this.#alike = alikeOf(intervals)
    this.#head = listOf(intervals)
  }

  run(): Verdict {
    let state = this.#model.initial
    let entry = this.#reader(state) ?? this.#head.next
    for (let steps = 0; this.#required > 0; steps++) {
      if (steps > this.#stepsMax) return { kind: "unknown" }
      if (entry?.isCall === true) {
        const { op, isOptional } = this.#intervals[entry.index] as Interval<Op>
        const next = this.#isInTurn(entry.index) ? this.#model.step(state, op) : undefined
        // What may never have been, and would change nothing now, is not needed now.
        const isVain = next === undefined || (isOptional === true && this.#isSame(state, next))
        if (isVain || !this.#isNew(entry.index, next)) {
          entry = entry.next
          continue
        }
        this.#take(entry, state)
        state = next
        entry = this.#reader(state) ?? this.#head.next
        continue
      }
      // The end of one that has not taken effect: something before it was wrong.
      if (entry !== undefined && this.#taken.length >= this.#deepest) this.#stuck = entry.index
      const last = this.#takeBack()
      if (last === undefined) return { kind: "not-linearizable", deepest: this.#deepest, stuck: this.#stuck }
      state = last.state
      entry = last.entry.next
    }
    return { kind: "linearizable" }
  }

  /** One that reads this state: whatever else may come first, it may as well come before that. */
  #reader(state: State): Entry | undefined {
    for (let entry = this.#head.next; entry?.isCall === true; entry = entry.next) {
      const { op } = this.#intervals[entry.index] as Interval<Op>
      if (this.#model.isRead(op) && this.#model.step(state, op) !== undefined) return entry
    }
    return undefined
  }

  #take(entry: Entry, state: State): void {
    this.#taken.push({ entry, state, isRead: this.#model.isRead((this.#intervals[entry.index] as Interval<Op>).op) })
    this.#set(entry.index, true)
    lift(entry)
    if (this.#intervals[entry.index]?.isOptional !== true) this.#required--
    this.#deepest = Math.max(this.#deepest, this.#taken.length)
  }

  /** The last one that another could have come before. */
  #takeBack(): Taken<State> | undefined {
    for (let last = this.#taken.pop(); last !== undefined; last = this.#taken.pop()) {
      this.#set(last.entry.index, false)
      unlift(last.entry)
      if (this.#intervals[last.entry.index]?.isOptional !== true) this.#required++
      if (!last.isRead) return last
    }
    return undefined
  }

  #isInTurn(index: number): boolean {
    const before = this.#alike[index]
    return before === undefined || ((this.#done[before >>> 5] ?? 0) & (1 << (before & 31))) !== 0
  }

  #isSame(one: State, other: State): boolean {
    return this.#model.keyOf(one) === this.#model.keyOf(other)
  }

  /** Whether this set of operations has not led to this state before. */
  #isNew(index: number, state: State): boolean {
    this.#set(index, true)
    const key = `${hashOf(this.#done)} ${this.#model.keyOf(state)}`
    const known = this.#seen.get(key) ?? []
    const isKnown = known.some((each) => same(each, this.#done))
    if (!isKnown) {
      known.push(this.#done.slice())
      this.#seen.set(key, known)
    }
    this.#set(index, false)
    return !isKnown
  }

  #set(index: number, isDone: boolean): void {
    const word = index >>> 5
    const bit = 1 << (index & 31)
    const before = this.#done[word] ?? 0
    this.#done[word] = isDone ? before | bit : before & ~bit
  }
}

/** Those that may come at any time from their call on, or never, are asked for in the order of their calls. */
function alikeOf<Op>(intervals: readonly Interval<Op>[]): readonly (number | undefined)[] {
  const last = new Map<string, number>()
  const found: (number | undefined)[] = intervals.map(() => undefined)
  const order = intervals.map((_, index) => index)
  order.sort((a, b) => (intervals[a]?.call ?? 0) - (intervals[b]?.call ?? 0) || a - b)
  for (const index of order) {
    const { op, end, isOptional } = intervals[index] as Interval<Op>
    if (isOptional !== true || end !== Number.POSITIVE_INFINITY) continue
    const key = JSON.stringify(op)
    found[index] = last.get(key)
    last.set(key, index)
  }
  return found
}

/** Calls and ends in the order of time; at one moment calls first, since then both orders are possible. */
function listOf<Op>(intervals: readonly Interval<Op>[]): Entry {
  const events = intervals.flatMap(({ call, end }, index) => [
    { at: call, isCall: true, index },
    { at: end, isCall: false, index },
  ])
  events.sort(
    (a, b) => (a.at === b.at ? Number(b.isCall) - Number(a.isCall) : a.at < b.at ? -1 : 1) || a.index - b.index,
  )
  const head: Entry = { index: -1, isCall: true, previous: undefined, next: undefined, match: undefined }
  const calls = new Map<number, Entry>()
  let last = head
  for (const { index, isCall } of events) {
    const entry: Entry = { index, isCall, previous: last, next: undefined, match: undefined }
    last.next = entry
    last = entry
    if (isCall) calls.set(index, entry)
    else (calls.get(index) as Entry).match = entry
  }
  return head
}

function lift(entry: Entry): void {
  for (const each of [entry, entry.match as Entry]) {
    if (each.previous !== undefined) each.previous.next = each.next
    if (each.next !== undefined) each.next.previous = each.previous
  }
}

function unlift(entry: Entry): void {
  for (const each of [entry.match as Entry, entry]) {
    if (each.previous !== undefined) each.previous.next = each
    if (each.next !== undefined) each.next.previous = each
  }
}

function hashOf(words: Uint32Array): number {
  let hash = 0x811c9dc5
  for (const word of words) hash = Math.imul(hash ^ word, 0x01000193) ^ (hash >>> 15)
  return hash >>> 0
}

function same(a: Uint32Array, b: Uint32Array): boolean {
  return a.every((word, index) => word === b[index])
}
