import type { Millis } from "@conclave/base"
import type { Change } from "@conclave/consensus"
import type { Feed } from "../../api/feed.ts"
import type { Problem } from "../../api/problem.ts"
import type { Alarm, Clock } from "../../ports.ts"
import type { StateView } from "../cluster.ts"
import { History } from "./history.ts"
import { toldPast } from "./past.ts"
import { Reader } from "./reader.ts"
import { Recent } from "./recent.ts"
import { Rounds } from "./rounds.ts"
import { type IsWatched, isAskedFor, type WatchFilter, type WatchScope } from "./scope.ts"
import { Topic } from "./topic.ts"

/** What is asked for is kept while somebody watches it, and so long after: those who come back miss nothing. */
const PAST_KEPT_MS = 60_000
/** Filters of one kind that nobody watches any more. */
export const LEFT_MAX = 1024
const PROGRESS_MS = 4000

export interface StateWatchOptions {
  readonly clock: Clock
  readonly local: () => StateView | undefined
}

/** What one reader asks for. */
export interface Watch {
  readonly scope: WatchScope
  readonly filter: WatchFilter
  /** The last revision that it has seen; what followed it is told if it is still known. */
  readonly from: number | undefined
  /** What its client was told last, by any answer. */
  readonly seen: { readonly rev: number }
}

/** All that is watched of one kind. */
interface Watched {
  readonly scope: WatchScope
  readonly history: History
  readonly topics: Map<string, Topic>
  /** Those without a reader, in the order in which the last one left. */
  readonly left: Set<Topic>
}

/**
 * Tells readers what becomes of the replicated state: a whole view at one revision, then each change once, in order,
 * cut between revisions. What a reader does not take is bounded: beyond the limit it gets a new view (`reset`), never
 * an error and never a gap.
 */
export class StateWatch {
  readonly #options: StateWatchOptions
  readonly #kinds: Map<string, Watched> = new Map()
  readonly #readers: Set<Reader> = new Set()
  /** Those that wait for a state that is as new as what they were told already. */
  readonly #late: Set<Reader> = new Set()
  readonly #recent: Recent = new Recent()
  readonly #rounds: Rounds
  readonly #alarm: Alarm
  #isArmed = false

  constructor(options: StateWatchOptions) {
    this.#options = options
    this.#rounds = new Rounds(options.clock)
    this.#alarm = options.clock.alarm(() => this.#progress())
  }

  get watchers(): number {
    return this.#readers.size
  }

  /**
   * `ready` is called at once and calls back when the state here is fresh enough to begin with.
   */
  watch(
    { scope, filter, from, seen }: Watch,
    ready: (go: (refusal: Problem | undefined) => void) => void,
    onReadable: () => void,
  ): Feed {
    const { clock, local } = this.#options
    const watched = this.#watched(filter.kind, scope)
    const topic = topicOf(watched, filter, { clock, rev: local()?.rev })
    const reader: Reader = new Reader({
      topic,
      local,
      afterTurn: clock.afterTurn,
      onView: (rev) => watched.history.begin(rev),
      seen,
      onLate: () => this.#late.add(reader),
      onReadable,
    })
    topic.readers.add(reader)
    this.#readers.add(reader)
    this.#arm()
    ready((refusal) => {
      if (reader.isOver) return
      if (refusal === undefined) this.#begin(reader, watched, topic, from)
      else reader.fail(refusal)
      reader.readable()
    })
    return {
      take: () => reader.take(),
      isOver: () => reader.isOver,
      ending: () => (reader.failure === undefined ? { out: {} } : { error: reader.failure }),
      close: () => this.#close(reader, topic, watched),
    }
  }

  /** All changes of one revision. */
  changed(rev: number, changes: readonly Change[], state: StateView): void {
    this.#recent.heard(rev, changes)
    for (const [kind, watched] of this.#kinds) this.#changedOf(kind, watched, rev, changes, state)
    for (const reader of this.#late) {
      if (!reader.isAwaiting(rev)) continue
      this.#late.delete(reader)
      reader.readable()
    }
  }

  /** What happened meanwhile is not known. */
  replaced(): void {
    this.#recent.forget()
    for (const watched of this.#kinds.values()) forget(watched)
    this.#rounds.tell(this.#readers)
  }

  stop(): void {
    this.#alarm.clear()
    this.#rounds.stop()
    this.#readers.clear()
    this.#kinds.clear()
  }

  #changedOf(kind: string, watched: Watched, rev: number, changes: readonly Change[], state: StateView): void {
    const { scope, history, topics } = watched
    this.#dropLeft(watched)
    if (topics.size === 0) return void this.#kinds.delete(kind)
    history.begin(rev - 1)
    for (const topic of topics.values()) topic.from ??= rev - 1
    const told = scope.tell(changes, state, (of) => isWatched(topics.values(), of))
    if (told === "all") {
      forget(watched)
      for (const { readers } of topics.values()) this.#rounds.tell(readers)
      return
    }
    if (told.length === 0) return
    const step = { rev, changes: told, bytes: told.reduce((sum, { bytes }) => sum + bytes, 0) }
    history.keep(step)
    for (const topic of topics.values()) if (topic.push(step)) this.#rounds.tell(topic.readers)
  }

  #begin(reader: Reader, watched: Watched, topic: Topic, from: number | undefined): void {
    const state = this.#options.local()
    const rev = state?.rev ?? 0
    if (from === undefined || state === undefined) return reader.begin(rev, from === undefined ? undefined : "unknown")
    const { history, scope } = watched
    const isTold = from === rev || (topic.from !== undefined && from >= topic.from)
    const told = isTold ? history.since(from, rev) : undefined
    const past = told ? toldPast(told, topic.filter) : this.#recent.since(from, scope, topic.filter, state)
    if (past !== undefined) history.begin(rev)
    reader.begin(rev, past ?? "unknown")
  }

  #watched(kind: string, scope: WatchScope): Watched {
    const known = this.#kinds.get(kind)
    if (known !== undefined) return known
    const watched = { scope, history: new History(), topics: new Map(), left: new Set<Topic>() }
    this.#kinds.set(kind, watched)
    return watched
  }

  #close(reader: Reader, topic: Topic, watched: Watched): void {
    reader.close()
    this.#readers.delete(reader)
    this.#late.delete(reader)
    if (!topic.readers.delete(reader) || topic.readers.size > 0) return
    topic.keepUntilMs = this.#options.clock.now() + PAST_KEPT_MS
    watched.left.add(topic)
    this.#dropLeft(watched)
  }

  #dropLeft({ topics, left }: Watched): void {
    for (const topic of left) {
      if (left.size <= LEFT_MAX && this.#options.clock.now() < topic.keepUntilMs) return
      left.delete(topic)
      topics.delete(keyOf(topic.filter))
    }
  }

  #progress(): void {
    this.#isArmed = false
    for (const reader of this.#readers) reader.markDue()
    this.#rounds.tell(this.#readers)
    this.#arm()
  }

  #arm(): void {
    if (this.#isArmed || this.#readers.size === 0) return
    this.#isArmed = true
    this.#alarm.set((this.#options.clock.now() + PROGRESS_MS) as Millis)
  }
}

function topicOf(
  { topics, scope, left }: Watched,
  filter: WatchFilter,
  { clock, rev }: { readonly clock: Clock; readonly rev: number | undefined },
): Topic {
  const key = keyOf(filter)
  const known = topics.get(key)
  if (known !== undefined) left.delete(known)
  const topic = known ?? new Topic(filter, scope, clock)
  topic.from ??= rev
  topics.set(key, topic)
  return topic
}

function isWatched(topics: Iterable<Topic>, of: Parameters<IsWatched>[0]): boolean {
  for (const { filter } of topics) if (isAskedFor(filter, of)) return true
  return false
}

/** What comes next is not what followed on what was. */
function forget({ history, topics }: Watched): void {
  history.forget()
  for (const topic of topics.values()) {
    topic.from = undefined
    topic.collapse()
  }
}

function keyOf({ name, prefix, names }: WatchFilter): string {
  return JSON.stringify([name, prefix, names])
}
