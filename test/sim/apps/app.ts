import type { Random } from "@conclave/base"
import { Elapsed } from "@conclave/sdk/elapsed"
import { SessionCore } from "@conclave/sdk/session-core/session-core"
import type { CallStart, Effect, Failure, Input, PlaceRequest } from "@conclave/sdk/session-core/types"
import { Timers } from "conclave/timers"
import type { Machine } from "../machine.ts"
import type { SimProcess } from "../process.ts"
import { clockOf } from "../process-ports.ts"
import type { SimAlarm } from "../sim-alarm.ts"
import type { World } from "../world.ts"
import { AppConnection, type CallEvents } from "./app-connection.ts"
import { Beliefs } from "./beliefs.ts"
import type { Recorder } from "./recorder.ts"
import { SessionLines } from "./session-lines.ts"

/** As of the product's client. */
const RETRY_MIN_MS = 20
const RETRY_MAX_MS = 1000
const STEADY_MS = 1000
/** What a timer of Node waits at least. */
const TIMER_MS_MIN = 1

export interface AppOptions {
  readonly world: World
  readonly machine: Machine
  readonly process: SimProcess
  readonly alarms: SimAlarm[]
  readonly random: Random
  readonly recorder: Recorder
  /** Names this life of the application. */
  readonly life: string
  readonly ttlMs: number | undefined
  /** What it says of its own process; null where it cannot. */
  readonly claim: { readonly pid: number; readonly startTime: number } | null
}

/** What becomes of one hold. */
export interface HoldEvents {
  /** Its first frame leaves. */
  readonly sent: (session: string, seq: number, ttlMs: number) => void
  readonly queued: (position: number) => void
  readonly granted: (token: bigint, rev: bigint) => void
  readonly revoking: (reason: string) => void
  readonly lost: (reason: string) => void
  readonly failed: (failure: Failure) => void
  readonly released: (failure: Failure | undefined, rev: bigint | undefined) => void
  /** The end that its client believes in has moved. */
  readonly until: (untilUs: number) => void
  /** Of a worker. */
  readonly items?: ItemEvents
  /** Of a barrier that was waited for. */
  readonly opened?: (opening: Of<"opened">) => void
}

/** What becomes of the items that one worker is given. */
export interface ItemEvents {
  readonly assigned: (item: Of<"assigned">) => void
  readonly revoking: (item: Of<"itemRevoking">) => void
  readonly lost: (item: Of<"itemLost">) => void
  readonly until: (item: NamedItem, untilUs: number) => void
}

export interface NamedItem {
  readonly item: string
  readonly token: bigint
}

/** A stream that is open: how its reader ends it, and takes more where it is slow. */
export interface AppStream {
  readonly end: () => void
  readonly credit: (events: number) => void
}

type Of<Kind extends Effect["kind"]> = Effect & { readonly kind: Kind }

type CallAbout = Pick<CallStart, "hold" | "isInsistent">

type Settled = (out: unknown, failure: Failure | undefined) => void

/**
 * One life of one application process: the SDK's session core with a skin of the simulator's, where the product has
 * `sdk/session-driver.ts` and `sdk/reconnector.ts`.
 */
export class App {
  readonly life: string
  readonly timers: Timers
  readonly #options: AppOptions
  readonly #elapsed: Elapsed
  readonly #core: SessionCore
  readonly #lines: SessionLines
  readonly #wakeUp: Timers
  readonly #holds: Map<number, HoldEvents> = new Map()
  readonly #beliefs: Beliefs = new Beliefs((ms) => this.#trueUs(ms))
  readonly #tickets: Map<number, Settled> = new Map()
  readonly #inputs: Input[] = []
  readonly #ids: Map<number, number> = new Map()
  readonly onConnected: Set<() => void> = new Set()
  /** The highest revision that was told in its session. */
  #sessionRev = 0
  #isStepping = false
  #connection: AppConnection | undefined
  #isWanted = false
  #isDialling = false
  #retryMs = RETRY_MIN_MS
  #openedMs = 0
  #forgetTick: () => void = () => {}
  #last = 0
  isClosed = false

  constructor(options: AppOptions) {
    this.#options = options
    this.life = options.life
    const { world, process, machine, ttlMs, recorder, life } = options
    const clock = clockOf(world, machine, process, options.alarms)
    this.timers = new Timers(clock)
    this.#wakeUp = new Timers(clock)
    const { bootMs, wallMs } = clock
    this.#elapsed = new Elapsed({ monotonicMs: () => process.nowMs, bootMs, wallMs })
    this.#core = new SessionCore({ ttlMs, hasHealth: false }, this.#elapsed.read())
    this.#lines = new SessionLines(recorder, { life, agent: machine.name }, () => this.#sessionUntilUs())
    this.#want()
  }

  /** Of its session, while there is one. */
  get sessionId(): string | null {
    const { id, state } = this.#core.sessionAt(this.#elapsed.read())
    return state === "lost" ? null : id
  }

  get nowMs(): number {
    return this.#options.process.nowMs
  }

  after(ms: number, act: () => void): () => void {
    return this.timers.at(this.nowMs + ms, act)
  }

  acquire(request: PlaceRequest, waitMs: number, events: HoldEvents): number {
    const hold = ++this.#last
    this.#holds.set(hold, events)
    // The note says whose frame it is, when it is sent; nobody holds a barrier, and it has none.
    const named = request.kind === "barrier" ? request : { ...request, note: String(hold) }
    this.#feed({ kind: "hold", hold, request: named, waitMs })
    return hold
  }

  /** Whatever is told of it from now on is listened to: nothing may be. */
  cancel(hold: number): void {
    this.#feed({ kind: "cancel", hold })
  }

  release(hold: number, timeoutMs: number): void {
    this.#feed({ kind: "release", hold, timeoutMs })
  }

  /** A worker gets nothing any more. */
  drain(hold: number): void {
    this.#feed({ kind: "drain", hold })
  }

  /** An item is handed back: nothing more is told of it. */
  settled(hold: number, { item, token }: NamedItem): void {
    this.#beliefs.end(itemKey(hold, { item, token }))
    this.#feed({ kind: "settled", hold, item, token })
  }

  isItemHeld(hold: number, { item, token }: NamedItem): boolean {
    return this.#core.itemRemainingMs(hold, item, token, this.#elapsed.read()) > 0
  }

  /** By the clock alone, as in a loop that is blocked. */
  isHeld(hold: number): boolean {
    return this.#core.isHeld(hold, this.#elapsed.read())
  }

  /** A write in the session; `hold`: what it acts for. */
  call(op: string, input: Readonly<Record<string, unknown>>, done: Settled, about: CallAbout = {}): void {
    const ticket = ++this.#last
    this.#tickets.set(ticket, done)
    this.#feed({ kind: "call", ticket, op, in: input, timeoutMs: 5000, ...about })
  }

  /** A read, outside of the session. False: there is no connection. */
  ask(op: string, input: object, on: CallEvents): boolean {
    return this.stream(op, input, on) !== undefined
  }

  /** Outside of the session, too. Undefined: there is no connection. */
  stream(op: string, input: object, on: CallEvents): AppStream | undefined {
    const connection = this.#connection
    if (connection?.isOpen !== true) return undefined
    const id = connection.begin(op, input, undefined, on)
    return { end: () => connection.finish(id), credit: (events) => connection.credit(id, events) }
  }

  /** The highest revision that its client has been told of: nothing older may be shown to it. */
  get seenRev(): number {
    return this.#connection?.seenRev ?? 0
  }

  close(): void {
    this.#feed({ kind: "close" })
  }

  #want(): void {
    this.#isWanted = true
    if (this.#connection === undefined && !this.#isDialling) this.#dial()
  }

  #dial(): void {
    const { machine, process, claim } = this.#options
    this.#isDialling = true
    machine.socket.connect(process, (end) => {
      this.#isDialling = false
      if (end === undefined) return this.#again()
      const connection = new AppConnection(
        end,
        { protocol: 1, app: this.life, process: claim },
        {
          open: (rhythm) => this.#connected(connection, rhythm),
          goaway: () => this.#feed({ kind: "goaway" }),
          closed: () => this.#disconnected(connection),
        },
      )
      this.#connection = connection
      this.#openedMs = this.nowMs
    })
  }

  #again(): void {
    if (!this.#isWanted || this.isClosed) return
    const spreadMs = this.#retryMs * (0.5 + this.#options.random.fraction() / 2)
    this.#retryMs = Math.min(RETRY_MAX_MS, this.#retryMs * 2)
    this.after(spreadMs, () => {
      if (this.#connection === undefined && !this.#isDialling) this.#dial()
    })
  }

  #connected(connection: AppConnection, rhythm: { readonly heartbeatMs: number; readonly ttlMs: number }): void {
    if (this.#connection !== connection) return
    this.#ids.clear()
    this.#feed({ kind: "connected", heartbeatMs: rhythm.heartbeatMs, ttlMs: rhythm.ttlMs })
    for (const each of [...this.onConnected]) each()
  }

  #disconnected(connection: AppConnection): void {
    if (this.#connection !== connection) return
    this.#connection = undefined
    if (this.nowMs - this.#openedMs > STEADY_MS) this.#retryMs = RETRY_MIN_MS
    this.#lines.disconnected()
    this.#feed({ kind: "disconnected" })
    this.#again()
  }

  #feed(input: Input): void {
    this.#inputs.push(input)
    if (this.#isStepping) return
    this.#isStepping = true
    for (let next = this.#inputs.shift(); next !== undefined; next = this.#inputs.shift()) {
      for (const effect of this.#core.step(this.#elapsed.read(), next)) this.#do(effect)
      this.#sayUntil()
    }
    this.#isStepping = false
    this.#arm()
  }

  #arm(): void {
    this.#forgetTick()
    const waitMs = this.#core.nextDeadlineMs - this.#elapsed.read()
    if (waitMs === Number.POSITIVE_INFINITY) return
    this.#forgetTick = this.#wakeUp.at(this.nowMs + Math.max(TIMER_MS_MIN, waitMs), () => this.#feed({ kind: "tick" }))
  }

  #do(effect: Effect): void {
    switch (effect.kind) {
      case "connect":
        return this.#want()
      case "reconnect":
        return this.#connection?.close()
      case "send":
        return this.#send(effect)
      case "end": {
        const id = this.#ids.get(effect.call)
        if (id !== undefined) this.#connection?.finish(id)
        return
      }
      case "settled": {
        const done = this.#tickets.get(effect.ticket)
        this.#tickets.delete(effect.ticket)
        return done?.(effect.out, effect.failure)
      }
      case "closed":
        this.isClosed = true
        return this.#connection?.close()
      case "checkHealth":
      case "session":
        return
      default:
        return this.#tell(effect)
    }
  }

  #tell(effect: Effect & { readonly hold: number }): void {
    const { hold } = effect
    const events = this.#holds.get(hold)
    switch (effect.kind) {
      case "queued":
        return events?.queued(effect.position)
      case "granted":
        this.#believe(String(hold), (nowMs) => this.#core.remainingMs(hold, nowMs), events?.until)
        events?.granted(effect.token, effect.rev)
        return this.#sayUntil()
      case "revoking":
        return events?.revoking(effect.reason)
      case "lost":
        this.#beliefs.end(String(hold))
        return events?.lost(effect.reason)
      case "assigned": {
        const { item, token } = effect
        const remainingMs = (nowMs: number): number => this.#core.itemRemainingMs(hold, item, token, nowMs)
        this.#believe(itemKey(hold, effect), remainingMs, (untilUs) => events?.items?.until(effect, untilUs))
        events?.items?.assigned(effect)
        return this.#sayUntil()
      }
      case "itemRevoking":
        return events?.items?.revoking(effect)
      case "itemLost":
        this.#beliefs.end(itemKey(hold, effect))
        return events?.items?.lost(effect)
      case "opened":
        this.#holds.delete(hold)
        return events?.opened?.(effect)
      case "failed":
        this.#holds.delete(hold)
        return events?.failed(effect.failure)
      case "released":
        this.#holds.delete(hold)
        return events?.released(effect.failure, effect.rev)
    }
  }

  #send({ call, op, in: input, seq, floor }: Effect & { readonly kind: "send" }): void {
    const connection = this.#connection
    if (connection === undefined) return
    const session = this.#core.sessionAt(this.#elapsed.read()).id
    if (op === "hold" && seq !== undefined && session !== null)
      this.#holds.get(Number(input["note"]))?.sent(session, seq, this.#core.ttlMs)
    const told = this.#lines.sent(op, session, this.#core.ttlMs)
    const id = connection.begin(
      op,
      input,
      { seq, floor },
      {
        event: (event) => this.#feed({ kind: "event", call, event }),
        answer: (message) => {
          const { out, error } = message
          if (error === undefined) this.#feed({ kind: "out", call, out })
          else
            this.#feed({
              kind: "error",
              call,
              failure: error as Failure,
              isDecided: typeof message["seq"] === "number",
            })
          told(out, error as Failure | undefined)
          this.#saw(op, error === undefined)
        },
      },
    )
    this.#ids.set(call, id)
  }

  /** A session that is attached anew remembers what it was told over other connections. */
  #saw(op: string, isDone: boolean): void {
    const connection = this.#connection
    if (connection === undefined) return
    if (op === "session.open" && isDone) this.#sessionRev = 0
    if (op === "session.attach" && isDone) connection.seenRev = Math.max(connection.seenRev, this.#sessionRev)
    this.#sessionRev = Math.max(this.#sessionRev, connection.seenRev)
  }

  #believe(key: string, remainingMs: (nowMs: number) => number, tell: ((untilUs: number) => void) | undefined): void {
    this.#beliefs.begin(key, { remainingMs, tell: tell ?? (() => {}) })
  }

  #sayUntil(): void {
    this.#beliefs.say(this.#elapsed.read())
  }

  /** Undefined: it believes in none, whatever an answer said that came too late. */
  #sessionUntilUs(): number | undefined {
    const { remainingMs } = this.#core.sessionAt(this.#elapsed.read())
    return remainingMs > 0 ? this.#trueUs(remainingMs) : undefined
  }

  /** When so much more has passed on this machine's clocks, sleep included. */
  #trueUs(ms: number): number {
    const { world, machine } = this.#options
    return Math.ceil(world.nowUs + (ms * 1000) / (1 + machine.clockPpm / 1e6))
  }
}

/** One assignment, behind the hold of its worker. */
function itemKey(hold: number, { item, token }: NamedItem): string {
  return `${hold} ${item} ${token}`
}
