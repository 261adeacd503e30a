import type { ReplicaId } from "@conclave/consensus"
import type { Dialler } from "../streams/stream-server.ts"

/** Channels of one replica at once: more than two come of no honest one. */
const SPEAKERS_MAX = 8
/** Replicas that were found twice, remembered until this one ends. */
const TWICE_MAX = 256

interface Speaker {
  readonly dialler: Dialler
  /** The last question that it has answered. */
  answered: number
}

/**
 * Who speaks to this replica, and for whom. A process holds one channel to it at a time: it closes the old one before
 * it dials anew. So the last that greeted is the one that counts, and where an older one is open still both are asked
 * whether they are there. Two that answer what was asked after both had greeted are two processes with one replica id,
 * as of a copied data directory or of a machine that was restored twice: what one of them has promised the other knows
 * nothing of, and neither counts any more.
 */
export class ReplicaSpeakers {
  readonly #speakers: Map<ReplicaId, Speaker[]> = new Map()
  readonly #twice: Set<ReplicaId> = new Set()
  readonly #onTwice: (replica: ReplicaId) => void
  #questions = 0

  constructor(onTwice: (replica: ReplicaId) => void) {
    this.#onTwice = onTwice
  }

  /** False: its replica was found twice, which it has been told. */
  greeted(dialler: Dialler): boolean {
    const replica = dialler.hello.from as ReplicaId
    if (this.#twice.has(replica)) {
      dialler.send({ kind: "twice" })
      return false
    }
    const speakers = [...(this.#speakers.get(replica) ?? []), { dialler, answered: 0 }]
    if (speakers.length > SPEAKERS_MAX) speakers.shift()?.dialler.close()
    this.#speakers.set(replica, speakers)
    if (speakers.length > 1) this.#ask(speakers)
    return true
  }

  /** What it says counts. */
  counts(dialler: Dialler): boolean {
    return this.#speakers.get(dialler.hello.from as ReplicaId)?.at(-1)?.dialler === dialler
  }

  answered(dialler: Dialler, question: number): void {
    const replica = dialler.hello.from as ReplicaId
    const speakers = this.#speakers.get(replica) ?? []
    const speaker = speakers.find((each) => each.dialler === dialler)
    if (speaker === undefined || question === 0 || question > this.#questions) return
    speaker.answered = question
    if (speakers.filter(({ answered }) => answered === question).length > 1) this.#foundTwice(replica, speakers)
  }

  ended(dialler: Dialler): void {
    const replica = dialler.hello.from as ReplicaId
    const left = (this.#speakers.get(replica) ?? []).filter((each) => each.dialler !== dialler)
    if (left.length > 0) this.#speakers.set(replica, left)
    else this.#speakers.delete(replica)
  }

  close(): void {
    const all = [...this.#speakers.values()].flat()
    this.#speakers.clear()
    for (const { dialler } of all) dialler.close()
  }

  #ask(speakers: readonly Speaker[]): void {
    this.#questions++
    for (const { dialler } of speakers) dialler.send({ kind: "ping", number: this.#questions })
  }

  #foundTwice(replica: ReplicaId, speakers: readonly Speaker[]): void {
    if (this.#twice.size < TWICE_MAX) this.#twice.add(replica)
    this.#speakers.delete(replica)
    for (const { dialler } of speakers) {
      dialler.send({ kind: "twice" })
      dialler.close()
    }
    this.#onTwice(replica)
  }
}
