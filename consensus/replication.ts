import { assert } from "@conclave/base"
import type { Core } from "./core.ts"
import { replicas } from "./group.ts"
import { INDEX_ZERO, type LogIndex, least, next, type ReplicaId } from "./ids.ts"
import { bytesOf } from "./log.ts"
import { Progress } from "./progress.ts"
import { hasQuorum } from "./quorum.ts"
import type { Entry, LogPosition } from "./types.ts"

/** A leader's side of replication (Raft §5.3, §7): what each of the others has, and what it is sent next. */
export class Replication {
  readonly #core: Core
  readonly #progress: Map<ReplicaId, Progress> = new Map()
  /** The one snapshot on its way. */
  #snapshot: { readonly sending: number; readonly to: ReplicaId; readonly index: LogIndex } | undefined

  constructor(core: Core) {
    this.#core = core
    this.sync()
  }

  get progress(): ReadonlyMap<ReplicaId, Progress> {
    return this.#progress
  }

  /** Who came into the group is followed from the start, who left is forgotten whole, and returned. */
  sync(): readonly ReplicaId[] {
    const { group, id, log, nowMs } = this.#core
    const present = replicas(group)
    const gone = [...this.#progress.keys()].filter((each) => !present.has(each))
    for (const each of gone) {
      this.#progress.delete(each)
      this.#endSnapshot(each)
    }
    for (const each of present) {
      if (each !== id && !this.#progress.has(each)) this.#progress.set(each, new Progress(next(log.last), nowMs))
    }
    return gone
  }

  /** What `id` is known to have on disk; our own write counts for us only when the disk has said so. */
  matchOf(id: ReplicaId): LogIndex {
    return id === this.#core.id ? this.#core.durable : (this.#progress.get(id)?.match ?? INDEX_ZERO)
  }

  /** Something came from `id` within an election timeout. */
  isHeard(id: ReplicaId): boolean {
    const { nowMs, config } = this.#core
    const heardMs = this.#progress.get(id)?.heardMs ?? Number.NEGATIVE_INFINITY
    return id === this.#core.id || nowMs - heardMs < config.electionMs
  }

  /** Raft thesis §6.2: who has not heard of a quorum for an election timeout must assume that another leads. */
  get hasQuorum(): boolean {
    return hasQuorum(this.#core.group, (id) => this.isHeard(id))
  }

  /**
   * New work may be taken: our own disk has room, and so have those of a quorum that is there. What a full disk cannot
   * write it does not acknowledge, so a quorum that needs it would stop at its next full segment, and with it what
   * relieves.
   */
  get hasRoom(): boolean {
    const { group, id, isFull } = this.#core
    if (isFull) return false
    return hasQuorum(group, (each) => each === id || (this.isHeard(each) && this.#progress.get(each)?.isFull === false))
  }

  heard(from: ReplicaId): Progress | undefined {
    const progress = this.#progress.get(from)
    if (progress !== undefined) progress.heardMs = this.#core.nowMs
    return progress
  }

  /** True when `from` has more than was known. */
  appended(from: ReplicaId, match: LogIndex): boolean {
    const progress = this.heard(from)
    // Nobody has more of this term than its leader.
    if (progress === undefined || match > this.#core.log.last) return false
    const isNews = progress.matched(match)
    // Whatever snapshot it took: what counts is that its log and ours meet again.
    if (progress.state === "snapshot" && next(progress.match) >= this.#core.log.first) {
      this.#endSnapshot(from)
      progress.replicate()
    } else if (progress.state === "probe") progress.replicate()
    return isNews
  }

  rejected(from: ReplicaId, rejected: LogIndex, hint: LogPosition): void {
    const progress = this.heard(from)
    if (progress === undefined) return
    const candidate = this.#core.log.lastAtMost(hint.index, hint.term)
    if (progress.rejected(rejected, candidate.index)) this.to(from, true)
  }

  /**
   * An answered heartbeat restarts what stands still: a lost probe, a lost append, a window without acknowledgements.
   */
  answered(from: ReplicaId): void {
    const progress = this.#progress.get(from)
    if (progress === undefined) return
    progress.isWaiting = false
    progress.freeOne(this.#core.config)
    // Even where all was sent: if the last of it was lost, nothing else would ever show that.
    if (progress.match < this.#core.log.last) this.to(from, true)
  }

  /** What follows it is needed when it has arrived, or the next one had to follow it, and so on. */
  get snapshotSending(): LogIndex | undefined {
    return this.#snapshot?.index
  }

  /** The end of an older one, of this reign or one before, says nothing of the one on its way now. */
  snapshotSent(sending: number, ok: boolean): void {
    if (this.#snapshot?.sending !== sending) return
    const progress = this.#progress.get(this.#snapshot.to)
    this.#snapshot = undefined
    if (progress?.state !== "snapshot") return
    progress.probe(next(ok ? progress.snapshot : progress.match))
    // If it took the snapshot it says so, else the next heartbeat's answer asks again.
    progress.isWaiting = true
  }

  /** It has no log check of its own, so it may only speak of what this follower has. */
  heartbeats(round: number): void {
    const { commit } = this.#core
    for (const [to, { match }] of this.#progress) {
      const behind = match < commit ? ({ isBehind: true } as const) : {}
      this.#core.send(to, { kind: "heartbeat", commit: least(match, commit), match, round, ...behind }, "now")
    }
  }

  /** When a commit index that was kept back is told alone; Infinity = nobody lacks one. */
  get newsDueMs(): number {
    let due = Number.POSITIVE_INFINITY
    for (const { inflight, newsDueMs } of this.#progress.values()) if (inflight === 0) due = Math.min(due, newsDueMs)
    return due
  }

  /** No commit index is kept back that is news now. */
  hasten(): void {
    for (const progress of this.#progress.values()) {
      if (progress.state === "replicate") progress.newsDueMs = this.#core.nowMs
    }
  }

  tellNews(): void {
    const { nowMs } = this.#core
    for (const [id, { newsDueMs }] of this.#progress) if (newsDueMs <= nowMs) this.to(id, false)
  }

  /** Somebody at `id` waits for the commit index: it is kept back no longer, whatever is on its way. */
  announce(id: ReplicaId): void {
    const progress = this.#progress.get(id)
    if (progress === undefined || progress.commit >= this.#core.commit) return
    progress.isAwaited = true
    this.to(id, false)
  }

  toAll(): void {
    for (const id of this.#progress.keys()) this.to(id, false)
  }

  /**
   * Sends what fits into the window; an empty append when `asks` if the logs agree, or when the commit index is news
   * that is due.
   */
  to(id: ReplicaId, asks: boolean): void {
    const { log, config } = this.#core
    const progress = this.#progress.get(id)
    // Gone meanwhile: what it acknowledged completed the change that took it out.
    if (progress === undefined) return
    let isDue = asks
    while (!progress.isPaused(config)) {
      const prev = (progress.next - 1) as LogIndex
      const term = log.term(prev)
      if (term === "compacted") return this.#sendSnapshot(id, progress)
      assert(term !== "none", "what is sent next lies in the log or right behind it")
      const entries = prev < log.last ? log.slice(next(prev), log.last, config.appendBytesMax) : []
      if (entries.length === 0 && !isDue && !this.#isNewsDue(progress)) return
      // Where all that was sent has been acknowledged, or will be, an answer would say nothing new.
      const isKnown = progress.match === prev || progress.inflight > 0
      const isQuiet = entries.length === 0 && !isDue && progress.state === "replicate" && isKnown
      this.#sendAppend(id, progress, { prev: { index: prev, term }, entries, isQuiet })
      isDue = false
    }
  }

  /**
   * A commit index that nobody waits for goes with the next append: what is on its way is answered, which leads here
   * again, and where nothing is, something may be about to.
   */
  #isNewsDue(progress: Progress): boolean {
    const { nowMs, commit, config } = this.#core
    if (progress.commit >= commit) return false
    if (progress.isAwaited) return true
    if (progress.inflight > 0) return false
    progress.newsDueMs = Math.min(progress.newsDueMs, nowMs + config.commitNewsMs)
    return nowMs >= progress.newsDueMs
  }

  #sendAppend(
    to: ReplicaId,
    progress: Progress,
    append: { readonly prev: LogPosition; readonly entries: readonly Entry[]; readonly isQuiet: boolean },
  ): void {
    const { commit } = this.#core
    const { prev, entries, isQuiet } = append
    this.#core.send(to, { kind: "append", prev, entries, commit, ...(isQuiet ? { isQuiet: true } : {}) }, "now")
    progress.told(commit)
    let bytes = 0
    for (const entry of entries) bytes += bytesOf(entry)
    progress.sent((prev.index + entries.length) as LogIndex, bytes)
  }

  /** One at a time, and only to somebody who is there. */
  #sendSnapshot(to: ReplicaId, progress: Progress): void {
    if (this.#snapshot !== undefined || !this.isHeard(to)) return
    const meta = this.#core.log.snapshot
    progress.waitForSnapshot(meta.index)
    const sending = this.#core.nextSending()
    this.#snapshot = { sending, to, index: meta.index }
    this.#core.effect({ kind: "sendSnapshot", sending, to, meta })
  }

  #endSnapshot(to: ReplicaId): void {
    if (this.#snapshot?.to === to) this.#snapshot = undefined
  }
}
