import type { Member } from "@conclave/swim"
import type { EventQuery, Feed } from "./api/feed.ts"
import { matchesGlob } from "./api/glob.ts"
import { timeText } from "./api/member-json.ts"
import { nameOf } from "./api/members.ts"
import { type EventJson, type JournalNote, U64 } from "./api/objects.ts"
import { invalid, type Problem } from "./api/problem.ts"
import type { AgentView, MemberChanged, NameConflict } from "./api/view.ts"
import { isTold } from "./watch-hub.ts"

/** Events kept; older ones are gone, which their sequence numbers show. */
export const EVENTS_MAX = 10_000

/** RFC 3339 §5.6. */
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/i

interface Entry {
  readonly seq: number
  readonly atMs: number
  readonly note: JournalNote
}

/** What this agent saw, in order. Each agent has its own; a cluster-wide state is watched, not logged. */
export class Journal {
  readonly #view: AgentView
  readonly #unsubscribe: readonly (() => void)[]
  readonly #readers: Set<() => void> = new Set()
  /** A ring: the entry with sequence `s` is at `s % EVENTS_MAX`. */
  readonly #ring: Entry[] = []
  #size = 0
  #last = 0

  constructor(view: AgentView) {
    this.#view = view
    this.#unsubscribe = [
      view.onMemberChanged((change) => this.#changed(change)),
      view.onNameConflict((conflict) => this.#conflict(conflict)),
      view.onGroupNews((note) => this.add(note)),
    ]
  }

  get size(): number {
    return this.#size
  }

  /**
   * Events after `since` (a sequence number or a time) whose kind fits the pattern, and that this reader may see; with
   * `follow` also those to come.
   */
  read(query: EventQuery, onReadable: () => void): Feed | Problem {
    const { isShown = () => true } = query
    const from = this.#startOf(query.since)
    if (from === undefined)
      return invalid("since", `"${query.since}" is neither a sequence number nor a time (RFC 3339)`)
    const kind = query.kind ?? "*"
    const end = query.follow ? Number.POSITIVE_INFINITY : this.#last
    let next = from
    let closed = false
    if (query.follow) this.#readers.add(onReadable)
    const take = (): EventJson | undefined => {
      if (closed) return undefined
      next = Math.max(next, this.#first())
      while (next <= Math.min(end, this.#last)) {
        const entry = this.#ring[next++ % EVENTS_MAX]
        if (entry !== undefined && matchesGlob(entry.note.kind, kind) && isShown(entry.note)) return eventOf(entry)
      }
      return undefined
    }
    const close = (): void => {
      closed = true
      this.#readers.delete(onReadable)
    }
    return { take, isOver: () => closed || next > end, close }
  }

  /** The next event, of now. */
  add(note: JournalNote): void {
    const seq = ++this.#last
    const atMs = this.#view.wallMs()
    this.#size = Math.min(seq, EVENTS_MAX)
    this.#ring[seq % EVENTS_MAX] = { seq, atMs, note }
    for (const onReadable of this.#readers) onReadable()
  }

  close(): void {
    for (const unsubscribe of this.#unsubscribe) unsubscribe()
    this.#readers.clear()
  }

  #first(): number {
    return Math.max(1, this.#last - EVENTS_MAX + 1)
  }

  #startOf(since: string | undefined): number | undefined {
    if (since === undefined) return 1
    // A number that this journal has not reached is from before a restart: everything here is newer.
    if (U64.safeParse(since).success) return Number(since) > this.#last ? 1 : Number(since) + 1
    const atMs = TIME.test(since) ? Date.parse(since) : Number.NaN
    if (Number.isNaN(atMs)) return undefined
    let seq = this.#first()
    while (seq <= this.#last && (this.#ring[seq % EVENTS_MAX]?.atMs ?? 0) < atMs) seq++
    return seq
  }

  #changed(change: MemberChanged): void {
    const member = change.after ?? change.before
    if (member === undefined || !isTold(change)) return
    const kind = change.change === "prune" ? "reap" : change.change
    const grave = kind === "suspect" || kind === "dead"
    const by = grave ? { by: this.#names(member) } : {}
    const suspectMs = kind === "dead" ? { suspectMs: change.suspectMs } : {}
    this.add({ kind: `member.${kind}`, member: member.record.name, ...by, ...suspectMs })
  }

  #names(member: Member): string[] {
    return member.accusers.map((accuser) => nameOf(this.#view, accuser.id)).sort()
  }

  #conflict(conflict: NameConflict): void {
    this.add({ kind: "member.conflict", member: conflict.name, by: [conflict.holder.id, conflict.challenger.id] })
  }
}

/** Made when it is read: most are never asked for. */
function eventOf({ seq, atMs, note }: Entry): EventJson {
  return { seq: String(seq), time: timeText(atMs), ...note }
}
