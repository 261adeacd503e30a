import type { NodeId } from "@conclave/base"
import type { Clock } from "../../ports.ts"
import type { RunningReplica } from "../../replica/running-replica.ts"
import { SLICE_MS } from "../../slices.ts"
import type { Dialler, Inbound } from "../../streams/stream-server.ts"
import { type Reign, reignOf } from "./reign.ts"
import { encodeReign } from "./wire-reign.ts"

/** Hosts that one relay tells. */
const LISTENERS_MAX = 4096
/** Whoever does not read as much is let go, and asks again. */
const WAITING_BYTES_MAX = 64 * 1024

/** Tells hosts without a replica who leads and who votes: when they ask, and at each change. */
export class ReignServer {
  readonly #clock: Pick<Clock, "now" | "afterTurn">
  readonly #running: () => RunningReplica | undefined
  readonly #removed: () => readonly NodeId[]
  readonly #listeners: Set<Dialler> = new Set()
  #told = ""
  #toldRemoved: readonly NodeId[] = []
  /** Those of them that not everybody has been told. */
  #news: readonly NodeId[] = []
  /** Those that have not heard yet what is to be told, and that. */
  #untold: Set<Dialler> = new Set()
  #body: Uint8Array = new Uint8Array(0)
  #isTelling = false

  constructor(
    clock: Pick<Clock, "now" | "afterTurn">,
    running: () => RunningReplica | undefined,
    removed: () => readonly NodeId[],
  ) {
    this.#clock = clock
    this.#running = running
    this.#removed = removed
  }

  serve(dialler: Dialler): Inbound | string {
    const reign = this.#reign()
    if (reign === undefined) return "this host has no replica"
    if (this.#listeners.size >= LISTENERS_MAX) return "this relay tells as many hosts as it can"
    this.#listeners.add(dialler)
    dialler.send({ kind: "chunk", body: encodeReign({ ...reign, removed: this.#removed() }) })
    return { onFrame: () => {}, onEnd: () => this.#forget(dialler) }
  }

  /** Leader, term, group or who was removed may have changed for the replica here, or it may be no more. */
  changed(): void {
    const reign = this.#reign()
    if (reign === undefined) return this.stop()
    const text = JSON.stringify(reign)
    const removed = this.#removed()
    if (text === this.#told && removed === this.#toldRemoved) return
    const fresh = removed.filter((id) => !this.#toldRemoved.includes(id))
    this.#news = this.#isTelling ? [...this.#news, ...fresh] : fresh
    this.#told = text
    this.#toldRemoved = removed
    this.#body = encodeReign({ ...reign, removed: this.#news })
    // Whoever has not heard of the change before hears of this one alone.
    this.#untold = new Set(this.#listeners)
    if (!this.#isTelling) this.#tell()
  }

  /** In slices, as all hosts may follow the leader of all. */
  #tell(): void {
    const untilMs = this.#clock.now() + SLICE_MS
    for (const dialler of this.#untold) {
      this.#untold.delete(dialler)
      const isSent = dialler.waitingBytes() <= WAITING_BYTES_MAX && dialler.send({ kind: "chunk", body: this.#body })
      if (!isSent) this.#drop(dialler)
      if (this.#clock.now() >= untilMs) break
    }
    this.#isTelling = this.#untold.size > 0
    if (this.#isTelling) this.#clock.afterTurn(() => this.#tell())
  }

  stop(): void {
    for (const dialler of [...this.#listeners]) this.#drop(dialler)
  }

  #reign(): Reign | undefined {
    const running = this.#running()
    return running === undefined ? undefined : reignOf(running.raft)
  }

  #drop(dialler: Dialler): void {
    this.#forget(dialler)
    dialler.close()
  }

  #forget(dialler: Dialler): void {
    this.#listeners.delete(dialler)
    this.#untold.delete(dialler)
  }
}
