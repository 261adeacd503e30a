import { Deadlines, type NodeId } from "@conclave/base"
import type { Core } from "./core.ts"
import type { Row } from "./member-table.ts"
import type { Membership } from "./membership.ts"
import type { LinkEvent } from "./types.ts"

/** Waits between attempts to open a link that is not up: doubled from the first to the last. */
const RETRY_MIN_MS = 1000
const RETRY_MAX_MS = 30_000
/** A dying process still accepts for a moment and then resets: that says nothing yet, so the dial is repeated soon. */
const RESET_REDIAL_MS = 30
const RESETS_MAX = 3
/** Who was not heard for so many probe intervals, and is heard, can be reached again. */
const SILENT_INTERVALS = 3

interface Link {
  readonly row: Row
  /** `broken` = it was up and went down; two refusals from here are an accusation. */
  state: "dialing" | "up" | "broken" | "waiting"
  refusals: number
  /** Failures since it went down that were no refusals. */
  resets: number
  retryMs: number
  /** Its last packet. */
  heardMs: number
  /** There was a sign that the member can be reached since the dial that is under way. */
  hasSign: boolean
  /** The next sign brings a dial forward to no earlier than this; what it is set off by then doubles like `retryMs`. */
  signAtMs: number
  signRestMs: number
}

/** Of a link that is up, or was never tried. */
const FRESH = { retryMs: RETRY_MIN_MS, hasSign: false, signAtMs: 0, signRestMs: RETRY_MIN_MS } as const

/**
 * Idle TCP links to the next neighbours on a ring ordered by hash of id. When a process dies its host resets them:
 * that, and two refused re-dials, is first-hand proof within a fraction of a second. Refused alternatives: ICMP and
 * connected UDP sockets can be forged and flap with firewalls. A silent host resets nothing; that is what probes are
 * for.
 */
export class Watch {
  readonly #core: Core
  readonly #membership: Membership
  /** Ascending distance from this member on the ring. */
  #ring: Row[] = []
  readonly #links: Map<NodeId, Link> = new Map()
  readonly #dials: Deadlines<NodeId> = new Deadlines()
  #stopped = false
  /** A link failed in a way that says little: ask by datagram. */
  suspicious: (row: Row) => void = () => {}

  constructor(core: Core, membership: Membership) {
    this.#core = core
    this.#membership = membership
  }

  get nextMs(): number {
    return this.#dials.next
  }

  /**
   * The next member on the ring that can be asked: behind one who announced a restart the one beyond it has nobody
   * else.
   */
  get first(): Row | undefined {
    return this.#ring.find((row) => this.#core.table.restartingUntil(row) === undefined)
  }

  run(): void {
    const { nowMs } = this.#core
    for (let due = this.#dials.take(nowMs); due; due = this.#dials.take(nowMs)) {
      const link = this.#links.get(due.key)
      if (link !== undefined) this.#dial(due.key, link)
    }
  }

  rowLives(row: Row): void {
    this.#insert(row)
    this.#sync()
  }

  rowGone(row: Row, id: NodeId): void {
    const place = this.#ring.indexOf(row)
    if (place < 0) return
    this.#close(id)
    this.#ring.splice(place, 1)
    // Only the loss of an own neighbour costs a look at everybody.
    for (const other of this.#core.table.living) this.#insert(other)
    this.#sync()
  }

  /**
   * The member has a new address or runs anew: the old link says nothing about it. That of a process which lost its
   * power may even seem to be up for ever, and who was away for long was dialled ever more rarely.
   */
  rowMoved(row: Row): void {
    if (!this.#ring.includes(row)) return
    this.#close(this.#core.table.record(row).id)
    this.#sync()
  }

  /** A packet of the member has come. */
  spoken(id: NodeId): void {
    const { nowMs, config } = this.#core
    const link = this.#links.get(id)
    if (link === undefined) return
    const wasSilent = nowMs - link.heardMs >= SILENT_INTERVALS * config.probeIntervalMs
    link.heardMs = nowMs
    if (wasSilent) this.#hasSign(id, link)
  }

  rowCleared(row: Row): void {
    const { id } = this.#core.table.record(row)
    const link = this.#links.get(id)
    if (link !== undefined) this.#hasSign(id, link)
  }

  heard(id: NodeId, event: LinkEvent): void {
    const link = this.#links.get(id)
    if (link === undefined || !this.#core.table.isStill(link.row, id)) return
    if (event === "up") {
      link.state = "up"
      link.refusals = 0
      Object.assign(link, FRESH)
    } else if (link.state === "up") this.#broke(id, link)
    else if (link.state === "broken" && event === "refused") this.#refused(id, link)
    else if (link.state === "broken" && ++link.resets < RESETS_MAX) {
      this.#dials.set(id, this.#core.nowMs + RESET_REDIAL_MS)
    } else {
      if (link.state === "broken") this.suspicious(link.row)
      this.#wait(id, link)
    }
  }

  stop(): void {
    this.#stopped = true
    for (const id of [...this.#links.keys()]) this.#close(id)
    this.#ring = []
  }

  #broke(id: NodeId, link: Link): void {
    if (this.#core.table.restartingUntil(link.row) !== undefined) return this.#wait(id, link)
    link.state = "broken"
    link.refusals = 0
    link.resets = 0
    this.#dial(id, link)
  }

  #refused(id: NodeId, link: Link): void {
    link.refusals++
    if (link.refusals < 2) {
      this.#dials.set(id, this.#core.nowMs + this.#core.config.redialMs)
      return
    }
    this.#wait(id, link)
    this.#membership.accuse(link.row, "link")
  }

  #wait(id: NodeId, link: Link): void {
    link.state = "waiting"
    this.#dials.set(id, this.#core.nowMs + link.retryMs + this.#core.random.below(RETRY_MIN_MS))
    link.retryMs = Math.min(RETRY_MAX_MS, link.retryMs * 2)
    if (link.hasSign) this.#hasSign(id, link)
  }

  /**
   * The member can be reached again, as it seems: it is dialled now and not when the wait is over. Signs count ever
   * more rarely while the dials fail: whoever is heard now and then, and gives no link, is dialled at most twice as
   * often.
   */
  #hasSign(id: NodeId, link: Link): void {
    link.hasSign = link.state === "dialing" || link.state === "broken"
    if (link.state !== "waiting") return
    const atMs = Math.max(this.#core.nowMs, link.signAtMs)
    if (atMs >= (this.#dials.due(id) ?? 0)) return
    this.#dials.set(id, atMs)
    link.signAtMs = atMs + link.signRestMs
    link.signRestMs = Math.min(RETRY_MAX_MS, link.signRestMs * 2)
  }

  #dial(id: NodeId, link: Link): void {
    link.hasSign = false
    if (link.state !== "broken") link.state = "dialing"
    this.#core.effects.push({ kind: "dialLink", id, addr: this.#core.table.record(link.row).addr })
  }

  #close(id: NodeId): void {
    if (!this.#links.delete(id)) return
    this.#dials.clear(id)
    this.#core.effects.push({ kind: "closeLink", id })
  }

  /** Keeps the ring sorted and no longer than it has to be. */
  #insert(row: Row): void {
    const { watchedNeighbours, mode } = this.#core.config
    if (mode !== "conclave" || this.#stopped || this.#ring.includes(row)) return
    const distance = this.#distance(row)
    let place = this.#ring.length
    while (place > 0 && this.#isBefore(row, distance, this.#ring[place - 1] as Row)) place--
    if (place >= watchedNeighbours) return
    this.#ring.splice(place, 0, row)
    const dropped = this.#ring.length > watchedNeighbours ? this.#ring.pop() : undefined
    if (dropped !== undefined) this.#close(this.#core.table.record(dropped).id)
  }

  /** Opens the links that the ring asks for and does not have. */
  #sync(): void {
    for (const row of this.#ring) {
      const { id } = this.#core.table.record(row)
      if (this.#links.has(id)) continue
      const { nowMs } = this.#core
      const link: Link = {
        row,
        state: "dialing",
        refusals: 0,
        resets: 0,
        ...FRESH,
        heardMs: nowMs,
      }
      this.#links.set(id, link)
      this.#dial(id, link)
    }
  }

  #isBefore(row: Row, distance: number, other: Row): boolean {
    const { table } = this.#core
    const theirs = this.#distance(other)
    return distance < theirs || (distance === theirs && table.record(row).id < table.record(other).id)
  }

  #distance(row: Row): number {
    const { table } = this.#core
    return (table.ringPosition(row) - table.ringPosition(0)) >>> 0
  }
}
