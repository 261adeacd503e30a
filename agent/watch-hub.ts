import type { Millis } from "@conclave/base"
import type { Member } from "@conclave/swim"
import type { Feed } from "./api/feed.ts"
import { byName, memberJson } from "./api/member-json.ts"
import type { MemberJson, WatchLine } from "./api/schema.ts"
import type { AgentView, MemberChanged } from "./api/view.ts"
import type { Alarm, Clock } from "./ports.ts"

/** Changes kept for one reader; beyond, they collapse to a new view. */
export const CHANGES_MAX = 1024
/** A quiet stream says every so often that it lives. */
const PROGRESS_MS = 4000
/** Bytes of items in one line, well below the limit of a frame. */
const PART_BYTES_MAX = 128 * 1024

interface Watcher {
  /** Lines of a view that was begun. */
  parts: WatchLine[]
  changes: WatchLine[]
  /** A view is owed: the first, or one after the reader fell behind. */
  view: "first" | "reset" | undefined
  progress: boolean
  closed: boolean
  readonly onReadable: () => void
}

/**
 * Tells watchers what becomes of members: a whole view, then each change once and in order. What a reader does not take is
 * bounded: beyond the limit it gets a new view instead (`reset`), never an error and never a gap.
 */
export class WatchHub {
  readonly #view: AgentView
  readonly #clock: Clock
  readonly #alarm: Alarm
  readonly #watchers: Set<Watcher> = new Set()
  readonly #unsubscribe: () => void
  #isArmed = false

  constructor(view: AgentView, clock: Clock) {
    this.#view = view
    this.#clock = clock
    this.#alarm = clock.alarm(() => this.#progress())
    this.#unsubscribe = view.onMemberChanged((change, version) => this.#changed(change, version))
  }

  get watchers(): number {
    return this.#watchers.size
  }

  watch(onReadable: () => void): Feed {
    const watcher: Watcher = { parts: [], changes: [], view: "first", progress: false, closed: false, onReadable }
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
      watcher.parts = this.#viewParts(watcher.view === "reset")
      watcher.changes = []
      watcher.view = undefined
    }
    const line = watcher.parts.shift() ?? watcher.changes.shift()
    if (line !== undefined) return line
    if (!watcher.progress) return undefined
    watcher.progress = false
    return { type: "progress", rev: String(this.#view.viewVersion()) }
  }

  #changed(change: MemberChanged, version: number): void {
    if (this.#watchers.size === 0 || !isTold(change)) return
    const member = change.after ?? change.before
    if (member === undefined) return
    const item = memberJson(this.#view, member)
    const type = change.after === undefined ? "delete" : "put"
    const line: WatchLine = { type: "change", rev: String(version), changes: [{ type, item, reason: change.change }] }
    for (const watcher of this.#watchers) {
      // A view that is still owed will contain the change.
      if (watcher.view !== undefined) continue
      if (watcher.changes.length >= CHANGES_MAX) {
        watcher.view = "reset"
        watcher.parts = []
        watcher.changes = []
      } else watcher.changes.push(line)
      watcher.onReadable()
    }
  }

  #viewParts(isReset: boolean): WatchLine[] {
    const rev = String(this.#view.viewVersion())
    const items = this.#view
      .members()
      .map((member) => memberJson(this.#view, member))
      .sort(byName)
    const lines: WatchLine[] = []
    let part: MemberJson[] = []
    let bytes = 0
    const push = (more: boolean): void => {
      const reset = isReset && lines.length === 0
      lines.push({ type: "view", rev, items: part, ...(more ? { more } : {}), ...(reset ? { reset } : {}) })
    }
    for (const item of items) {
      const size = JSON.stringify(item).length
      if (bytes + size > PART_BYTES_MAX) {
        push(true)
        part = []
        bytes = 0
      }
      part.push(item)
      bytes += size
    }
    push(false)
    return lines
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
