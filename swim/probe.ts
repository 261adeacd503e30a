import { type Addr, assert, type NodeId } from "@conclave/base"
import { type Core, isConclave, selfRecord, shownDigest } from "./core.ts"
import type { Gossip } from "./gossip.ts"
import type { Row } from "./member-table.ts"
import type { Membership } from "./membership.ts"
import type { Standing } from "./merge.ts"
import { accuses, OpenProbes, type Probe, type ProbeOptions, type Requester } from "./open-probes.ts"
import { ProbeRound } from "./probe-round.ts"
import { RoundTrip } from "./round-trip.ts"
import type { AccusationPath, Message, PingPath, StreamReply } from "./types.ts"

/** Pings by stream that an operator asked for, at once: the streams are there for probes first. */
const STREAM_CALLS_MAX = 128
/** Relays at once; more are refused, the requester counts a missing nack. */
const RELAYS_MAX = 256
const CALL_LIMIT_MS = 2000

type PingRequest = Extract<Message, { kind: "pingReq" }>

/** What the prober asks of the part that owns the streams. */
export interface StreamProbe {
  readonly ask: (to: Addr, target: NodeId, limitMs: number, done: (reply: StreamReply | undefined) => void) => void
}

/**
 * Probes one member an interval in shuffled rounds (SWIM §4.3) and, beside it, the first neighbour on the ring, so that
 * every member has a probe due within one interval. A silent member is asked through helpers (SWIM §3.1) and by a
 * stream, which the peer's loop must answer: a stopped process still accepts connections.
 */
export class Prober {
  readonly #core: Core
  readonly #membership: Membership
  readonly #gossip: Gossip
  readonly #streams: StreamProbe
  readonly #probes: OpenProbes
  readonly #round: ProbeRound
  /** Of all peers together. */
  readonly #usual: RoundTrip = new RoundTrip()
  #roundMs: number
  #watchMs: number
  #relays = 0
  #streamCalls = 0
  /** Who is watched beside the rounds. */
  watched: () => Row | undefined = () => undefined
  /** Somebody held dead answered. */
  returned: (row: Row) => void = () => {}
  /** Somebody answered by stream alone: what it says in datagrams does not reach us. */
  unheard: () => void = () => {}

  constructor(core: Core, parts: { membership: Membership; gossip: Gossip; streams: StreamProbe }) {
    this.#core = core
    this.#membership = parts.membership
    this.#gossip = parts.gossip
    this.#streams = parts.streams
    this.#probes = new OpenProbes(core)
    this.#round = new ProbeRound(core)
    const { probeIntervalMs } = core.config
    this.#roundMs = core.nowMs + core.random.below(probeIntervalMs)
    this.#watchMs = isConclave(core) ? this.#roundMs + Math.floor(probeIntervalMs / 2) : Number.POSITIVE_INFINITY
  }

  get nextMs(): number {
    return Math.min(this.#roundMs, this.#watchMs, this.#probes.nextMs)
  }

  run(): void {
    const { nowMs, config, health } = this.#core
    for (let nonce = this.#probes.takeDue(); nonce !== undefined; nonce = this.#probes.takeDue()) this.#expire(nonce)
    const interval = config.probeIntervalMs * health.stretch
    if (nowMs >= this.#roundMs) {
      this.#roundMs = Math.max(this.#roundMs + interval, nowMs + 1)
      const row = this.#round.next((row) => this.#isProbed(row))
      if (row !== undefined) this.start(row, "probe")
      // With nobody to ask there is nothing left to doubt ourselves for.
      else if (isConclave(this.#core)) health.change(-1)
    }
    if (nowMs >= this.#watchMs) {
      this.#watchMs = Math.max(this.#watchMs + interval, nowMs + 1)
      const row = this.watched()
      if (row !== undefined && this.#isProbed(row)) this.start(row, "probe")
    }
  }

  insert(row: Row): void {
    this.#round.insert(row)
  }

  /** Sends a probe now; to corroborate, only when none to this member is on its way that may accuse. */
  start(row: Row, purpose: "probe" | "corroborate" | "lastCall" | "reconnect"): void {
    if (purpose === "probe" || purpose === "corroborate") {
      if (!this.#isProbed(row)) return
      if (purpose === "corroborate" && this.#probes.isUnderWay(row)) return
      this.#core.counters.probes++
    }
    const directMs = this.#directTimeoutMs(row)
    this.#send(row, { purpose, directMs, windowMs: this.#windowMs(directMs) })
  }

  /** The same, and whoever asked for it is told what came of it. */
  probe(row: Row, call: number): void {
    if (row === 0) return void this.#core.effects.push({ kind: "pinged", call, rttMs: 0 })
    this.#core.counters.probes++
    const directMs = this.#directTimeoutMs(row)
    this.#send(row, { purpose: "asked", directMs, windowMs: this.#windowMs(directMs), call })
  }

  ping(row: Row, path: PingPath, call: number): void {
    const { table, effects } = this.#core
    const { addr, id } = table.record(row)
    if (row === 0) {
      effects.push({ kind: "pinged", call, rttMs: 0 })
    } else if (path === "tcp") {
      if (this.#streamCalls >= STREAM_CALLS_MAX) return void effects.push({ kind: "pinged", call, rttMs: undefined })
      const sentMs = this.#core.nowMs
      this.#streamCalls++
      this.#streams.ask(addr, id, CALL_LIMIT_MS, (reply) => {
        this.#streamCalls--
        const rttMs = reply?.kind === "pong" ? this.#core.nowMs - sentMs : undefined
        this.#core.effects.push({ kind: "pinged", call, rttMs })
      })
    } else {
      const probe = this.#probes.open(row, { purpose: "call", directMs: CALL_LIMIT_MS, windowMs: CALL_LIMIT_MS, call })
      if (path === "udp") this.#sendPing(probe)
      else if (this.#askHelpers(probe, 1, CALL_LIMIT_MS) === 0) this.#close(probe, undefined)
    }
  }

  acked(from: NodeId, nonce: number): boolean {
    const probe = this.#probes.get(nonce)
    if (probe === undefined) return false
    const direct = from === probe.id
    if (!direct && !probe.helpers.includes(from)) {
      this.#core.counters.forgedAcks++
      return false
    }
    this.#close(probe, direct ? "direct" : "helped")
    return true
  }

  nacked(from: NodeId, nonce: number): void {
    const probe = this.#probes.get(nonce)
    if (probe === undefined || !probe.helpers.includes(from) || probe.nackers.includes(from)) return
    probe.nackers.push(from)
    this.#core.counters.nacksReceived++
    if (probe.purpose === "call") this.#close(probe, undefined)
  }

  /** SWIM §3.1: another member asks us to probe for it. */
  relay(message: PingRequest, addr: Addr): void {
    const { table, counters } = this.#core
    const row = table.row(message.target)
    const requester = { nonce: message.nonce, addr }
    if (row === undefined || row === 0 || this.#relays >= RELAYS_MAX) {
      counters.relaysRefused++
      return this.#answerRequester(requester, "nack")
    }
    counters.relays++
    this.#relays++
    const limit = Math.min(
      message.timeoutMs,
      this.#core.config.probeIntervalMs * (this.#core.config.localHealthMax + 1),
    )
    this.#sendPing(this.#probes.open(row, { purpose: "relay", directMs: limit, windowMs: limit, requester }), message)
  }

  /** Our process did nothing for a while: what was asked before cannot be judged by now. */
  lostTime(lostMs: number): void {
    this.#probes.lostTime(lostMs)
  }

  stop(): void {
    this.#roundMs = Number.POSITIVE_INFINITY
    this.#watchMs = Number.POSITIVE_INFINITY
  }

  #isProbed(row: Row): boolean {
    const { table } = this.#core
    return table.isLiving(row) && table.restartingUntil(row) === undefined
  }

  /** The usual round trip and its spread, never more than the profile's limit; stretched by local health. */
  #directTimeoutMs(row: Row): number {
    const { config, table, health } = this.#core
    // A peer that was not measured often enough is taken for a usual one.
    const bound = isConclave(this.#core) ? (table.rttBoundMs(row) ?? this.#usual.boundMs) : undefined
    const fit = bound ?? config.probeTimeoutMaxMs
    return Math.max(config.probeTimeoutMinMs, Math.min(config.probeTimeoutMaxMs, fit)) * health.stretch
  }

  #windowMs(directMs: number): number {
    const { config, health } = this.#core
    const window = Math.max(3 * directMs, config.probeWindowMinMs * health.stretch)
    return Math.min(window, config.probeIntervalMs * health.stretch)
  }

  #send(row: Row, how: ProbeOptions): void {
    this.#sendPing(this.#probes.open(row, how))
  }

  #sendPing(probe: Probe, asked?: PingRequest): void {
    const { table, effects } = this.#core
    effects.push({
      kind: "send",
      to: table.record(probe.row).addr,
      message: {
        kind: "ping",
        from: selfRecord(this.#core).id,
        nonce: probe.nonce,
        target: probe.id,
        // For somebody else it is no longer than that one's request, which has the same fields.
        digest: asked?.digest === 0 ? 0 : shownDigest(this.#core),
        updates: asked === undefined ? this.#gossip.piggyback(probe.row) : this.#gossip.answerTo(asked, probe.row, 0),
      },
    })
  }

  #close(probe: Probe, answer: "direct" | "helped" | "stream" | undefined): void {
    const { table, health, nowMs, effects } = this.#core
    this.#probes.close(probe)
    if (probe.purpose === "relay") this.#relays--
    assert(this.#relays >= 0, "no more relays end than began")
    if (probe.purpose === "call" || probe.purpose === "asked") {
      const rttMs = answer === undefined ? undefined : nowMs - probe.sentMs
      effects.push({ kind: "pinged", call: probe.call, rttMs })
    }
    if (probe.purpose === "call") return
    if (answer === undefined) return
    if (answer === "stream" && isConclave(this.#core)) this.unheard()
    const still = table.isStill(probe.row, probe.id)
    // Stalled time is no round trip.
    if (answer === "direct" && still && probe.extendedMs === 0) {
      table.sampleRtt(probe.row, nowMs - probe.sentMs)
      this.#usual.sample(nowMs - probe.sentMs)
    }
    if (probe.requester !== undefined) return this.#answerRequester(probe.requester, "ack")
    if (probe.purpose === "reconnect" && still) this.returned(probe.row)
    else health.change(-1)
  }

  #expire(nonce: number): void {
    const probe = this.#probes.get(nonce)
    assert(probe !== undefined, "a due probe is open")
    if (!accuses(probe)) return this.#giveUp(probe)
    if (probe.stage === "direct" && this.#core.table.isStill(probe.row, probe.id)) return this.#goIndirect(probe)
    this.#fail(probe)
  }

  /** A relay, a reconnect or an operator's ping without an answer accuses nobody by itself. */
  #giveUp(probe: Probe): void {
    this.#close(probe, undefined)
    if (probe.requester === undefined) return
    this.#answerRequester(probe.requester, "nack")
    // Corroboration: whoever could not reach it for another finds out for itself at once. Its own probe asks helpers
    // too, so this ends when no further accuser is wanted, or every silent member would be asked by all without a
    // pause.
    if (!isConclave(this.#core) || !this.#core.table.isStill(probe.row, probe.id)) return
    if (!this.#membership.suspects.isConfirmed(probe.row)) this.start(probe.row, "corroborate")
  }

  #goIndirect(probe: Probe): void {
    const { config, table, counters } = this.#core
    const roomMs = probe.windowMs - probe.directMs
    counters.indirectProbes++
    // The helper's nack must come in time: 0.8 of what is left. The papers' baseline has no nack before its timeout.
    this.#askHelpers(probe, config.indirectProbes, Math.max(1, Math.floor(0.8 * roomMs)))
    this.#probes.goIndirect(probe)
    if (config.mode === "swim") return
    this.#streams.ask(table.record(probe.row).addr, probe.id, Math.max(1, roomMs), (reply) => {
      if (reply?.kind === "pong" && this.#probes.get(probe.nonce) !== undefined) this.#close(probe, "stream")
    })
  }

  #askHelpers(probe: Probe, count: number, timeoutMs: number): number {
    const { table, random, effects } = this.#core
    const helpers = table.pickLiving(
      count,
      random,
      (row) => row !== probe.row && table.state(row) === "alive" && table.restartingUntil(row) === undefined,
    )
    probe.helpers = helpers.map((row) => table.record(row).id)
    for (const row of helpers) {
      const { addr } = table.record(row)
      effects.push({
        kind: "send",
        to: addr,
        message: {
          kind: "pingReq",
          from: selfRecord(this.#core).id,
          nonce: probe.nonce,
          target: probe.id,
          timeoutMs,
          digest: shownDigest(this.#core),
          updates: this.#gossip.piggyback(row),
        },
      })
    }
    return helpers.length
  }

  /** Nobody heard of it: accuse, and doubt ourselves for each helper that did not even say so (Lifeguard §IV-A). */
  #fail(probe: Probe): void {
    const { health, counters, table } = this.#core
    const missing = probe.helpers.length - probe.nackers.length
    assert(missing >= 0, "a helper counts once")
    this.#close(probe, undefined)
    counters.probeFailures++
    health.change(probe.helpers.length > 0 ? missing : 1)
    // Alone with the silent member the stream was the second opinion; plain SWIM has none.
    const alone: AccusationPath = this.#core.config.mode === "swim" ? "direct" : "tcp"
    const path = probe.helpers.length > 0 ? "indirect" : alone
    if (table.isStill(probe.row, probe.id) && isSameVersion(probe.version, table.standing(probe.row))) {
      this.#membership.accuse(probe.row, path)
    }
  }

  #answerRequester(requester: Requester, kind: "ack" | "nack"): void {
    const { effects } = this.#core
    effects.push({
      kind: "send",
      to: requester.addr,
      message: {
        kind,
        from: selfRecord(this.#core).id,
        nonce: requester.nonce,
        digest: shownDigest(this.#core),
        updates: [],
      },
    })
  }
}

function isSameVersion(a: Standing, b: Standing): boolean {
  return a.generation === b.generation && a.incarnation === b.incarnation
}
