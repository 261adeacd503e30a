import type { RunningReplica } from "../replica/running-replica.ts"
import type { Dialler, Inbound } from "../streams/stream-server.ts"
import { reignOf } from "./reign.ts"
import { ReignListener, type ReignListenerOptions } from "./reign-listener.ts"
import { ReignServer } from "./reign-server.ts"

export interface ReignsOptions extends ReignListenerOptions {
  readonly running: () => RunningReplica | undefined
  readonly hasCluster: () => boolean
}

/** Who leads and who votes: from the replica here, which tells other hosts, or where there is none from a relay. */
export class Reigns {
  readonly #options: ReignsOptions
  readonly #server: ReignServer
  readonly #listener: ReignListener
  /** The replica that has known a leader since it runs: before, what it knows is of an earlier life. */
  #informed: RunningReplica | undefined

  constructor(options: ReignsOptions) {
    this.#options = options
    this.#server = new ReignServer(options.running)
    this.#listener = new ReignListener(options)
  }

  serve(dialler: Dialler): Inbound | string {
    return this.#server.serve(dialler)
  }

  /** Leader, term or group of the replica here may have changed, or there is another, or none. */
  changed(): void {
    const { running: current, hasCluster, onReign } = this.#options
    const running = current()
    this.#server.changed()
    if (running === undefined) {
      if (hasCluster()) this.#listener.start()
      return
    }
    this.#listener.stop()
    if (running.raft.leader !== undefined) this.#informed = running
    if (this.#informed === running) onReign(reignOf(running.raft))
  }

  stop(): void {
    this.#listener.stop()
    this.#server.stop()
  }
}
