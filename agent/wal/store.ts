import { AssertionError, assert } from "@conclave/base"
import type { Opened, Room, StoreResult } from "../log-store.ts"
import type { Files } from "./files.ts"
import { recover } from "./recovery.ts"
import { closed, Refusal } from "./refusal.ts"
import { ReplicaLog } from "./replica-log.ts"
import type { PersistRequest, StoreReply, StoreRequest } from "./requests.ts"
import type { SegmentSizes } from "./segment-sizes.ts"
import { Snapshots } from "./snapshots.ts"

type Job = Exclude<StoreRequest, PersistRequest>
/** What may be done without a log: it is not yet there, or it has failed. */
type Whole = Extract<Job, { kind: "open" | "create" | "retire" | "discardRetired" | "close" }>

const DONE: StoreResult = { ok: true }
/** Whoever runs a store that says it lacks room has it try again as often: nothing else tells that there is some. */
export const RETRY_MS = 1000

/**
 * The store itself: takes requests, works on them piece by piece, says what became of them. It waits for the disk, and
 * for nothing else; whoever runs it calls `work` as long as there is something to do. Writes of the log that wait
 * become one batch and go first; between two batches there is one piece of everything else, short enough to be waited
 * for, so that a log under constant load has its next segment in time, and its snapshot.
 */
export class Store {
  readonly #files: Files
  readonly #sizes: SegmentSizes
  /** Undefined before `open` and `create`, and once it has failed: then nothing is acknowledged any more. */
  #log: ReplicaLog | undefined
  #snapshots: Snapshots
  #waiting: PersistRequest[] = []
  readonly #jobs: Job[] = []
  #wroteLast = false
  #room: Room = "ok"
  #replies: StoreReply[] = []

  constructor(files: Files, sizes: SegmentSizes) {
    this.#files = files
    this.#sizes = sizes
    this.#snapshots = new Snapshots(files, [])
  }

  get hasWork(): boolean {
    return this.#canWrite || this.#jobs.length > 0 || this.#log?.wantsReserve === true
  }

  take(request: StoreRequest): void {
    if (request.kind !== "persist") this.#jobs.push(request)
    // Behind a failure nobody waits for an answer.
    else if (this.#log !== undefined) this.#waiting.push(request)
  }

  /** One piece of work, and what there is to say. */
  work(): readonly StoreReply[] {
    this.#replies = []
    const job = this.#jobs[0]
    const others = job !== undefined || this.#log?.wantsReserve === true
    this.#wroteLast = this.#canWrite && !(this.#wroteLast && others)
    if (this.#wroteLast) this.#orFail(() => this.#write())
    else if (job !== undefined) this.#do(job)
    else if (this.#log?.wantsReserve === true) this.#orFail(() => this.#log?.reserve())
    this.#sayRoom()
    return this.#replies
  }

  /** Writes that found no room wait for another try. */
  get #canWrite(): boolean {
    if (this.#log === undefined || this.#waiting.length === 0) return false
    return !this.#log.holds || this.#log.wantsReserve
  }

  #write(): void {
    const last = this.#log?.append(this.#waiting)
    if (last !== undefined) this.#replies.push({ kind: "persisted", write: last.write, epoch: last.epoch })
  }

  #do(job: Job): void {
    try {
      if (isWhole(job)) this.#change(job)
      // One that takes several pieces stays first.
      else if (!this.#serve(job)) return
    } catch (cause) {
      const message = messageOf(cause)
      if (!isWhole(job) && !isReading(job)) this.#fail(message)
      this.#refuse(job, message)
    }
    this.#jobs.shift()
  }

  #change(job: Whole): void {
    switch (job.kind) {
      case "open":
        this.#replies.push({ kind: "opened", call: job.call, opened: this.#open(job) })
        return
      case "create":
        assert(this.#log === undefined, "a directory holds one replica")
        this.#log = ReplicaLog.create(this.#files, this.#sizes, job.mint)
        break
      case "retire":
        this.#letGo()
        this.#files.retire()
        break
      case "discardRetired":
        this.#files.discardRetired()
        break
      case "close":
        this.#letGo()
        break
    }
    this.#say(job.call, DONE)
  }

  #open({ owner }: Extract<Job, { kind: "open" }>): Opened {
    try {
      const recovered = recover(this.#files, owner, this.#sizes)
      if (recovered === undefined) return { kind: "nothing" }
      this.#log = recovered.log
      this.#snapshots = new Snapshots(this.#files, recovered.snapshots, recovered.damaged)
      return recovered.opened
    } catch (cause) {
      if (cause instanceof Refusal) return closed(cause.reason, cause.message, cause.identity)
      return closed("io-error", messageOf(cause))
    }
  }

  /** True when it is done. */
  #serve(job: Exclude<Job, Whole>): boolean {
    const snapshots = this.#snapshots
    switch (job.kind) {
      case "compact":
        this.#log?.forget(snapshots.keep(job.meta))
        return true
      case "beginSnapshot":
        if (this.#log !== undefined) snapshots.begin(job.snapshot, job.meta)
        return true
      case "appendSnapshot":
        this.#say(job.call, snapshots.append(job.snapshot, job.chunk))
        return true
      case "finishSnapshot": {
        const result = snapshots.finish(job.snapshot)
        if (result !== undefined) this.#say(job.call, result)
        return result !== undefined
      }
      case "abortSnapshot":
        snapshots.abort(job.snapshot)
        return true
      case "beginReading":
        snapshots.beginReading(job.reading, job.meta)
        return true
      case "readSnapshot":
        this.#replies.push({ kind: "chunk", call: job.call, chunk: snapshots.read(job.reading) })
        return true
      case "endReading":
        snapshots.endReading(job.reading)
        return true
      case "retry":
        this.#log?.retry()
        return true
    }
  }

  #refuse(job: Job, message: string): void {
    if (job.kind === "readSnapshot") {
      this.#replies.push({ kind: "chunk", call: job.call, chunk: { kind: "unreadable", message } })
    } else if ("call" in job) this.#say(job.call, { ok: false, message })
  }

  #say(call: number, result: StoreResult): void {
    this.#replies.push({ kind: "result", call, result })
  }

  #sayRoom(): void {
    const room = this.#log?.room ?? "ok"
    if (room !== this.#room) this.#replies.push({ kind: "room", room })
    this.#room = room
  }

  #orFail(act: () => void): void {
    try {
      act()
    } catch (cause) {
      this.#fail(messageOf(cause))
    }
  }

  #fail(message: string): void {
    this.#replies.push({ kind: "failed", message })
    this.#letGo()
  }

  /** Nothing of this replica is written any more; what does not close, or stays behind, does no harm. */
  #letGo(): void {
    for (const each of [() => this.#snapshots.close(), () => this.#log?.close()]) {
      try {
        each()
      } catch (cause) {
        messageOf(cause)
      }
    }
    this.#log = undefined
    this.#snapshots = new Snapshots(this.#files, [])
    this.#waiting = []
  }
}

function isWhole(job: Job): job is Whole {
  return ["open", "create", "retire", "discardRetired", "close"].includes(job.kind)
}

/** A snapshot that cannot be read is another's trouble: the log goes on. */
function isReading(job: Job): boolean {
  return job.kind === "beginReading" || job.kind === "readSnapshot"
}

/** A failed assertion is a bug of this program, and no word of the system. */
function messageOf(cause: unknown): string {
  if (cause instanceof AssertionError) throw cause
  return cause instanceof Error ? cause.message : String(cause)
}
