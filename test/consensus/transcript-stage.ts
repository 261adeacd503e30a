import { ok } from "node:assert/strict"
import type { Millis } from "@conclave/base"
import { type Effect, type Input, type Message, Raft, type RaftConfig, type SnapshotMeta } from "@conclave/consensus"
import { ReplicaDisk, type SnapshotFile } from "./replica-disk.ts"
import { type DiskFields, id, storedOf } from "./stage.ts"
import { entriesWords, groupWords, messageWords, positionWords, writeWords } from "./transcript-words.ts"

/** Something on its way: it arrives or is lost when the script says so. */
export interface Parcel {
  readonly from: string
  readonly to: string
  /**
   * The kind of a message, `snapshot`, `report` (the word that a snapshot arrived or not), or `copy` of a snapshot, of
   * which nobody is told what became of it.
   */
  readonly kind: string
  readonly words: string
  readonly arrive: () => void
  readonly lose: () => void
}

/** One replica: its disk outlives a crash. */
export interface Place {
  readonly name: string
  readonly disk: ReplicaDisk
  raft: Raft | undefined
  /** Writes are durable at once, else when the script says so. */
  isDiskFast: boolean
  lastWrite: number
  held: { readonly write: number; readonly message: Message }[]
  lives: number
}

const PARCELS_MAX = 2000

/** Replicas, their disks and a network, in which nothing moves but by a command; everything that happens is told. */
export class TranscriptStage {
  readonly config: RaftConfig
  readonly #places: Map<string, Place> = new Map()
  readonly #say: (line: string) => void
  #parcels: Parcel[] = []
  #nowMs = 10_000

  constructor(config: RaftConfig, say: (line: string) => void) {
    this.config = config
    this.#say = say
  }

  get names(): readonly string[] {
    return [...this.#places.keys()]
  }

  get parcels(): readonly Parcel[] {
    return this.#parcels
  }

  place(name: string): Place {
    const place = this.#places.get(name)
    if (place === undefined) throw new Error(`no replica ${name}`)
    return place
  }

  raft(name: string): Raft {
    const { raft } = this.place(name)
    if (raft === undefined) throw new Error(`${name} does not run`)
    return raft
  }

  /** Without `disk` a new replica, which has nothing. */
  add(name: string, disk: DiskFields | undefined): void {
    const held = disk === undefined ? new ReplicaDisk() : ReplicaDisk.holding(storedOf(disk))
    const place = { name, disk: held, raft: undefined, isDiskFast: true, lastWrite: 0, held: [], lives: 0 }
    this.#places.set(name, place)
    this.start(name)
  }

  start(name: string): void {
    const place = this.place(name)
    ok(place.raft === undefined, `${name} does not run`)
    const seed = ++place.lives * 100 + name.charCodeAt(0)
    const stored = place.disk.stored
    place.raft = new Raft({ id: id(name), config: this.config, seed, nowMs: this.#now, stored })
    place.lastWrite = 0
    // Whatever the first input is, it hands out what is known to be committed.
    this.step(name, { kind: "disk", state: "ok" })
  }

  /** What is not durable is lost, and what waited for that is never sent. */
  crash(name: string): void {
    const place = this.place(name)
    const lost = place.disk.pending.splice(0).map(writeWords)
    for (const each of lost) this.#say(`${name} loses ${each}`)
    place.held = []
    place.raft = undefined
  }

  /** From now on writes are durable when the script says so. */
  slowDisk(name: string): void {
    this.place(name).isDiskFast = false
  }

  wait(ms: number): void {
    this.#nowMs += ms
  }

  /** Time passes up to the replica's next deadline, which it judges. */
  tick(name: string): void {
    const { nextDeadlineMs } = this.raft(name)
    ok(Number.isFinite(nextDeadlineMs), `${name} waits for something`)
    this.#nowMs = Math.max(this.#nowMs, nextDeadlineMs)
    this.step(name, { kind: "tick" })
  }

  /** Ticks at each of its deadlines until so much time has passed. */
  tickTo(name: string, ms: number): void {
    const untilMs = this.#nowMs + ms
    while (this.raft(name).nextDeadlineMs <= untilMs) this.tick(name)
    this.#nowMs = untilMs
  }

  /** So much time, in which these do what is due, and what they send each other arrives at once. */
  live(names: readonly string[], ms: number): void {
    const untilMs = this.#nowMs + ms
    const dueMs = (name: string): number => this.raft(name).nextDeadlineMs
    for (;;) {
      const [first] = [...names].sort((a, b) => dueMs(a) - dueMs(b))
      if (first === undefined || dueMs(first) > untilMs) break
      this.tick(first)
      this.stabilize(({ from, to }) => names.includes(from) && names.includes(to))
    }
    this.#nowMs = untilMs
  }

  step(name: string, input: Input): void {
    const place = this.place(name)
    const raft = this.raft(name)
    const { commit } = raft
    const effects = raft.step(this.#now, input)
    if (raft.commit !== commit) this.#say(`${name} knows that ${raft.commit} is committed`)
    for (const effect of effects) if (effect.kind !== "send") this.#take(place, effect)
    for (const effect of effects) if (effect.kind === "send") this.#send(place, effect)
    if (place.isDiskFast) this.persist(name)
  }

  /** The next `count` writes are durable; absent = all. */
  persist(name: string, count: number = Number.POSITIVE_INFINITY): void {
    const place = this.place(name)
    const last = place.disk.pending[Math.min(count, place.disk.pending.length) - 1]
    if (last === undefined) return
    place.disk.sync(last.write)
    if (!place.isDiskFast) this.#say(`${name}'s disk has ${writeWords(last)}`)
    this.step(name, { kind: "persisted", write: last.write, epoch: last.epoch })
    const due = place.held.filter(({ write }) => write <= last.write)
    place.held = place.held.filter(({ write }) => write > last.write)
    for (const { message } of due) this.#post(message)
  }

  /** Takes those on their way that `which` wants, at this moment, in the order in which they were sent. */
  take(which: (parcel: Parcel) => boolean): readonly Parcel[] {
    const taken = this.#parcels.filter(which)
    this.#parcels = this.#parcels.filter((each) => !taken.includes(each))
    return taken
  }

  deliver(which: (parcel: Parcel) => boolean): number {
    const taken = this.take(which)
    for (const parcel of taken) {
      this.#say(`${parcel.from} -> ${parcel.to} ${parcel.words}`)
      if (this.place(parcel.to).raft === undefined) this.#say(`${parcel.to} does not run`)
      else parcel.arrive()
    }
    return taken.length
  }

  drop(which: (parcel: Parcel) => boolean): void {
    for (const parcel of this.take(which)) {
      this.#say(`lost: ${parcel.from} -> ${parcel.to} ${parcel.words}`)
      parcel.lose()
    }
  }

  /** Delivers until nothing that `which` wants is on its way. */
  stabilize(which: (parcel: Parcel) => boolean): void {
    let count = 0
    for (let last = -1; last !== 0; count += last) {
      last = this.deliver(which)
      ok(count < PARCELS_MAX, "the group comes to rest")
    }
  }

  /** The replica's own snapshot of all up to `index` is durable. */
  compact(name: string, index: number): void {
    const meta = this.raft(name).log.metaAt(index as SnapshotMeta["index"])
    this.place(name).disk.taken(fileOf(meta))
    this.step(name, { kind: "snapshotTaken", meta })
  }

  /** The newest snapshot goes on its way; without a number nobody hears what becomes of it. */
  sendSnapshot(from: string, to: string, sending?: number): void {
    const meta = this.place(from).disk.base.meta
    const { term } = this.raft(from)
    const kind = sending === undefined ? "copy" : "snapshot"
    const report = (ok: boolean): void => {
      if (sending !== undefined) this.#report(to, from, meta, { sending, ok })
    }
    this.#parcels.push({
      ...{ from, to, kind, words: `${kind}(${term}) of ${positionWords(meta)}` },
      arrive: () => {
        this.place(to).disk.arrived(fileOf(meta))
        this.step(to, { kind: "snapshotReceived", from: id(from), term, meta })
        report(true)
      },
      lose: () => report(false),
    })
  }

  get #now(): Millis {
    return this.#nowMs as Millis
  }

  #take({ name, disk, ...place }: Place, effect: Exclude<Effect, { kind: "send" }>): void {
    switch (effect.kind) {
      case "persist":
        disk.pending.push(effect.write)
        this.place(name).lastWrite = effect.write.write
        return this.#say(`${name} writes ${writeWords(effect.write)}${place.isDiskFast ? "" : ", not durable yet"}`)
      case "commit":
        return this.#say(`${name} applies ${entriesWords(effect.entries)}`)
      case "proposed":
        return this.#say(`${name} appends it as ${positionWords(effect.at)}`)
      case "refused":
        return this.#say(`${name} refuses: ${effect.reason}${leaderWords(effect.leader)}`)
      case "readReady":
        return this.#say(`${name} ${effect.index === undefined ? "cannot read now" : `may read at ${effect.index}`}`)
      case "roleChanged":
        return this.#say(`${name} is ${effect.role} in term ${effect.term}${leaderWords(effect.leader)}`)
      case "groupChanged":
        return this.#say(`${name} counts ${groupWords(effect.group)} from ${effect.index} on`)
      case "sendSnapshot":
        this.#say(`${name} begins to send ${effect.to} the snapshot of ${positionWords(effect.meta)}`)
        return this.sendSnapshot(name, effect.to, effect.sending)
      case "restore":
        return this.#say(`${name} takes over the state of ${positionWords(effect.meta)}`)
      case "ended":
        return this.#say(`${name} ends: ${effect.reason}`)
    }
  }

  #send({ name, disk, lastWrite, held }: Place, { message, after }: Extract<Effect, { kind: "send" }>): void {
    if (after === "now" || disk.pending.length === 0) return this.#post(message)
    held.push({ write: lastWrite, message })
    if (!this.place(name).isDiskFast) this.#say(`${name} holds back for ${message.to}: ${messageWords(message)}`)
  }

  #post(message: Message): void {
    const { from, to, kind } = message
    this.#parcels.push({
      ...{ from, to, kind, words: messageWords(message) },
      arrive: () => this.step(to, { kind: "message", message }),
      lose: () => undefined,
    })
  }

  #report(from: string, to: string, { index }: SnapshotMeta, end: { sending: number; ok: boolean }): void {
    this.#parcels.push({
      ...{ from, to, kind: "report", words: `report: the snapshot of ${index} ${end.ok ? "arrived" : "is lost"}` },
      arrive: () => this.step(to, { kind: "snapshotSent", ...end }),
      lose: () => undefined,
    })
  }
}

function fileOf(meta: SnapshotMeta): SnapshotFile {
  return { meta, state: { index: meta.index, hash: 0 } }
}

function leaderWords(leader: string | undefined): string {
  return leader === undefined ? "" : `, leader ${leader}`
}
