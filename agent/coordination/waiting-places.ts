import type { Millis } from "@conclave/base"
import type { Acquire, Hold } from "@conclave/consensus"
import type { HolderJson } from "../api/hold-objects.ts"
import type { Alarm, Clock } from "../ports.ts"
import { SLICE_MS } from "../slices.ts"
import type { StateView } from "./cluster.ts"
import { holderJson, PLACES_MAX } from "./hold-json.ts"
import type { ReplicatedTime } from "./replicated-time.ts"

/** How often a waiting client hears of its place. */
const QUEUED_EVERY_MS = 1000
/** Between two slices: with as many who wait as there can be, most of the loop belongs to others. */
const REST_MS = 4

/** What one who waits is told. */
export interface WaitingPlace {
  /** From 1. */
  readonly position: number
  readonly holders: ShownHolders
}

/** Those in the way, of whom a long list is cut. */
interface ShownHolders {
  readonly json: HolderJson[]
  /** Their tokens. */
  readonly key: string
}

export interface PlacesOptions {
  readonly clock: Clock
  readonly time: ReplicatedTime
  /** The state of now, as far as this host knows it. */
  readonly local: () => StateView | undefined
}

/**
 * Where holds wait, and when their clients are told: one client may wait ten thousand times for one name. So a place is
 * looked up and not counted, whoever stands in the way is written out once for all who wait behind them, and all are
 * told in turn, some at a time.
 */
export class WaitingPlaces {
  readonly #options: PlacesOptions
  readonly #alarm: Alarm
  /** When each is told next: as all wait equally long, the first comes first. */
  readonly #due: Map<() => void, number> = new Map()
  #isArmed = false
  #shown:
    | { readonly state: StateView; readonly rev: number; readonly of: string; readonly holders: ShownHolders }
    | undefined

  constructor(options: PlacesOptions) {
    this.#options = options
    this.#alarm = options.clock.alarm(() => this.#round())
  }

  /**
   * Undefined where it does not wait. One of several names is granted when it is the first of each: what counts is the
   * name where most stand before it, and the holders of all.
   */
  of({ hold, names, session, seq }: Pick<Acquire, "hold" | "names" | "session" | "seq">): WaitingPlace | undefined {
    const state = this.#options.local()
    const before = state?.waitsBehind(session, seq)
    if (state === undefined || before === undefined) return undefined
    const of = `${hold} ${names.join(" ")}`
    const { rev } = state
    if (this.#shown?.rev !== rev || this.#shown.of !== of || this.#shown.state !== state) {
      this.#shown = { state, rev, of, holders: shownHolders(state, hold, names, this.#options.time) }
    }
    return { position: before + 1, holders: this.#shown.holders }
  }

  /** Calls `tell` once, a second from now at the earliest. */
  again(tell: () => void): void {
    const atMs = this.#options.clock.now() + QUEUED_EVERY_MS
    this.#due.delete(tell)
    this.#due.set(tell, atMs)
    if (!this.#isArmed) this.#arm(atMs)
  }

  forget(tell: () => void): void {
    this.#due.delete(tell)
  }

  stop(): void {
    this.#alarm.clear()
    this.#due.clear()
  }

  #round(): void {
    const { clock } = this.#options
    const nowMs = clock.now()
    for (const [tell, atMs] of this.#due) {
      if (atMs > nowMs) return this.#arm(atMs)
      if (clock.now() >= nowMs + SLICE_MS) return this.#arm(clock.now() + REST_MS)
      this.#due.delete(tell)
      tell()
    }
    this.#isArmed = false
  }

  #arm(atMs: number): void {
    this.#isArmed = true
    this.#alarm.set(atMs as Millis)
  }
}

export function isSamePlace(a: WaitingPlace, b: WaitingPlace): boolean {
  return a.position === b.position && a.holders.key === b.holders.key
}

function shownHolders(
  state: StateView,
  kind: Acquire["hold"],
  names: readonly string[],
  time: ReplicatedTime,
): ShownHolders {
  const inTheWay = new Set<Hold>()
  for (const name of names) {
    for (const hold of state.name(kind, name).holders.slice(0, PLACES_MAX - inTheWay.size)) inTheWay.add(hold)
  }
  const json = [...inTheWay].flatMap((hold) => {
    const session = state.session(hold.session)
    return session === undefined ? [] : [holderJson({ hold, session }, time)]
  })
  return { json, key: json.map(({ token }) => token).join(" ") }
}
