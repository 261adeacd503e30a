import { createSocket, type RemoteInfo, type Socket } from "node:dgram"
import { type Addr, isNodeId, type NodeId } from "@conclave/base"
import type { Bonjour, HeardMessage, HeardRecord, MulticastDns } from "bonjour-service"
import { formatHostPort, numericHostPort } from "../../host-port.ts"
import { MdnsIntake } from "./mdns-intake.ts"

export const MDNS_PORT = 5353
const TYPE = { type: "conclave", protocol: "udp" } as const
const SERVICE = "_conclave._udp.local"
const QUESTION = { type: "PTR", name: SERVICE } as const
/** Nothing is multicast more often, whoever asks for it (RFC 6762 §6). */
const ANSWER_SPACING_MS = 1000

/** What an agent publishes of itself. */
export interface Announcement {
  readonly id: NodeId
  readonly cluster: string
  readonly addr: Addr
}

export interface MdnsEvents {
  readonly announced: (agent: Announcement) => void
  readonly failed: (problem: string) => void
}

/**
 * The library, as far as it may be left alone with a network. It answers each question of a message by a message to
 * all, and compares all records of one with each other: one datagram would hold the agent up for seconds. So it
 * publishes and sends, and hears what `MdnsIntake` lets through; what is announced is read here.
 */
export class MdnsWire {
  readonly #bonjour: Bonjour
  readonly #intake: MdnsIntake = new MdnsIntake()
  readonly #on: MdnsEvents
  #announced: Announcement[] = []
  #answer: NodeJS.Timeout | undefined
  #answeredMs = Number.NEGATIVE_INFINITY

  private constructor(bonjour: Bonjour, socket: Socket, on: MdnsEvents) {
    this.#bonjour = bonjour
    this.#on = on
    const { mdns } = bonjour.server
    // It throws what nobody listens for.
    mdns.on("error", (cause) => on.failed(`UDP port ${MDNS_PORT}: ${cause.message}`))
    mdns.removeAllListeners("query")
    mdns.on("query", () => this.#answerSoon())
    mdns.on("response", (message) => this.#hear(message))
    this.#watchInterfaces(mdns)
    const [read] = socket.listeners("message") as ((bytes: Buffer, from: RemoteInfo) => void)[]
    socket.removeAllListeners("message")
    socket.on("message", (bytes, from) => this.#intake.take(bytes, () => this.#read(() => read?.(bytes, from))))
  }

  /** Publishes `own`; rejects where that cannot be, and leaves nothing open. */
  static async open(own: Announcement, on: MdnsEvents): Promise<MdnsWire> {
    const library = await import("bonjour-service")
    const socket = createSocket({ type: "udp4", reuseAddr: true })
    const wire = new MdnsWire(new library.Bonjour({ socket }, () => {}), socket, on)
    const { id, cluster, addr } = own
    const port = numericHostPort(addr)?.port ?? 0
    try {
      // The id is nobody else's, so there is nothing to probe for; at a clash the library would print.
      const publication = { ...TYPE, name: id, host: `${id}.local`, port, txt: { cluster, id, addr }, probe: false }
      wire.#bonjour.publish(publication)
      return wire
    } catch (cause) {
      wire.close()
      throw cause
    }
  }

  /** How many messages there was no time for. */
  get dropped(): number {
    return this.#intake.dropped
  }

  /** Asks all, this agent included. */
  ask(): void {
    this.#bonjour.server.mdns.query(SERVICE, QUESTION.type)
  }

  /** Says good-bye, if that can be said. */
  close(): void {
    clearTimeout(this.#answer)
    const bonjour = this.#bonjour
    try {
      bonjour.unpublishAll(() => bonjour.destroy())
    } catch {
      bonjour.destroy()
    }
  }

  /** What it takes badly is dropped; what an agent has announced is told after it, since that is no affair of its. */
  #read(read: () => void): void {
    try {
      read()
    } catch {
      this.#announced = []
    }
    for (const each of this.#announced.splice(0)) this.#on.announced(each)
  }

  #hear({ answers, additionals }: HeardMessage): void {
    for (const record of [...answers, ...additionals]) {
      const agent = announcedBy(record)
      if (agent !== undefined) this.#announced.push(agent)
    }
  }

  #answerSoon(): void {
    if (this.#answer !== undefined) return
    const answer = (): void => {
      this.#answer = undefined
      this.#answeredMs = performance.now()
      this.#bonjour.server.respondToQuery({ questions: [QUESTION] })
    }
    const waitMs = Math.max(0, this.#answeredMs + ANSWER_SPACING_MS - performance.now())
    this.#answer = setTimeout(answer, waitMs).unref()
  }

  /** The library asks the system for its interfaces now and then, which throws where a sandbox forbids that. */
  #watchInterfaces(mdns: MulticastDns): void {
    const { update } = mdns
    mdns.update = () => {
      try {
        update()
      } catch (cause) {
        // Not from within: the library has begun what a close would end too early.
        setImmediate(() => this.#on.failed((cause as Error).message))
      }
    }
  }
}

/** The agent whose own record this is; undefined where an agent would say something else. */
function announcedBy({ type, name, ttl = 0, data }: HeardRecord): Announcement | undefined {
  // 0: it takes leave.
  if (type !== "TXT" || ttl === 0 || !Array.isArray(data)) return undefined
  const said = new Map(data.map((each) => pairOf(String(each))))
  const [id = "", cluster = "", addr = ""] = [said.get("id"), said.get("cluster"), said.get("addr")]
  const at = numericHostPort(addr)
  if (at === undefined || !isNodeId(id) || name !== `${id}.${SERVICE}`) return undefined
  return { id, cluster, addr: formatHostPort(at.host, at.port) }
}

/** RFC 6763 §6.4. */
function pairOf(text: string): readonly [string, string] {
  const at = text.indexOf("=")
  return at < 0 ? [text, ""] : [text.slice(0, at), text.slice(at + 1)]
}
