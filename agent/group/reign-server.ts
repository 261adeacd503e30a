import type { RunningReplica } from "../replica/running-replica.ts"
import type { Dialler, Inbound } from "../streams/stream-server.ts"
import { type Reign, reignOf } from "./reign.ts"
import { encodeReign } from "./wire-reign.ts"

/** Hosts that one relay tells. */
const LISTENERS_MAX = 4096
/** Whoever does not read as much is let go, and asks again. */
const WAITING_BYTES_MAX = 64 * 1024

/** Tells hosts without a replica who leads and who votes: when they ask, and at each change. */
export class ReignServer {
  readonly #running: () => RunningReplica | undefined
  readonly #listeners: Set<Dialler> = new Set()
  #told = ""

  constructor(running: () => RunningReplica | undefined) {
    this.#running = running
  }

  serve(dialler: Dialler): Inbound | string {
    const reign = this.#reign()
    if (reign === undefined) return "this host has no replica"
    if (this.#listeners.size >= LISTENERS_MAX) return "this relay tells as many hosts as it can"
    this.#listeners.add(dialler)
    dialler.send({ kind: "chunk", body: encodeReign(reign) })
    return { onFrame: () => {}, onEnd: () => void this.#listeners.delete(dialler) }
  }

  /** Leader, term or group of the replica here may have changed, or it may be no more. */
  changed(): void {
    const reign = this.#reign()
    if (reign === undefined) return this.stop()
    const body = encodeReign(reign)
    const text = JSON.stringify(reign)
    if (text === this.#told) return
    this.#told = text
    for (const dialler of [...this.#listeners]) {
      if (dialler.waitingBytes() > WAITING_BYTES_MAX || !dialler.send({ kind: "chunk", body })) this.#drop(dialler)
    }
  }

  stop(): void {
    for (const dialler of [...this.#listeners]) this.#drop(dialler)
  }

  #reign(): Reign | undefined {
    const running = this.#running()
    return running === undefined ? undefined : reignOf(running.raft)
  }

  #drop(dialler: Dialler): void {
    this.#listeners.delete(dialler)
    dialler.close()
  }
}
