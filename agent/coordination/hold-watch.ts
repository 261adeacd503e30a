import type { Millis } from "@conclave/base"
import type { Change } from "@conclave/consensus"
import type { Feed } from "../api/feed.ts"
import { type HoldJson, type HoldKind, type HoldWatchLine, isHoldKind } from "../api/hold-objects.ts"
import type { Problem } from "../api/problem.ts"
import type { Alarm, Clock } from "../ports.ts"
import type { StateView } from "./cluster.ts"
import { type CapturedName, capture, cutTo, holdJson, PLACES_MAX } from "./hold-json.ts"
import type { ReplicatedTime } from "./replicated-time.ts"

/** Changes kept for one reader, and their bytes; beyond, they collapse to a new view. */
export const LINES_MAX = 1024
export const LINES_BYTES_MAX = 1024 * 1024
/** Revisions kept for readers who come back, and their bytes. */
export const PAST_MAX = 4096
export const PAST_BYTES_MAX = 8 * 1024 * 1024
/** They are kept while somebody watches, and so long after. */
const PAST_KEPT_MS = 60_000
const PROGRESS_MS = 4000
/** Bytes of items at which a part of a view is full. */
const PART_BYTES_MAX = 128 * 1024
/** Bytes of items in any line: a frame holds them, and what stands around them. */
export const LINE_BYTES_MAX: number = 240 * 1024

const ITEM_BYTES_MAX = LINE_BYTES_MAX - 1024

export interface HoldFilter {
  readonly kind: HoldKind
  readonly name: string | undefined
  readonly prefix: string | undefined
}

type Changes = NonNullable<HoldWatchLine["changes"]>

/**
 * Of progress, five minutes: so long a reader waits for a state here that is not older than what it has seen. After the
 * recovery of a group there may be none.
 */
const WAITS_MAX = 75

/** All that one revision changed in names. */
interface Step {
  readonly rev: number
  readonly changes: readonly { readonly kind: HoldKind; readonly change: Changes[number]; readonly bytes: number }[]
  readonly bytes: number
}

interface Watcher {
  readonly filter: HoldFilter
  /** The names of a view that was begun, and how many of them have been taken. */
  view:
    | { readonly rev: number; readonly names: readonly CapturedName[]; taken: number; readonly isReset: boolean }
    | undefined
  /** A view is owed; it is made when it is taken. */
  owed: "first" | "reset" | undefined
  lines: { readonly line: HoldWatchLine; readonly bytes: number }[]
  bytes: number
  /** The last revision that it was told of, or could have been; undefined = it does not watch yet. */
  rev: number | undefined
  /** Progress marks since the state here has been older than that. */
  waits: number
  progress: boolean
  failure: Problem | undefined
  isClosed: boolean
  readonly onReadable: () => void
}

export interface HoldWatchOptions {
  readonly clock: Clock
  readonly time: ReplicatedTime
  readonly local: () => StateView | undefined
}

/**
 * Tells watchers what becomes of locks and elections: a whole view at one revision, then each change once, in order, cut
 * between revisions. What a reader does not take is bounded: beyond the limit it gets a new view (`reset`), never an
 * error and never a gap.
 */
export class HoldWatch {
  readonly #options: HoldWatchOptions
  readonly #watchers: Set<Watcher> = new Set()
  readonly #alarm: Alarm
  /** The last revisions, from the one after `#pastFrom` on without a gap. */
  #past: Step[] = []
  #pastBytes = 0
  #pastFrom: number | undefined
  #keepUntilMs = 0
  #isArmed = false

  constructor(options: HoldWatchOptions) {
    this.#options = options
    this.#alarm = options.clock.alarm(() => this.#progress())
  }

  get watchers(): number {
    return this.#watchers.size
  }

  /**
   * `ready` is called at once and calls back when the state here is fresh enough to begin with. `from`: the last revision
   * that the reader has seen; what followed it is told if it is still known.
   */
  watch(
    filter: HoldFilter,
    {
      from,
      ready,
    }: { readonly from: number | undefined; readonly ready: (go: (refusal: Problem | undefined) => void) => void },
    onReadable: () => void,
  ): Feed {
    const watcher: Watcher = {
      filter,
      view: undefined,
      owed: undefined,
      lines: [],
      bytes: 0,
      rev: undefined,
      waits: 0,
      progress: false,
      failure: undefined,
      isClosed: false,
      onReadable,
    }
    this.#watchers.add(watcher)
    this.#arm()
    ready((refusal) => {
      if (watcher.isClosed) return
      watcher.failure = refusal
      if (refusal === undefined) this.#begin(watcher, from)
      onReadable()
    })
    return {
      take: () => this.#take(watcher),
      isOver: () => watcher.isClosed || watcher.failure !== undefined,
      ending: () => (watcher.failure === undefined ? { out: {} } : { error: watcher.failure }),
      close: () => {
        watcher.isClosed = true
        this.#watchers.delete(watcher)
        this.#keepUntilMs = this.#options.clock.now() + PAST_KEPT_MS
      },
    }
  }

  /** All changes of one revision. */
  changed(rev: number, changes: readonly Change[], state: StateView): void {
    const isKept = this.#watchers.size > 0 || this.#options.clock.now() < this.#keepUntilMs
    if (!isKept) return this.#forget()
    this.#pastFrom ??= rev - 1
    const step = stepOf(rev, changes, state, this.#options.time)
    if (step.changes.length === 0) return
    this.#keep(step)
    for (const watcher of this.#watchers) {
      this.#tell(watcher, step)
      // The state was older than what it has seen, and is not any more.
      if (watcher.owed !== undefined && rev >= (watcher.rev ?? 0)) watcher.onReadable()
    }
  }

  /** What happened meanwhile is not known. */
  replaced(): void {
    this.#forget()
    for (const watcher of this.#watchers) {
      if (watcher.rev === undefined) continue
      collapse(watcher)
      watcher.onReadable()
    }
  }

  stop(): void {
    this.#alarm.clear()
    this.#watchers.clear()
  }

  #begin(watcher: Watcher, from: number | undefined): void {
    const rev = this.#options.local()?.rev ?? 0
    watcher.rev = rev
    if (from === undefined) {
      watcher.owed = "first"
      return
    }
    // Before `#pastFrom` nothing is known; after the present nothing has happened, but for one who came from another state.
    if (from !== rev && (this.#pastFrom === undefined || from < this.#pastFrom || from > rev)) {
      watcher.owed = "reset"
      return
    }
    this.#pastFrom ??= rev
    for (const step of this.#past) if (step.rev > from) this.#tell(watcher, step)
  }

  #tell(watcher: Watcher, step: Step): void {
    // A view that is still owed will contain it.
    if (watcher.rev === undefined || watcher.owed !== undefined) return
    const told = step.changes.filter(({ kind, change }) => fits(watcher.filter, kind, change.item.name))
    if (told.length === 0) return
    const bytes = told.reduce((sum, each) => sum + each.bytes, 0)
    // What one revision changed is told whole; a view of it comes in parts.
    if (bytes > LINE_BYTES_MAX) {
      collapse(watcher)
      return watcher.onReadable()
    }
    const line: HoldWatchLine = { type: "change", rev: String(step.rev), changes: told.map(({ change }) => change) }
    watcher.lines.push({ line, bytes })
    watcher.bytes += bytes
    if (watcher.lines.length > LINES_MAX || watcher.bytes > LINES_BYTES_MAX) collapse(watcher)
    watcher.onReadable()
  }

  #take(watcher: Watcher): HoldWatchLine | undefined {
    if (watcher.isClosed) return undefined
    const state = this.#options.local()
    if (watcher.owed !== undefined && state !== undefined && state.rev < (watcher.rev ?? 0)) {
      // A replica or a mirror that begins anew has yet to hear of what was told already.
      if (watcher.waits < WAITS_MAX) return undefined
      watcher.rev = state.rev
    }
    if (watcher.owed !== undefined && state !== undefined) {
      const { kind } = watcher.filter
      const names = namesOf(state, watcher.filter).map((name) => capture(state, kind, name, PLACES_MAX))
      watcher.view = { rev: state.rev, names, taken: 0, isReset: watcher.owed === "reset" }
      this.#pastFrom ??= state.rev
      watcher.owed = undefined
      watcher.rev = state.rev
      watcher.waits = 0
    }
    if (watcher.view !== undefined) return this.#viewPart(watcher, watcher.view)
    // An entry is at work: the state can be asked when it is done.
    if (watcher.owed !== undefined) {
      this.#options.clock.afterTurn(watcher.onReadable)
      return undefined
    }
    const told = watcher.lines.shift()
    if (told !== undefined) {
      watcher.bytes -= told.bytes
      watcher.rev = Number(told.line.rev)
      return told.line
    }
    if (!watcher.progress || watcher.rev === undefined || state === undefined) return undefined
    watcher.progress = false
    watcher.rev = state.rev
    return { type: "progress", rev: String(state.rev) }
  }

  #viewPart(watcher: Watcher, view: NonNullable<Watcher["view"]>): HoldWatchLine {
    const isFirst = view.taken === 0
    const items: NonNullable<HoldWatchLine["items"]> = []
    let bytes = 0
    for (; view.taken < view.names.length && bytes < PART_BYTES_MAX; view.taken++) {
      const name = view.names[view.taken]
      if (name === undefined) continue
      const { item, bytes: more } = fitting(name, this.#options.time)
      if (bytes > 0 && bytes + more > LINE_BYTES_MAX) break
      bytes += more
      items.push(item)
    }
    const more = view.taken < view.names.length
    if (!more) watcher.view = undefined
    const reset = isFirst && view.isReset
    return { type: "view", rev: String(view.rev), items, ...(more ? { more } : {}), ...(reset ? { reset } : {}) }
  }

  #keep(step: Step): void {
    this.#past.push(step)
    this.#pastBytes += step.bytes
    while (this.#past.length > PAST_MAX || this.#pastBytes > PAST_BYTES_MAX) {
      const gone = this.#past.shift()
      if (gone === undefined) return
      this.#pastBytes -= gone.bytes
      this.#pastFrom = gone.rev
    }
  }

  #forget(): void {
    this.#past = []
    this.#pastBytes = 0
    this.#pastFrom = undefined
  }

  #progress(): void {
    this.#isArmed = false
    for (const watcher of this.#watchers) {
      watcher.progress = true
      if (watcher.owed !== undefined) watcher.waits++
      watcher.onReadable()
    }
    this.#arm()
  }

  #arm(): void {
    if (this.#isArmed || this.#watchers.size === 0) return
    this.#isArmed = true
    this.#alarm.set((this.#options.clock.now() + PROGRESS_MS) as Millis)
  }
}

/** Beyond the limit what was kept is worth nothing: a new view tells it better. */
function collapse(watcher: Watcher): void {
  watcher.owed = watcher.owed ?? "reset"
  watcher.view = undefined
  watcher.lines = []
  watcher.bytes = 0
}

/** Each name once, as it is at the end of the revision; why, where a hold of it ended. */
function stepOf(rev: number, changes: readonly Change[], state: StateView, time: ReplicatedTime): Step {
  const touched = new Map<string, { readonly kind: HoldKind; readonly name: string; reason: string | undefined }>()
  for (const change of changes) {
    if (change.kind !== "hold") continue
    const hold = change.after ?? change.before
    for (const name of hold?.names ?? []) {
      if (hold === undefined || !isHoldKind(hold.kind)) continue
      const key = `${hold.kind}/${name}`
      const known = touched.get(key) ?? { kind: hold.kind, name, reason: undefined }
      known.reason ??= change.end
      touched.set(key, known)
    }
  }
  const told = [...touched.values()].map(({ kind, name, reason }) => {
    const { item } = fitting(capture(state, kind, name, PLACES_MAX), time)
    const change = { type: "put" as const, item, ...(reason === undefined ? {} : { reason }) }
    return { kind, change, bytes: jsonBytes(change) }
  })
  told.sort((a, b) => (a.change.item.name < b.change.item.name ? -1 : 1))
  return { rev, changes: told, bytes: told.reduce((sum, each) => sum + each.bytes, 0) }
}

/** As many of those that hold or wait as one line has room for: long notes and names of applications leave less. */
function fitting(captured: CapturedName, time: ReplicatedTime): { readonly item: HoldJson; readonly bytes: number } {
  for (let placesMax = PLACES_MAX; ; placesMax = Math.floor(placesMax / 2)) {
    const item = holdJson(cutTo(captured, placesMax), time)
    const bytes = jsonBytes(item)
    if (bytes <= ITEM_BYTES_MAX || placesMax === 0) return { item, bytes }
  }
}

function namesOf(state: StateView, { kind, name, prefix = "" }: HoldFilter): readonly string[] {
  if (name === undefined) return state.names(kind, prefix)
  // Most ask for one: all others are not looked through for it.
  const { holders, waiters } = state.name(kind, name)
  return holders.length + waiters.length > 0 && name.startsWith(prefix) ? [name] : []
}

function fits(filter: HoldFilter, kind: HoldKind, name: string): boolean {
  if (filter.kind !== kind || (filter.name !== undefined && filter.name !== name)) return false
  return filter.prefix === undefined || name.startsWith(filter.prefix)
}

const UTF8 = new TextEncoder()

function jsonBytes(value: object): number {
  return UTF8.encode(JSON.stringify(value)).length
}
