import type { Millis } from "@conclave/base"
import type { Member } from "@conclave/swim"
import type { Feed } from "./api/feed.ts"
import { byName, memberJson } from "./api/member-json.ts"
import type { MemberJson, WatchLine } from "./api/objects.ts"
import type { AgentView, MemberChanged } from "./api/view.ts"
import type { Alarm, Clock } from "./ports.ts"

/** Changes kept for one reader, and their bytes; beyond, they collapse to a new view. */
export const CHANGES_MAX = 1024
export const CHANGES_BYTES_MAX = 1024 * 1024
/** A quiet stream says every so often that it lives. */
const PROGRESS_MS = 4000
/** Bytes of items in one line, well below the limit of a frame. */
const PART_BYTES_MAX = 128 * 1024

/** Which members a reader wants to hear of: all, one, or those whose names begin so. */
export interface MemberQuery {
  readonly name?: string | undefined
  readonly prefix?: string | undefined
  /** The reader had a view before: the first one tells it to forget that. */
  readonly isResumed?: boolean
}

/** The members at one version, sorted; shared by all readers who begin at it. */
interface Snapshot {
  readonly version: number
  readonly members: readonly Member[]
}

interface Told {
  readonly line: WatchLine
  readonly bytes: number
}

interface Watcher {
  readonly query: MemberQuery
  /** A view that was begun, and how many of its members have been taken. */
  snapshot: Snapshot | undefined
  taken: number
  isReset: boolean
  changes: Told[]
  bytes: number
  /** A view is owed: the first, or one after the reader fell behind. */
  view: "first" | "reset" | undefined
  progress: boolean
  closed: boolean
  readonly onReadable: () => void
}

/**
 * Tells watchers what becomes of members: a whole view, then each change once and in order. What a reader does not take
 * is bounded: beyond the limit it gets a new view instead (`reset`), never an error and never a gap.
 */
export class WatchHub {
  readonly #view: AgentView
  readonly #clock: Clock
  readonly #alarm: Alarm
  readonly #watchers: Set<Watcher> = new Set()
  readonly #unsubscribe: () => void
  #isArmed = false
  #snapshot: Snapshot | undefined

  constructor(view: AgentView, clock: Clock) {
    this.#view = view
    this.#clock = clock
    this.#alarm = clock.alarm(() => this.#progress())
    this.#unsubscribe = view.onMemberChanged((change, version) => this.#changed(change, version))
  }

  get watchers(): number {
    return this.#watchers.size
  }

  watch(query: MemberQuery, onReadable: () => void): Feed {
    const watcher: Watcher = {
      query,
      snapshot: undefined,
      taken: 0,
      isReset: false,
      changes: [],
      bytes: 0,
      view: query.isResumed === true ? "reset" : "first",
      progress: false,
      closed: false,
      onReadable,
    }
    this.#watchers.add(watcher)
    this.#arm()
    return {
      take: () => this.#take(watcher),
      isOver: () => watcher.closed,
      close: () => {
        watcher.closed = true
        this.#watchers.delete(watcher)
      },
    }
  }

  close(): void {
    this.#unsubscribe()
    this.#alarm.clear()
    this.#watchers.clear()
  }

  #take(watcher: Watcher): WatchLine | undefined {
    if (watcher.closed) return undefined
    if (watcher.view !== undefined) {
      watcher.snapshot = this.#current()
      watcher.taken = 0
      watcher.isReset = watcher.view === "reset"
      watcher.view = undefined
    }
    if (watcher.snapshot !== undefined) return this.#viewPart(watcher, watcher.snapshot)
    const told = watcher.changes.shift()
    if (told !== undefined) {
      watcher.bytes -= told.bytes
      return told.line
    }
    if (!watcher.progress) return undefined
    watcher.progress = false
    return { type: "progress", rev: String(this.#view.viewVersion()) }
  }

  #changed(change: MemberChanged, version: number): void {
    this.#snapshot = undefined
    if (this.#watchers.size === 0 || !isTold(change)) return
    const member = change.after ?? change.before
    if (member === undefined) return
    const item = memberJson(this.#view, member)
    const type = change.after === undefined ? "delete" : "put"
    const line: WatchLine = { type: "change", rev: String(version), changes: [{ type, item, reason: change.change }] }
    const told = { line, bytes: jsonBytes(line) }
    for (const watcher of this.#watchers) {
      // A view that is still owed will contain the change.
      if (watcher.view !== undefined || !fits(watcher.query, item.name)) continue
      keep(watcher, told)
      watcher.onReadable()
    }
  }

  #current(): Snapshot {
    const version = this.#view.viewVersion()
    if (this.#snapshot?.version !== version) {
      const members = [...this.#view.members()].sort((a, b) => byName(a.record, b.record))
      this.#snapshot = { version, members }
    }
    return this.#snapshot as Snapshot
  }

  /** The next part is made when it is taken: a reader that does not read costs no more than a reference. */
  #viewPart(watcher: Watcher, { version, members }: Snapshot): WatchLine {
    const isFirst = watcher.taken === 0
    const items: MemberJson[] = []
    let bytes = 0
    for (; watcher.taken < members.length && bytes < PART_BYTES_MAX; watcher.taken++) {
      const member = members[watcher.taken]
      if (member === undefined || !fits(watcher.query, member.record.name)) continue
      const item = memberJson(this.#view, member)
      bytes += jsonBytes(item)
      items.push(item)
    }
    const more = watcher.taken < members.length
    if (!more) watcher.snapshot = undefined
    const reset = isFirst && watcher.isReset
    const head = { type: "view" as const, rev: String(version), items }
    return { ...head, ...(more ? { more } : {}), ...(reset ? { reset } : {}) }
  }

  #progress(): void {
    this.#isArmed = false
    for (const watcher of this.#watchers) {
      watcher.progress = true
      watcher.onReadable()
    }
    this.#arm()
  }

  #arm(): void {
    if (this.#isArmed || this.#watchers.size === 0) return
    this.#isArmed = true
    this.#alarm.set((this.#clock.now() + PROGRESS_MS) as Millis)
  }
}

/** Beyond the limit what was kept is worth nothing: a new view tells it better. */
function keep(watcher: Watcher, told: Told): void {
  watcher.bytes += told.bytes
  if (watcher.changes.length < CHANGES_MAX && watcher.bytes <= CHANGES_BYTES_MAX) {
    watcher.changes.push(told)
    return
  }
  watcher.view = "reset"
  watcher.snapshot = undefined
  watcher.changes = []
  watcher.bytes = 0
}

function fits({ name, prefix }: MemberQuery, member: string): boolean {
  return (name === undefined || member === name) && (prefix === undefined || member.startsWith(prefix))
}

const UTF8 = new TextEncoder()

function jsonBytes(value: object): number {
  return UTF8.encode(JSON.stringify(value)).length
}

/** Health, round trips and refutations of what nobody noticed are no news to applications. */
export function isTold(change: MemberChanged): boolean {
  const { before, after } = change
  if (change.change !== "update" || before === undefined || after === undefined) return true
  return description(before) !== description(after)
}

function description({ record, restartingUntilMs }: Member): string {
  const { name, addr, generation, tags, zone, version, protocolMin, protocolMax } = record
  return JSON.stringify([
    name,
    addr,
    generation,
    tags,
    zone,
    version,
    protocolMin,
    protocolMax,
    restartingUntilMs ?? null,
  ])
}
