import type { RunningReplica } from "../../replica/running-replica.ts"
import type { Dialler, Inbound } from "../../streams/stream-server.ts"
import type { RemovedHosts } from "../removed-hosts.ts"
import { type Reign, reignOf } from "./reign.ts"
import { ReignServer } from "./reign-server.ts"
import { type Outward, RelayFeed } from "./relay-feed.ts"
import { decodeReign } from "./wire-reign.ts"

const RETRY_MAX_MS = 8000
const ASK_MS = 5000

export interface ReignsOptions extends Outward {
  readonly running: () => RunningReplica | undefined
  readonly hasCluster: () => boolean
  readonly onReign: (reign: Reign) => void
  /** Hosts that operators have removed. */
  readonly removed: Pick<RemovedHosts, "listed" | "heard">
}

/** Who leads and who votes: from the replica here, which tells other hosts, or where there is none from a relay. */
export class Reigns {
  readonly #options: ReignsOptions
  readonly #server: ReignServer
  readonly #feed: RelayFeed
  /** The replica that has known a leader since it runs: before, what it knows is of an earlier life. */
  #informed: RunningReplica | undefined

  constructor(options: ReignsOptions) {
    this.#options = options
    this.#server = new ReignServer(options.clock, options.running, () => options.removed.listed)
    const { clock, links, hello, relays } = options
    this.#feed = new RelayFeed({
      clock,
      links,
      hello,
      relays,
      purpose: "reign",
      retryMaxMs: RETRY_MAX_MS,
      askMs: ASK_MS,
      onTold: (body) => {
        const reign = decodeReign(body)
        if (reign === undefined) return false
        const { removed, ...told } = reign
        options.onReign(told)
        options.removed.heard(removed)
        return true
      },
    })
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
      if (hasCluster()) this.#feed.start()
      return
    }
    this.#feed.stop()
    if (running.raft.leader !== undefined) this.#informed = running
    if (this.#informed === running) onReign(reignOf(running.raft))
  }

  stop(): void {
    this.#feed.stop()
    this.#server.stop()
  }
}
