import { setTimeout as passed } from "node:timers/promises"
import type { Addr, NodeId } from "@conclave/base"
import type { DiscoverySource } from "../../discovery/source.ts"
import { type Announcement, MDNS_PORT, MdnsWire } from "./mdns-wire.ts"

/** Others answer within a second, over loaded networks too. */
const ANSWERS_MS = 3000
/** Answers that are kept of one question. */
const HEARD_MAX = 256
const DEAF = "this host does not hear its own announcement"
const DEAF_HINT = `see that this host has a route for multicast (ip route add 224.0.0.0/4 dev eth0), and that its firewall lets UDP port ${MDNS_PORT} through`
const FLOODED = "more is said there than this agent takes the time to hear"
const FLOODED_HINT = `see who it is: tcpdump -n udp port ${MDNS_PORT}; until that ends name an agent in join`

export interface MdnsOptions {
  readonly id: NodeId
  readonly cluster: string
  /** What others are told. */
  readonly addr: Addr
  /** How long to collect answers; default 3 s. */
  readonly answersMs?: number
}

/**
 * Agents of this cluster on the local network, by multicast DNS (RFC 6762, RFC 6763): each publishes its cluster, id
 * and address as a service of that id, and asks for the others. The library is silent about a host that multicast does
 * not work on, and stays deaf to a network that went and came back; but whoever asks hears its own answer, too. So an
 * agent that does not hear itself says so, and begins anew with the next question. Each question forgets what did not
 * answer it: a killed agent takes no leave, and its records would count for hours.
 */
export class MdnsSource implements DiscoverySource {
  readonly kind = "mdns"
  readonly what = "multicast DNS"
  readonly #options: MdnsOptions
  readonly #over: AbortController = new AbortController()
  #tell: Parameters<DiscoverySource["start"]> | undefined
  #wire: MdnsWire | undefined
  #known: readonly Addr[] = []
  /** What has answered the question that is open: under one id there may be several, of which only one is true. */
  #heard: Map<string, Addr> | undefined
  #isLooking = false

  constructor(options: MdnsOptions) {
    this.#options = options
  }

  readonly start: DiscoverySource["start"] = (found, trouble) => {
    this.#tell = [found, trouble]
    this.refresh()
  }

  readonly refresh = (): void => {
    if (this.#isLooking || this.#over.signal.aborted) return
    this.#isLooking = true
    const looked = this.#look().catch((cause: Error) => this.#beginAnew(cause.message))
    void looked.then(() => {
      this.#isLooking = false
    })
  }

  readonly stop = (): void => {
    this.#over.abort()
    this.#close()
  }

  async #look(): Promise<void> {
    const wire = this.#wire ?? (await this.#open())
    const { signal } = this.#over
    if (signal.aborted) return wire.close()
    this.#wire = wire
    const heard = new Map<string, Addr>()
    const before = wire.dropped
    this.#heard = heard
    wire.ask()
    await passed(this.#options.answersMs ?? ANSWERS_MS, undefined, { signal }).catch(() => {})
    this.#heard = undefined
    if (signal.aborted) return
    if (heard.has(keyOf(this.#options))) {
      this.#known = [...heard.values()]
      this.#tell?.[0](this.#known)
    } else if (wire.dropped > before) this.#fail(FLOODED, FLOODED_HINT)
    else this.#beginAnew(DEAF)
  }

  #open(): Promise<MdnsWire> {
    return MdnsWire.open(this.#options, {
      announced: (agent) => this.#hear(agent),
      failed: (problem) => this.#beginAnew(problem),
    })
  }

  #hear(agent: Announcement): void {
    const heard = this.#heard
    const key = keyOf(agent)
    if (heard === undefined || agent.cluster !== this.#options.cluster) return
    if (heard.size >= HEARD_MAX || heard.has(key)) return
    heard.set(key, agent.addr)
    // What answered the last question may answer this one in a moment.
    this.#tell?.[0]([...this.#known, ...heard.values()], true)
  }

  #beginAnew(problem: string): void {
    this.#close()
    this.#fail(problem, DEAF_HINT)
  }

  #fail(problem: string, hint: string): void {
    if (!this.#over.signal.aborted) this.#tell?.[1]({ problem, hint })
  }

  #close(): void {
    this.#wire?.close()
    this.#wire = undefined
  }
}

function keyOf({ id, addr }: Pick<Announcement, "id" | "addr">): string {
  return `${id} ${addr}`
}
