import { assert, type Millis } from "@conclave/base"
import type { Command, Hold, SessionId } from "@conclave/consensus"
import type { JournalNote } from "../api/objects.ts"
import type { Clock } from "../ports.ts"
import { inSlices } from "../slices.ts"
import type { Cluster, StateView } from "./cluster.ts"
import type { HoldDesk } from "./hold-desk.ts"
import { insist } from "./insist.ts"

/** How long a leader has to make way, where nobody says otherwise. */
const LEADER_GRACE_MS = 10_000
/** Longer than so much nobody is waited for, whatever a pool says of its items. */
export const DRAIN_MAX_MS = 600_000
/** How often it looks what is left, and how often it says so. */
const LOOK_MS = 50
const TELL_MS = 500
/** The state as it is now; without a quorum nothing can move. */
const READ_MS = 2000

export interface DrainOptions {
  readonly cluster: Cluster
  readonly clock: Clock
  readonly desk: Pick<HoldDesk, "waitsInVain">
  /** This host's name. */
  readonly member: () => string
  /** Told of what is left, as it becomes less. */
  readonly tell: (note: JournalNote) => void
}

/** What has not moved yet: leaderships that a candidate elsewhere waits for, and items of work. */
interface Left {
  readonly leaderships: number
  readonly items: number
}

/**
 * What a host that departs gives to others before its sessions end: its applications are asked for their leaderships,
 * and their workers drain, so that an item in progress has its hand-off time. From the first step on no application
 * here becomes a leader or a worker any more; whoever stood for election no longer does.
 */
export class Drain {
  readonly #options: DrainOptions
  readonly #asked: Set<string> = new Set()
  readonly #waiting: (() => void)[] = []
  #untilMs: number | undefined
  #toldMs = Number.NEGATIVE_INFINITY
  #told = ""
  #graceMs = LEADER_GRACE_MS
  #isOver = false
  /** The look at what is left that has begun and not ended. */
  #round: Generator<undefined, Left, undefined> | undefined

  constructor(options: DrainOptions) {
    this.#options = options
  }

  /** Nobody here is to lead or to be given work any more. */
  get hasBegun(): boolean {
    return this.#untilMs !== undefined
  }

  /**
   * Calls back when nothing is left, or when time is up: `graceMs`, or without it what leaders have by default and as
   * long as the pools allow for their items. A second call may leave less time.
   */
  begin(graceMs: number | undefined, done: () => void): void {
    const { cluster, clock } = this.#options
    const limitMs = Math.min(graceMs ?? DRAIN_MAX_MS, DRAIN_MAX_MS)
    const isNew = !this.hasBegun
    this.#untilMs = Math.min(this.#untilMs ?? Number.POSITIVE_INFINITY, clock.now() + limitMs)
    if (this.#isOver) return done()
    this.#waiting.push(done)
    if (!isNew) return
    this.#graceMs = Math.min(graceMs ?? LEADER_GRACE_MS, DRAIN_MAX_MS)
    cluster.read((clock.now() + READ_MS) as Millis, (read) => {
      if (read.kind === "read") this.#look()
      else this.#end()
    })
  }

  stop(): void {
    this.#isOver = true
    this.#waiting.length = 0
  }

  /** In slices, as there may be thousands of workers here; while an entry is at work nothing can be asked. */
  #look(): void {
    const { cluster, clock } = this.#options
    inSlices(clock, () => {
      if (this.#isOver) return true
      if (cluster.local() === undefined) return this.#again()
      this.#round ??= this.#count()
      const { value: left, done } = this.#round.next()
      if (done !== true) return false
      this.#round = undefined
      const isDone = left.leaderships === 0 && left.items === 0
      this.#say(left, isDone || this.#isLate)
      if (!isDone) return this.#again()
      this.#end()
      return true
    })
  }

  /** While there is time. */
  #again(): true {
    const { clock } = this.#options
    if (this.#isLate) this.#end()
    else clock.alarm(() => this.#look()).set((clock.now() + LOOK_MS) as Millis)
    return true
  }

  get #isLate(): boolean {
    return this.#options.clock.now() >= (this.#untilMs ?? 0)
  }

  #end(): void {
    this.#isOver = true
    for (const done of this.#waiting.splice(0)) done()
  }

  /** Asks for whatever has not been asked for yet: of a hold or a session a step, each at the state of its time. */
  *#count(): Generator<undefined, Left, undefined> {
    let leaderships = 0
    let items = 0
    for (const session of this.#state.sessionsOf(this.#options.cluster.host)) {
      for (const { seq } of [...this.#state.holdsOf(session)]) {
        const state = this.#state
        const hold = state.hold(session, seq)
        if (hold?.kind === "election" && this.#isLeadership(hold, state)) leaderships++
        if (hold?.kind === "work") items += this.#itemsOf(hold, state)
        yield
      }
      yield
    }
    return { leaderships, items }
  }

  get #state(): StateView {
    const local = this.#options.cluster.local()
    assert(local !== undefined, "a step is made where the state can be asked")
    return local.state
  }

  /** Whether it is one that somebody elsewhere waits for. */
  #isLeadership(hold: Hold, state: StateView): boolean {
    if (hold.token === undefined) {
      this.#withdraw(hold)
      return false
    }
    const { cluster, member } = this.#options
    const name = hold.names[0] ?? ""
    const isWanted = state
      .name("election", name)
      .waiters.some(({ session }) => state.session(session)?.host !== cluster.host)
    if (!isWanted) return false
    const what = { kind: "election", name, token: hold.token } as const
    this.#ask(hold, { kind: "revoke", what, graceMs: this.#graceMs, by: `${member()} leaves`, reason: "drain" })
    return true
  }

  #itemsOf(hold: Hold, state: StateView): number {
    this.#ask(hold, cancelOf(hold))
    return state.pool(hold.names[0] ?? "")?.book?.loads.get(`${hold.session}/${hold.seq}`)?.items.size ?? 0
  }

  /** A candidate of this host would lead for a moment, and those elsewhere wait meanwhile. */
  #withdraw(hold: Hold): void {
    this.#options.desk.waitsInVain(hold.session, hold.seq)
    this.#ask(hold, cancelOf(hold))
  }

  #ask({ session, seq }: Hold, command: Command): void {
    const key = `${command.kind} ${session}/${seq}`
    if (this.#asked.has(key)) return
    this.#asked.add(key)
    const { cluster, clock } = this.#options
    insist(command, { cluster, clock, isWanted: () => !this.#isOver })
  }

  #say(left: Left, isLast: boolean): void {
    const { clock, member, tell } = this.#options
    const text = `${left.leaderships} ${left.items}`
    // Where there was nothing to move there is nothing to tell.
    if (text === this.#told || (this.#told === "" && text === "0 0")) return
    if (!isLast && clock.now() < this.#toldMs + TELL_MS) return
    this.#told = text
    this.#toldMs = clock.now()
    tell({ kind: "host.draining", member: member(), ...left })
  }
}

function cancelOf({ session, seq }: { readonly session: SessionId; readonly seq: number }): Command {
  return { kind: "cancel", session, seq, floor: 0 }
}
