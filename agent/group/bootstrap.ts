import type { Member, MemberRecord } from "@conclave/swim"
import type { Log } from "../ports.ts"
import type { ReplicaLife } from "../replica/replica-life.ts"
import type { FoundingDriver } from "./founding/founding-driver.ts"
import type { GroupView } from "./group-view.ts"

/** Why a host founded no cluster when it was told to. */
export interface NotFounded {
  /** `founding`: hosts that found together come first; `replica`: what is on its own disk does not let it. */
  readonly reason: "name-taken" | "founding" | "other-cluster" | "replica" | "stopping"
  readonly why: string
}

export interface BootstrapOptions {
  readonly log: Log
  readonly view: Pick<GroupView, "others">
  readonly life: () => Pick<ReplicaLife, "cluster" | "isMaking" | "found">
  readonly founding: () => Pick<FoundingDriver, "objection" | "decree" | "notFounded">
  /** Hears everybody who is configured or was discovered; calls back with who has this host's name. */
  readonly askConfigured: (done: (nameHolder: MemberRecord | undefined) => void) => void
}

/** Makes a cluster of which this host is the only voter. */
export class Bootstrap {
  readonly #options: BootstrapOptions
  #isOver = false

  constructor(options: BootstrapOptions) {
    this.#options = options
  }

  stop(): void {
    this.#isOver = true
  }

  /**
   * By an operator's word. Calls back with undefined when this host belongs to a cluster, which it did before or does
   * now; else with what forbids it. Whoever is configured is heard first: a founder that lost its disk may be asked
   * before it has heard of anybody.
   */
  alone(done: (refusal: NotFounded | undefined) => void): void {
    if (this.#isFounded) return done(undefined)
    this.#options.askConfigured((holder) => {
      if (holder === undefined) return this.#decree(done)
      // Such a fleet may well have a cluster: this host's own, before it lost its disk.
      const why = `the name ${holder.name} is taken at ${holder.addr}: this host is no member there yet, and founds nothing beside`
      done({ reason: "name-taken", why })
    })
  }

  /**
   * Whoever else might is known to have promised that it does not. A dead host may have belonged to a cluster, or
   * gossip lies; a living one is asked.
   */
  found(done: (refusal: NotFounded | undefined) => void): void {
    const { life, log } = this.#options
    if (this.#isOver) return done({ reason: "stopping", why: "this agent is stopping" })
    const seen = this.#seen
    if (seen !== undefined && seen.state !== "dead") return done(otherCluster(seen))
    if (this.#isFounded) return done(undefined)
    life().found((problem) => {
      if (problem !== undefined) return done({ reason: "replica", why: problem })
      log.write("info", "raft.founded", `this host founded cluster ${life().cluster}`)
      done(undefined)
    })
  }

  /** What others are about to found with this host, or without it, comes first. */
  #decree(done: (refusal: NotFounded | undefined) => void): void {
    if (this.#isOver) return this.found(done)
    const seen = this.#seen
    if (seen !== undefined) return done(otherCluster(seen))
    const founding = this.#options.founding()
    const { objection } = founding
    if (objection !== undefined) return done({ reason: "founding", why: objection })
    founding.decree()
    this.found((refusal) => {
      if (refusal !== undefined) founding.notFounded(refusal.why)
      done(refusal)
    })
  }

  /** A member of some cluster, as gossip says. */
  get #seen(): Member | undefined {
    return this.#options.view.others(undefined)[0]
  }

  get #isFounded(): boolean {
    const { cluster, isMaking } = this.#options.life()
    return cluster !== undefined && !isMaking
  }
}

function otherCluster({ record, state }: Member): NotFounded {
  const { name, addr, seat } = record
  const then = state === "dead" ? `; if it is gone for good, or never was there: conclave leave ${name}` : ""
  const why = `by gossip ${name} at ${addr} belongs to cluster ${seat?.cluster}: this host joins that as soon as a member of it confirms it${then}`
  return { reason: "other-cluster", why }
}
