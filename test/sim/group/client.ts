import { base32, type Random } from "@conclave/base"
import {
  type Acquire,
  type Command,
  type Hold,
  NO_TERMS,
  type Request,
  type SessionId,
  type Token,
} from "@conclave/consensus"
import type { Fleet, FleetMember } from "../fleet.ts"
import type { Requests, Told } from "./requests.ts"

const LIMIT_MS = 4000
const TTLS_MS = [2500, 5000, 10_000]
const WAITS_MS = [0, 400, 5000, undefined]

export interface ClientOptions {
  readonly fleet: Fleet
  readonly requests: Requests
  readonly random: Random
  readonly names: number
}

/** What a client is about: nothing, a request that waits for its answer, a hold that waits or holds. */
type Errand =
  | { readonly kind: "idle" }
  | { readonly kind: "asking"; readonly command: Command; readonly untilUs: number }
  | { readonly kind: "waiting"; readonly seq: number }
  | { readonly kind: "holding"; readonly seq: number; readonly token: Token }

const OTHERS: readonly Acquire["hold"][] = ["election", "election", "semaphore", "semaphore", "group", "barrier"]

/** What an update leaves as it is. */
const SAME = { value: undefined, ready: undefined }

/**
 * A session without an application: sends commands by any agent, repeats them with the same numbers where it does not
 * know what became of them, and now and then where it does.
 */
export class Client {
  readonly #options: ClientOptions
  /** The host that its session lives on. */
  readonly #home: FleetMember
  #session: SessionId | undefined
  #isOpen = false
  #boot = 0
  #attachment = 0
  #seq = 0
  #errand: Errand = { kind: "idle" }
  #last: Command | undefined

  constructor(options: ClientOptions, home: FleetMember) {
    this.#options = options
    this.#home = home
  }

  /** Its session, for the renewals of its host. */
  get home(): FleetMember {
    return this.#home
  }

  get isOpen(): boolean {
    return this.#isOpen
  }

  /** Does the next thing, if there is one to do. */
  act(): void {
    const { random, requests, fleet } = this.#options
    const errand = this.#errand
    const boot = bootOf(this.#home)
    if (errand.kind === "asking") {
      if (fleet.world.nowUs >= errand.untilUs) this.#ask(errand.command)
      return
    }
    if (boot === undefined) return
    if (!this.#isOpen) return this.#open(boot)
    if (boot !== this.#boot) return this.#attach(boot)
    const last = this.#last
    if (last !== undefined && random.chance(1, 8)) {
      const agent = requests.anybody()
      if (agent !== undefined) requests.send(agent, last, LIMIT_MS, () => {})
    }
    if (errand.kind === "idle" && random.chance(1, 20)) this.#resize()
    else if (errand.kind === "idle") this.#acquire()
    else if (errand.kind === "waiting") this.#wait(errand.seq)
    else this.#hold(errand)
  }

  #open(boot: number): void {
    const { random } = this.#options
    this.#session ??= sessionId(random)
    this.#boot = boot
    const { id, name } = this.#home.machine
    this.#ask({
      ...{ kind: "open", session: this.#session, secretHash: new Uint8Array(32), host: id, boot },
      ...{ attachment: ++this.#attachment, ttlMs: random.pick(TTLS_MS), liveness: "heartbeat" },
      ...{ member: name, app: "sim", pid: undefined },
    })
  }

  #attach(boot: number): void {
    const session = this.#session as SessionId
    this.#boot = boot
    const { id } = this.#home.machine
    const attachment = ++this.#attachment
    this.#ask({ kind: "attach", session, secretHash: new Uint8Array(32), host: id, boot, attachment })
  }

  #acquire(): void {
    const { random, names } = this.#options
    const all = Array.from({ length: names }, (_, index) => `n${index}`)
    random.shuffle(all)
    const hold = random.chance(1, 2) ? "lock" : random.pick(OTHERS)
    const acquire: Acquire = {
      kind: "acquire",
      hold,
      waitMs: random.pick(WAITS_MS),
      note: undefined,
      names: all.slice(0, hold === "lock" && random.chance(1, 5) ? 2 : 1),
      mode: hold === "lock" && random.chance(1, 4) ? "shared" : "exclusive",
      priority: hold === "election" ? random.below(3) : 0,
      maxHoldMs: random.chance(1, 10) ? 1000 + random.below(5000) : undefined,
      lockDelayMs: (hold === "lock" || hold === "election") && random.chance(1, 10) ? random.below(3000) : 0,
      ...this.#terms(hold),
      value: undefined,
      ...this.#request(),
    }
    if (random.chance(1, 12)) this.#regret(acquire)
    else this.#ask(acquire)
  }

  /** Most agree on what a semaphore holds and on how many open a barrier; members fence each other now and then. */
  #terms(hold: Acquire["hold"]): typeof NO_TERMS {
    const { random } = this.#options
    switch (hold) {
      case "semaphore":
        return { ...NO_TERMS, limit: random.chance(1, 8) ? 2 : 3, weight: 1 + random.below(3) }
      case "barrier":
        return { ...NO_TERMS, limit: random.chance(1, 8) ? 1 : 2 }
      case "group":
        return { ...NO_TERMS, id: random.chance(1, 2) ? `m${random.below(3)}` : undefined, ready: random.chance(3, 4) }
      default:
        return NO_TERMS
    }
  }

  #resize(): void {
    const { random, names } = this.#options
    const [name, limit] = [`n${random.below(names)}`, 1 + random.below(4)]
    this.#ask({ kind: "resize", request: random.chance(1, 2) ? this.#request() : undefined, name, limit })
  }

  /** Cancelled at once, by any way: what was asked for may come later, more than once. */
  #regret(acquire: Acquire): void {
    const { requests } = this.#options
    const agent = requests.anybody()
    if (agent !== undefined) requests.send(agent, acquire, LIMIT_MS, () => {})
    this.#ask({ kind: "cancel", session: acquire.session, seq: acquire.seq, floor: 0 })
    this.#last = acquire
  }

  #wait(seq: number): void {
    const { random } = this.#options
    const held = this.#held(seq)
    if (held === undefined) this.#errand = { kind: "idle" }
    else if (held !== "unknown" && held.token !== undefined && random.chance(9, 10)) {
      this.#errand = { kind: "holding", seq, token: held.token }
    } else if (random.chance(1, 6)) this.#ask({ kind: "cancel", session: this.#session as SessionId, seq, floor: 0 })
  }

  #hold({ seq, token }: Extract<Errand, { kind: "holding" }>): void {
    const { random } = this.#options
    if (this.#held(seq) === undefined) {
      this.#errand = { kind: "idle" }
      return
    }
    const kind = random.below(6)
    if (kind < 3) this.#ask({ kind: "release", ...this.#request(), token })
    else if (kind === 3) this.#ask({ kind: "update", ...this.#request(), token, note: `${seq}`, ...SAME })
    else if (kind === 4 && random.chance(1, 4))
      this.#ask({ kind: "transfer", ...this.#request(), token, to: undefined })
  }

  /** As the home agent knows it: perhaps an old state. */
  #held(seq: number): Hold | "unknown" | undefined {
    const local = this.#home.host?.consensus?.state.local()
    if (local === undefined || this.#session === undefined) return "unknown"
    return local.state.hold(this.#session, seq)
  }

  #request(): Request {
    return { session: this.#session as SessionId, seq: ++this.#seq, floor: 0 }
  }

  #ask(command: Command): void {
    const { requests, fleet, random } = this.#options
    const untilUs = fleet.world.nowUs + (LIMIT_MS + 500) * 1000
    const asked: Errand = { kind: "asking", command, untilUs }
    this.#errand = asked
    this.#last = command
    const agent = random.chance(2, 3) && this.#home.host !== undefined ? this.#home : requests.anybody()
    if (agent === undefined) return
    requests.send(agent, command, LIMIT_MS, (told) => {
      if (this.#errand === asked) this.#told(command, told)
    })
  }

  #told(command: Command, told: Told): void {
    // Not known or not done: the same again, after its time.
    if (told.kind !== "result") return
    const { result } = told
    this.#errand = { kind: "idle" }
    if (result.kind === "refused" && ["session-lost", "outdated", "not-yours"].includes(result.refusal.kind)) {
      this.#session = undefined
      this.#isOpen = false
      this.#seq = 0
    } else if (result.kind === "attached") this.#isOpen = true
    else if (command.kind === "acquire" && result.kind === "granted") {
      this.#errand = { kind: "holding", seq: command.seq, token: result.token }
    } else if (result.kind === "queued") this.#errand = { kind: "waiting", seq: (command as Acquire).seq }
  }
}

/** The present boot of an agent that runs; undefined of others. */
export function bootOf({ host, machine }: FleetMember): number | undefined {
  return machine.process?.frozen === true ? undefined : host?.member(machine.id)?.record.generation
}

function sessionId(random: Random): SessionId {
  return base32(new Uint8Array(Array.from({ length: 16 }, () => random.below(256)))) as SessionId
}
