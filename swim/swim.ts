import { type Addr, assert, type Millis, type NodeId, Random, unreachable } from "@conclave/base"
import { AntiEntropy } from "./anti-entropy.ts"
import { checkConfig, type SwimConfig } from "./config.ts"
import { type Core, isConclave, shownDigest } from "./core.ts"
import { type Counters, newCounters } from "./counters.ts"
import { Departure } from "./departure.ts"
import { Gossip } from "./gossip.ts"
import { GossipQueue, URGENCY } from "./gossip-queue.ts"
import { Join } from "./join.ts"
import { LocalHealth } from "./local-health.ts"
import { MemberTable, type Row } from "./member-table.ts"
import { Membership } from "./membership.ts"
import { Own } from "./own.ts"
import { Prober } from "./probe.ts"
import { makeRecord, type RecordFields } from "./record.ts"
import { isSameSeat } from "./seat.ts"
import { stalled } from "./stall.ts"
import { Streams } from "./streams.ts"
import { Twin } from "./twin.ts"
import type {
  Accusation,
  Effect,
  Input,
  Member,
  MemberRecord,
  MemberState,
  Message,
  StreamReply,
  StreamRequest,
  Update,
} from "./types.ts"
import { Watch } from "./watch.ts"

/**
 * SWIM membership with Lifeguard's refinements and ours: who is alive, as this member sees it.
 *
 * A pure state machine: it has no clock, no timer, no socket and no dice of its own. Feed it with `step`, do what the
 * returned effects say, and call `step` with a `tick` not later than `nextDeadlineMs`. It throws only `AssertionError`,
 * which is a bug. Sources: SWIM (Das, Gupta, Motivala 2002), Lifeguard (Dadgar, Phillips, Currey 2018).
 *
 * @example
 * const swim = new Swim({ config: swimConfig("lan"), self, seed: 1, nowMs: millis(0) })
 * const effects = swim.step(millis(0), { kind: "join", addrs: [addr("10.0.0.1:7951")] })
 */
export class Swim {
  readonly #core: Core
  readonly #own: Own
  readonly #membership: Membership
  readonly #gossip: Gossip
  readonly #prober: Prober
  readonly #watch: Watch
  readonly #streams: Streams
  readonly #antiEntropy: AntiEntropy
  readonly #join: Join
  readonly #departure: Departure
  readonly #twin: Twin

  /** `self` describes this member at its start; `seed` is any 32-bit number. */
  constructor(options: { config: SwimConfig; self: RecordFields; seed: number; nowMs: Millis }) {
    const { config, nowMs } = options
    checkConfig(config)
    const random = new Random(options.seed)
    this.#core = {
      config,
      random,
      table: new MemberTable(makeRecord(options.self), nowMs),
      queue: new GossipQueue(),
      health: new LocalHealth(config.mode === "swim" ? 0 : config.localHealthMax),
      counters: newCounters(),
      nowMs,
      effects: [],
    }
    const core = this.#core
    const listener = {
      rowLives: (row: Row): void => this.#rowLives(row),
      rowGone: (row: Row, id: NodeId): void => this.#rowGone(row, id),
      rowMoved: (row: Row): void => this.#watch.rowMoved(row),
      rowCleared: (row: Row): void => this.#watch.rowCleared(row),
      lastCall: (row: Row): void => this.#prober.start(row, "lastCall"),
      hot: (): void => this.#gossip.hot(),
    }
    this.#gossip = new Gossip(core)
    this.#own = new Own(core, listener)
    this.#membership = new Membership(core, this.#own, listener)
    this.#streams = new Streams(core)
    this.#prober = new Prober(core, { membership: this.#membership, gossip: this.#gossip, streams: this.#streams })
    this.#watch = new Watch(core, this.#membership)
    this.#antiEntropy = new AntiEntropy(core, this.#membership, this.#streams)
    this.#join = new Join(core, { own: this.#own, streams: this.#streams, antiEntropy: this.#antiEntropy })
    this.#departure = new Departure(core, this.#own, this.#gossip)
    this.#twin = new Twin(core, this.#own, this.#streams)
    this.#own.described = (record) => this.#twin.heard(record)
    this.#own.misplaced = () => this.#join.doubt()
    this.#prober.watched = () => this.#watch.first
    this.#prober.returned = (row) => this.#antiEntropy.returned(row)
    this.#prober.unheard = () => this.#antiEntropy.recover()
    this.#watch.suspicious = (row) => this.#prober.start(row, "probe")
    this.#antiEntropy.reconnect = (row) => this.#prober.start(row, "reconnect")
  }

  /** Takes one input at `nowMs`, which never falls, and returns what to do, in order. */
  step(nowMs: Millis, input: Input): readonly Effect[] {
    const core = this.#core
    assert(nowMs >= core.nowMs, "time never falls")
    core.nowMs = nowMs
    core.effects = []
    this.#take(input)
    // Deadlines are judged by ticks alone: the driver sends one when no more input is waiting, so that after a stall
    // the first packet out of a full buffer does not condemn the senders of the others.
    if (input.kind === "tick" || input.kind === "stalled") this.#judge()
    this.#gossip.run()
    this.#gossip.wake()
    return core.effects
  }

  /** When the next `tick` is due; Infinity when there is nothing to wait for. */
  get nextDeadlineMs(): number {
    return Math.min(
      this.#prober.nextMs,
      this.#gossip.nextMs,
      this.#membership.nextMs,
      this.#watch.nextMs,
      this.#antiEntropy.nextMs,
      this.#join.nextMs,
      this.#departure.nextMs,
      this.#twin.nextMs,
    )
  }

  /** This member's own record as others get it. */
  get self(): MemberRecord {
    return this.#own.record
  }

  /** Lifeguard §IV-A: 0 = well, at most 8. */
  get localHealth(): number {
    return this.#core.health.score
  }

  get counters(): Readonly<Counters> {
    return this.#core.counters
  }

  /** True when one address has answered a join since the start. */
  /** Who has our name in the fleet that was asked last and did not take us for that. */
  get nameHolder(): MemberRecord | undefined {
    return this.#join.nameHolder
  }

  get hasJoined(): boolean {
    return this.#join.hasJoined
  }

  /** Every row, this member's own first. */
  members(): readonly Member[] {
    const members: Member[] = []
    for (const row of this.#core.table.rows()) members.push(this.#core.table.view(row))
    return members
  }

  member(id: NodeId): Member | undefined {
    const row = this.#core.table.row(id)
    return row === undefined ? undefined : this.#core.table.view(row)
  }

  count(state: MemberState): number {
    return this.#core.table.count(state)
  }

  /** Smoothed round trip in milliseconds; undefined before the first sample. */
  rttMs(id: NodeId): number | undefined {
    const row = this.#core.table.row(id)
    return row === undefined || row === 0 ? undefined : this.#core.table.rttMs(row)
  }

  /** The last accusations of a member, oldest first, at most 64. */
  accusations(id: NodeId): readonly Accusation[] {
    return this.#membership.accusations.of(id)
  }

  /** Digest of the whole view: equal views have equal digests. */
  get digest(): number {
    return this.#core.table.digest.root
  }

  /** News that still has to be passed on. */
  get queueLength(): number {
    return this.#core.queue.size
  }

  #take(input: Input): void {
    switch (input.kind) {
      case "tick":
        return
      case "message":
        return this.#message(input.source, input.message)
      case "streamRequest":
        return this.#streamRequest(input.conn, input.request)
      case "streamReply":
        return this.#streams.replied(input.request, input.pages, input.failure)
      case "link":
        return this.#watch.heard(input.id, input.event)
      case "stalled":
        return stalled(this.#core, input, {
          prober: this.#prober,
          membership: this.#membership,
          own: this.#own,
          antiEntropy: this.#antiEntropy,
        })
      case "join":
        return this.#join.start(input.addrs, input.keep ?? "always")
      case "setTags":
        return this.#own.change({ tags: input.tags })
      case "setHealth":
        if (input.health !== this.self.health) this.#own.change({ health: input.health }, URGENCY.verdict)
        return
      case "setSeat":
        if (!isSameSeat(input.seat, this.self.seat)) this.#own.change({ seat: input.seat })
        return
      case "ping":
        return this.#ping(input)
      case "probe":
        return this.#probe(input)
      case "leave":
        this.#goSilent()
        return this.#departure.leave()
      case "expel":
        return this.#expel(input.id, input.prune)
      case "bar":
        return this.#membership.bar(input.id)
      case "announceRestart":
        this.#goSilent()
        return this.#departure.restart(input.forMs)
      default:
        return unreachable(input)
    }
  }

  #judge(): void {
    this.#join.run()
    this.#prober.run()
    this.#watch.run()
    this.#membership.run()
    this.#antiEntropy.run()
    this.#departure.run()
    this.#twin.run()
  }

  #message(source: Addr, message: Message): void {
    const { table, counters } = this.#core
    if (message.from === this.self.id) {
      counters.ownEchoes++
      return
    }
    if (this.#membership.isBarred(message.from)) return
    const via = this.#membership.isBelieved(table.row(message.from)) ? "gossip" : "sync"
    for (const update of message.updates) this.#membership.apply(update, via)
    const sender = table.row(message.from)
    if (sender !== undefined && message.updates.some((update) => this.#isBehind(sender, update)))
      this.#gossip.tell(sender)
    if (sender !== undefined) this.#dispatch(message, sender)
    const outdated = this.#membership.takeOutdated()
    if (sender === undefined) return this.#antiEntropy.strangerSpoke(message.from, source)
    this.#watch.spoken(message.from)
    if (outdated.length > 0) this.#gossip.correct(sender, outdated)
    const state = table.state(sender)
    if (state === "alive") this.#antiEntropy.heard(sender, message.digest)
    else if (state !== "left" && isConclave(this.#core)) this.#gossip.tell(sender)
  }

  /**
   * A member that speaks of itself in an earlier boot than we hold has lost its generation: told, it jumps past ours.
   */
  #isBehind(sender: Row, update: Update): boolean {
    const { table } = this.#core
    if (update.kind !== "alive" || update.record.id !== table.record(sender).id) return false
    return update.record.generation < table.standing(sender).generation
  }

  /** A member is answered where its record says it is: the source of a datagram is whatever its sender wrote there. */
  #dispatch(message: Message, sender: Row): void {
    const { table, counters } = this.#core
    const back = table.record(sender).addr
    switch (message.kind) {
      case "ping":
        if (message.target !== this.self.id) {
          counters.wrongTarget++
          return
        }
        this.#core.effects.push({
          kind: "send",
          to: back,
          message: {
            kind: "ack",
            from: this.self.id,
            nonce: message.nonce,
            digest: shownDigest(this.#core),
            updates: this.#gossip.answerTo(message, sender),
          },
        })
        return
      case "ack":
        this.#prober.acked(message.from, message.nonce)
        return
      case "nack":
        return this.#prober.nacked(message.from, message.nonce)
      case "pingReq":
        return this.#prober.relay(message, back)
      case "gossip":
        return
      default:
        return unreachable(message)
    }
  }

  #streamRequest(conn: number, request: StreamRequest): void {
    this.#core.effects.push({ kind: "streamReply", conn, pages: this.#answer(request) })
  }

  #answer(request: StreamRequest): readonly StreamReply[] {
    switch (request.kind) {
      case "ping":
        this.#twin.probed(request.from)
        if (request.target !== this.self.id) return [{ kind: "wrongTarget" }]
        return [{ kind: "pong", upMs: this.#twin.upMs }]
      case "join":
        return this.#admit(request.record)
      case "digest":
        return this.#antiEntropy.answer(request)
      case "rows":
        this.#antiEntropy.take(request.updates)
        return this.#antiEntropy.pages([], [])
      default:
        return unreachable(request)
    }
  }

  #admit(record: MemberRecord): readonly StreamReply[] {
    const { table, config } = this.#core
    if (record.id === this.self.id) return this.#admitSelf(record)
    if (this.#membership.isBarred(record.id)) return [{ kind: "refused", reason: "that host was removed for good" }]
    const holder = table.holderOf(record.name)
    if (holder !== undefined && holder !== record.id) {
      const row = table.row(holder)
      assert(row !== undefined, "the holder of a name has a row")
      this.#own.nameConflict(holder, record, false)
      return [{ kind: "nameTaken", record: table.record(row) }]
    }
    if (table.row(record.id) === undefined && table.size >= config.membersMax) {
      return [{ kind: "refused", reason: `the cluster has its ${config.membersMax} members` }]
    }
    this.#membership.apply({ kind: "alive", record }, "gossip")
    return this.#antiEntropy.everything()
  }

  /** Our own address by another name, or another process with our key: that one is told who has it. */
  #admitSelf(record: MemberRecord): readonly StreamReply[] {
    if (record.addr === this.self.addr) return [{ kind: "refused", reason: "that is this agent itself" }]
    this.#twin.met(record)
    return [{ kind: "nameTaken", record: this.self }]
  }

  #ping(input: Extract<Input, { kind: "ping" }>): void {
    const row = this.#core.table.row(input.id)
    if (row === undefined) this.#core.effects.push({ kind: "pinged", call: input.call, rttMs: undefined })
    else this.#prober.ping(row, input.path, input.call)
  }

  #probe({ id, call }: Extract<Input, { kind: "probe" }>): void {
    const row = this.#core.table.row(id)
    if (row === undefined) this.#core.effects.push({ kind: "pinged", call, rttMs: undefined })
    else this.#prober.probe(row, call)
  }

  #expel(id: NodeId, prune: boolean): void {
    const { table } = this.#core
    const row = table.row(id)
    // Who lives is not expelled; the caller checks and says so, this keeps the rule where the table is.
    if (row !== undefined && row !== 0 && table.state(row) !== "alive") this.#membership.expel(row, prune)
  }

  #rowLives(row: Row): void {
    this.#prober.insert(row)
    this.#watch.rowLives(row)
  }

  #rowGone(row: Row, id: NodeId): void {
    this.#watch.rowGone(row, id)
    if (this.#core.table.living.length === 0) this.#join.alone()
  }

  #goSilent(): void {
    this.#prober.stop()
    this.#watch.stop()
    this.#join.stop()
  }
}
