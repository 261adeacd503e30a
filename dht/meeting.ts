import { setTimeout as passed } from "node:timers/promises"
import { type Addr, isNodeId } from "@conclave/base"
import type { FromDht, Met, ToDht } from "conclave/node/discovery/dht-words"
import Hyperswarm, { type Topic } from "hyperswarm"
import type { Connection } from "./connection.ts"
import { Encounter } from "./encounter.ts"

/** If it is free: not those of nodes that are always there, which may start on this host later. */
const PORT = 49747
/** Whoever knows the topic can connect: so many at once. */
const STRANGERS_MAX = 256
/** The table has answered by then, and those whom it gave were reached; who was not is told of later. */
const LOOK_MS = 5000
/** To take back what was announced. */
const FAREWELL_MS = 1500

/** One agent's part in the table: it announces itself, finds others, and keeps a tunnel to each of them. */
export class Meeting {
  readonly #tell: (news: FromDht) => void
  readonly #topics: Map<string, Topic> = new Map()
  readonly #met: Map<string, { readonly peer: Met; readonly encounter: Encounter }> = new Map()
  #wish: ToDht | undefined
  #swarm: Hyperswarm | undefined
  #isLooking = false

  constructor(tell: (news: FromDht) => void) {
    this.#tell = tell
  }

  meet(wish: ToDht): void {
    this.#wish = wish
    const swarm = this.#swarm ?? this.#open(wish.bootstrap)
    const topics = wish.secrets.map(({ topic }) => topic)
    for (const topic of topics) {
      if (!this.#topics.has(topic)) this.#topics.set(topic, swarm.join(Buffer.from(topic, "hex")))
    }
    for (const [topic, joined] of this.#topics) {
      if (topics.includes(topic)) continue
      this.#topics.delete(topic)
      void joined.destroy()
    }
    void this.#look(swarm)
  }

  async close(): Promise<void> {
    await Promise.race([this.#swarm?.destroy(), passed(FAREWELL_MS)])
  }

  #open(bootstrap: readonly string[]): Hyperswarm {
    const swarm = new Hyperswarm({ bootstrap, port: PORT, maxServerConnections: STRANGERS_MAX })
    swarm.on("connection", (connection) => this.#connected(connection))
    this.#swarm = swarm
    return swarm
  }

  async #look(swarm: Hyperswarm): Promise<void> {
    if (this.#isLooking) return
    this.#isLooking = true
    // Where no node answers a look fails, or ends never: what is known by then tells it.
    const looks = [...this.#topics.values()].map((each) => each.refresh().catch(() => false))
    await Promise.race([Promise.all(looks).then(() => swarm.flush()), passed(LOOK_MS)])
    this.#isLooking = false
    this.#report(swarm)
    const isUseless = swarm.dht.toArray().length === 0 && swarm.connections.size === 0
    if (isUseless) this.#beginAnew(swarm)
  }

  #report({ dht, peers, connections }: Hyperswarm): void {
    const reached = new Set([...connections].map(({ remotePublicKey }) => Buffer.from(remotePublicKey).toString("hex")))
    const unreached = [...peers].filter(([key, { attempts }]) => attempts > 0 && !reached.has(key)).length
    const isRandomized = dht.randomized
    this.#tell({ kind: "looked", nodes: dht.toArray().length, announced: peers.size, unreached, isRandomized })
  }

  /** The library announces itself again only minutes after a start at which no node answered. */
  #beginAnew(swarm: Hyperswarm): void {
    this.#swarm = undefined
    this.#topics.clear()
    void swarm.destroy({ force: true })
  }

  #connected(connection: Connection): void {
    const wish = this.#wish
    if (wish === undefined) return void connection.destroy()
    const encounter = new Encounter(connection, wish, ({ id, addr }, { host, port }) => {
      if (!isNodeId(id)) return encounter.end()
      const via = (host.includes(":") ? `[${host}]:${port}` : `${host}:${port}`) as Addr
      const peer = { id, addr: addr as Addr, via }
      // An agent that has started again is there twice for a while: the newer one counts.
      this.#met.get(id)?.encounter.end()
      this.#met.set(id, { peer, encounter })
      this.#tell({ kind: "met", peer })
      connection.on("close", () => {
        if (this.#met.get(id)?.encounter === encounter) this.#met.delete(id)
        this.#tell({ kind: "parted", peer })
      })
    })
  }
}
