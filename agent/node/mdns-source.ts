import { setTimeout as passed } from "node:timers/promises"
import { type Addr, isNodeId, type NodeId } from "@conclave/base"
import type { Bonjour, Service } from "bonjour-service"
import type { DiscoverySource } from "../discovery/source.ts"
import { formatHostPort, numericHostPort } from "../host-port.ts"

const PORT = 5353
/** `_conclave._udp.local`. */
const TYPE = { type: "conclave", protocol: "udp" } as const
/** Others answer at once, over loaded networks too. */
const ANSWERS_MS = 3000
/** Answers that are kept of one question. */
const HEARD_MAX = 256
const HINT =
  "see that this host has a route for multicast (ip route add 224.0.0.0/4 dev eth0), and that its firewall lets UDP port 5353 through"

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
  #bonjour: Bonjour | undefined
  #known: readonly Addr[] = []
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
    const looked = this.#look().catch((cause: Error) => this.#fail(cause.message))
    void looked.then(() => {
      this.#isLooking = false
    })
  }

  readonly stop = (): void => {
    this.#over.abort()
    this.#close()
  }

  async #look(): Promise<void> {
    const bonjour = this.#bonjour ?? (await this.#open())
    const { signal } = this.#over
    if (signal.aborted) return
    const heard = new Map<string, Addr>()
    const browser = bonjour.find(TYPE, (service) => this.#hear(service, heard))
    await passed(this.#options.answersMs ?? ANSWERS_MS, undefined, { signal }).catch(() => {})
    browser.stop()
    if (signal.aborted) return
    if (!heard.has(this.#options.id)) return this.#fail("this host does not hear its own announcement")
    this.#known = [...heard.values()]
    this.#tell?.[0](this.#known)
  }

  async #open(): Promise<Bonjour> {
    const library = await import("bonjour-service")
    const { id, cluster, addr } = this.#options
    const bonjour = new library.Bonjour({}, () => {})
    if (this.#over.signal.aborted) {
      bonjour.destroy()
      return bonjour
    }
    // It throws what nobody listens for.
    bonjour.server.mdns.on("error", (cause: Error) => this.#fail(`UDP port ${PORT}: ${cause.message}`))
    const port = numericHostPort(addr)?.port ?? 0
    // The id is nobody else's, so there is nothing to probe for; at a clash the library would print.
    bonjour.publish({ ...TYPE, name: id, host: `${id}.local`, port, txt: { cluster, id, addr }, probe: false })
    this.#bonjour = bonjour
    return bonjour
  }

  #hear({ txt }: Service, heard: Map<string, Addr>): void {
    const agent = agentOf(txt)
    if (agent?.cluster !== this.#options.cluster || heard.size >= HEARD_MAX) return
    heard.set(agent.id, agent.addr)
    // What answered the last question may answer this one in a moment.
    this.#tell?.[0]([...this.#known, ...heard.values()])
  }

  #fail(problem: string): void {
    this.#close()
    if (!this.#over.signal.aborted) this.#tell?.[1]({ problem, hint: HINT })
  }

  /** Says good-bye, if that can be said. */
  #close(): void {
    const bonjour = this.#bonjour
    this.#bonjour = undefined
    bonjour?.unpublishAll(() => bonjour.destroy())
  }
}

/** What the text of a service says; undefined where an agent would say something else. */
function agentOf(txt: unknown): { readonly cluster: string; readonly id: string; readonly addr: Addr } | undefined {
  if (typeof txt !== "object" || txt === null) return undefined
  const { cluster, id, addr } = txt as Readonly<Record<string, unknown>>
  if (typeof cluster !== "string" || typeof id !== "string" || typeof addr !== "string") return undefined
  const at = numericHostPort(addr)
  return at === undefined || !isNodeId(id) ? undefined : { cluster, id, addr: formatHostPort(at.host, at.port) }
}
