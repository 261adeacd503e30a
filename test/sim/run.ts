import { AssertionError } from "@conclave/base"
import type { Profile } from "@conclave/swim"
import { disagreement } from "./agreement.ts"
import type { Line } from "./check/lines.ts"
import { Checks, type VerdictCounts, type Violation } from "./checks.ts"
import { Fleet, type FleetMember } from "./fleet.ts"
import { Group } from "./group/group.ts"
import type { Load } from "./load.ts"
import { type Mark, Marks } from "./marks.ts"
import { Nemesis } from "./nemesis.ts"
import { NETWORK_DEFAULTS } from "./network.ts"
import { type Fault, type Plan, planEndMs } from "./plan.ts"
import { Quiet } from "./quiet.ts"
import type { HostFactory } from "./sim-host.ts"
import { Truths } from "./truth.ts"
import { World } from "./world.ts"

export type Verdict = "ok" | "safety" | "liveness" | "assertion" | "idle"

export interface RunResult {
  readonly verdict: Verdict
  readonly plan: Plan
  /** What was broken; undefined when the verdict is ok. */
  readonly violation: Violation | undefined
  readonly simSeconds: number
  readonly steps: number
  readonly traceHash: string
  readonly marks: ReadonlySet<string>
  readonly verdicts: VerdictCounts
  readonly delivered: number
  readonly ops: Ops
  readonly load: Load
  /** From the last fault until all views were right again. */
  readonly convergedMs: number | undefined
}

export interface Ops {
  invoked: number
  ok: number
  fail: number
  info: number
}

/** Sees what happens; times are virtual microseconds. */
export interface RunWatcher {
  readonly fault?: (atUs: number, fault: Fault, phase: "start" | "end", fleet: Fleet) => void
  readonly member?: (atUs: number, observer: FleetMember, change: Parameters<Checks["changed"]>[1]) => void
  /** What applications ask and are told, and what is committed. */
  readonly line?: (line: Line) => void
  readonly op?: (atUs: number, op: number, phase: "inv" | "ok" | "info", agent: FleetMember, on: FleetMember) => void
}

export interface RunOptions {
  readonly factory: HostFactory
  /** False for speed: only agreement at the end is judged. */
  readonly checks?: boolean
  readonly watcher?: RunWatcher
}

/** Of no period of the product a part or a multiple: what comes as often would be on its way at each look. */
const SWEEP_US = 251_000
/** Views that agree must still do so after this. */
const STABLE_MS = 5000
/** Whoever is struck is back before the calm begins. */
const STRIKES_END_MS = 2000
const OP_EVERY_US = 2_000_000
/** What applications do at the end is over by then, whatever they come upon. */
const TRY_OUT_MS = 200_000
/**
 * Datagrams an agent and second below which nothing can have been tested; at rest it is 4, most of a run may be cut
 * off.
 */
const IDLE_DATAGRAMS: Readonly<Record<Profile, number>> = { local: 0.2, lan: 0.2, wan: 0.05 }

/** Runs one plan from its first boot to its verdict. */
export function runPlan(plan: Plan, options: RunOptions): RunResult {
  return new Run(plan, options).run()
}

class Run {
  readonly #plan: Plan
  readonly #world: World
  readonly #fleet: Fleet
  readonly #truths: Truths
  readonly #checks: Checks
  readonly #marks: Marks
  readonly #quiet: Quiet
  readonly #group: Group | undefined
  readonly #options: RunOptions
  readonly #ops: Ops = { invoked: 0, ok: 0, fail: 0, info: 0 }
  #convergedUs: number | undefined

  constructor(plan: Plan, options: RunOptions) {
    this.#plan = plan
    this.#options = options
    this.#world = new World(plan.seed)
    this.#fleet = new Fleet(this.#world, options.factory, {
      agents: plan.agents,
      mode: plan.mode,
      profile: plan.profile,
      codec: plan.codec,
      ...(plan.seal === undefined ? {} : { seal: plan.seal }),
      restartGraceMs: plan.restartGraceMs,
      network: { ...NETWORK_DEFAULTS, countsBytes: plan.codec },
      ...(plan.seeds === undefined ? {} : { seeds: plan.seeds }),
      joinOnce: plan.joinOnce === true,
      ...(plan.group === undefined ? {} : { group: plan.group }),
    })
    this.#truths = new Truths(this.#fleet.members)
    this.#checks = new Checks(this.#fleet, this.#truths, plan)
    this.#marks = new Marks(this.#fleet)
    this.#quiet = new Quiet(this.#fleet)
    const onLine = (line: Line): void => options.watcher?.line?.(line)
    const { violations } = this.#checks
    this.#group = plan.group === undefined ? undefined : new Group(this.#fleet, plan.group, { violations, onLine })
  }

  run(): RunResult {
    this.#prepare()
    let thrown: Violation | undefined
    try {
      this.#play()
    } catch (error) {
      thrown = this.#thrown(error)
    }
    return this.#result(thrown)
  }

  #prepare(): void {
    const { checks = true, watcher } = this.#options
    const fleet = this.#fleet
    fleet.watchers.push({
      booted: (member) => this.#booted(member, checks),
      ended: (member, how) => {
        const truth = this.#truths.of(member.machine.index)
        truth.endedUs = this.#world.nowUs
        truth.left = how === "left"
        this.#world.trace.add(member.machine.index ^ 0x40000000)
        this.#marks.ended(how)
        this.#group?.ended(member)
        if (checks) this.#checks.ended(member, how)
      },
      darkened: () => this.#marks.darkened(),
    })
    const nemesis = new Nemesis(
      fleet,
      this.#truths,
      (fault, phase) => {
        this.#world.trace.addText(fault.kind)
        this.#marks.fault(fault.kind)
        watcher?.fault?.(this.#world.nowUs, fault, phase, fleet)
        this.#group?.noteFault(fault, phase)
      },
      this.#group?.apps,
    )
    const order = [...fleet.members]
    this.#world.random.shuffle(order)
    for (const member of order) {
      const atUs = this.#world.random.below(this.#plan.bootMs * 1000 + 1)
      this.#world.after(atUs, () => fleet.boot(member))
    }
    nemesis.schedule(this.#plan.faults)
    if (this.#group?.remover !== undefined) this.#group.remover.onNews = (isNews) => this.#removalIsNews(isNews)
    if (this.#group !== undefined) this.#group.strike = (member) => this.#strike(nemesis, member)
    this.#world.after(OP_EVERY_US, () => this.#work())
    this.#group?.begin()
    this.#world.after((planEndMs(this.#plan) - this.#plan.calmMs) * 1000, () => this.#healCore())
  }

  /**
   * Agents that know nobody find each other by the addresses that they are told: one of these must be there at the end.
   * A group that agrees needs its voters: everybody comes back.
   */
  #healCore(): void {
    if (this.#group !== undefined) for (const member of this.#fleet.members) this.#fleet.boot(member)
    const core = this.#fleet.members.slice(0, this.#fleet.seeds)
    if (core.every(({ host }) => host === undefined)) this.#fleet.boot(this.#fleet.at(0))
  }

  #booted(member: FleetMember, checks: boolean): void {
    const truth = this.#truths.of(member.machine.index)
    truth.bootedUs = this.#world.nowUs
    truth.left = false
    this.#world.trace.add(member.machine.index ^ 0x20000000)
    if (checks) this.#checks.booted(member)
    const { host } = member
    host?.onMemberChanged((change) => {
      if (member.host !== host) return
      const subject = change.after ?? change.before
      this.#world.trace.add(this.#fleet.byId.get(subject?.id as never)?.machine.index ?? -1)
      this.#world.trace.addText(change.change)
      this.#marks.changed(member, change)
      if (checks) this.#checks.changed(member, change)
      this.#options.watcher?.member?.(this.#world.nowUs, member, change)
    })
  }

  /** Whom some believe and others do not, the ones tell the others what is not so. */
  #removalIsNews(isNews: boolean): void {
    if (isNews) this.#truths.troubleNetwork()
    else this.#truths.relieveNetwork(this.#world.nowUs)
  }

  /** Not once all must become well. */
  #strike(nemesis: Nemesis, member: FleetMember): void {
    const atMs = this.#world.nowUs / 1000
    if (atMs < this.#plan.activeMs - STRIKES_END_MS) nemesis.strike(member)
  }

  /** The workload: now and then somebody pings somebody. */
  #work(): void {
    this.#world.after(OP_EVERY_US, () => this.#work())
    const running = this.#fleet.running()
    if (running.length < 2) return
    const from = this.#world.random.pick(running)
    const to = this.#world.random.pick(running)
    const { process } = from.machine
    if (from === to || process === undefined || process.frozen) return
    const op = ++this.#ops.invoked
    const watch = this.#options.watcher?.op
    watch?.(this.#world.nowUs, op, "inv", from, to)
    process.task(() =>
      from.host?.ping(to.machine.id, (rttMs) => {
        const phase = rttMs === undefined ? "info" : "ok"
        this.#ops[phase]++
        watch?.(this.#world.nowUs, op, phase, from, to)
      }),
    )
  }

  #play(): void {
    const world = this.#world
    const endUs = planEndMs(this.#plan) * 1000
    const calmUs = endUs - this.#plan.calmMs * 1000
    const { checks = true } = this.#options
    const { violations } = this.#checks
    const group = this.#group
    const look = (): void => {
      group?.look()
      if (violations.length > 0) world.stop()
    }
    const afterStep = checks ? look : undefined
    let lastUs = endUs
    while (world.nowUs < lastUs && violations.length === 0) {
      world.run(Math.min(lastUs, world.nowUs + SWEEP_US), afterStep)
      if (world.nowUs >= endUs) lastUs = Math.max(lastUs, endUs + (group?.patienceMs ?? 0) * 1000)
      if (checks) this.#checks.sweep()
      if (world.nowUs >= calmUs && this.#settled()) return this.#tryOut(afterStep)
    }
  }

  /** What is done when all is well again. */
  #tryOut(afterStep: (() => void) | undefined): void {
    const { violations } = this.#checks
    const limitUs = this.#world.nowUs + TRY_OUT_MS * 1000
    while (this.#group !== undefined && violations.length === 0 && !this.#group.tryOut()) {
      if (this.#world.nowUs >= limitUs) return
      this.#world.run(this.#world.nowUs + SWEEP_US, afterStep)
    }
  }

  /** True when all views have been right for long enough. */
  #settled(): boolean {
    const nowUs = this.#world.nowUs
    // Once all agree, they are only asked again at the end of the time that they must.
    if (this.#convergedUs !== undefined && nowUs - this.#convergedUs < STABLE_MS * 1000) return false
    const isWell = this.#group?.unsettled() === undefined
    if (!isWell || disagreement(this.#fleet, this.#truths) !== undefined) {
      this.#convergedUs = undefined
      return false
    }
    if (this.#convergedUs === undefined) this.#quiet.begin()
    this.#convergedUs ??= nowUs
    return nowUs - this.#convergedUs >= STABLE_MS * 1000
  }

  #thrown(error: unknown): Violation {
    const isAssertion = error instanceof AssertionError
    const message = error instanceof Error ? `${error.message}\n${error.stack ?? ""}` : String(error)
    const atMs = this.#world.nowUs / 1000
    return { invariant: isAssertion ? "assertion" : "unhandled-error", message, atMs, agent: "" }
  }

  #result(thrown: Violation | undefined): RunResult {
    this.#marks.finish([...this.#shown(), ...(this.#group?.marks ?? [])])
    const { verdict, violation } = this.#judge(thrown)
    const calmMs = planEndMs(this.#plan) - this.#plan.calmMs
    return {
      verdict,
      plan: this.#plan,
      violation,
      simSeconds: this.#world.nowUs / 1e6,
      steps: this.#world.steps,
      traceHash: this.#world.trace.digest,
      marks: this.#marks.reached,
      verdicts: this.#checks.verdicts,
      delivered: this.#fleet.network.counters.delivered,
      ops: this.#allOps(),
      load: this.#load(),
      convergedMs: this.#convergedUs === undefined ? undefined : Math.max(0, this.#convergedUs / 1000 - calmMs),
    }
  }

  #load(): Load {
    const { agents, faults } = this.#plan
    return { agents, seconds: this.#world.nowUs / 1e6, faults: faults.length, ops: this.#group?.answered ?? 0 }
  }

  #allOps(): Ops {
    const { invoked, ok, fail, info } = this.#group?.apps?.recorder.ops ?? { invoked: 0, ok: 0, fail: 0, info: 0 }
    const pings = this.#ops
    return {
      invoked: pings.invoked + invoked,
      ok: pings.ok + ok,
      fail: pings.fail + fail,
      info: pings.info + info,
    }
  }

  #shown(): readonly Mark[] {
    const { judged, judgedAlone } = this.#checks.detections
    return [
      ...(judged > 0 ? (["known-in-time"] as const) : []),
      ...(judgedAlone > 0 ? (["known-in-time-alone"] as const) : []),
      ...(this.#truths.briefPauses > 0 ? (["paused-briefly"] as const) : []),
    ]
  }

  #judge(thrown: Violation | undefined): { verdict: Verdict; violation: Violation | undefined } {
    if (thrown !== undefined) return { verdict: "assertion", violation: thrown }
    if (this.#options.checks !== false) this.#group?.judge()
    const broken = this.#checks.violations[0]
    if (broken !== undefined) return { verdict: "safety", violation: broken }
    const atMs = this.#world.nowUs / 1000
    const differs = disagreement(this.#fleet, this.#truths)
    if (differs !== undefined) {
      const agent = differs.split(":")[0] ?? ""
      return { verdict: "liveness", violation: { invariant: "views-converge", message: differs, atMs, agent } }
    }
    const unsettled = this.#group?.unsettled()
    if (unsettled !== undefined) {
      return { verdict: "liveness", violation: { invariant: "the-group-settles", message: unsettled, atMs, agent: "" } }
    }
    const noise = this.#convergedUs === undefined ? undefined : this.#quiet.noise(atMs / 1000 - this.#convergedUs / 1e6)
    if (noise !== undefined) {
      return { verdict: "liveness", violation: { invariant: "a-calm-fleet-is-quiet", message: noise, atMs, agent: "" } }
    }
    const idle = this.#group?.idle(this.#load())
    if (idle !== undefined) {
      return { verdict: "idle", violation: { invariant: "minimum-load", message: idle, atMs, agent: "" } }
    }
    const least =
      this.#plan.agents < 2 ? 0 : this.#fleet.running().length * (atMs / 1000) * IDLE_DATAGRAMS[this.#plan.profile]
    const { delivered } = this.#fleet.network.counters
    if (delivered >= least && this.#world.steps > 0) return { verdict: "ok", violation: undefined }
    const message = `${delivered} datagrams were delivered, at least ${Math.ceil(least)} belong to such a run`
    return { verdict: "idle", violation: { invariant: "minimum-load", message, atMs, agent: "" } }
  }
}
