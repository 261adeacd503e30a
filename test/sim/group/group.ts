import type { Random } from "@conclave/base"
import {
  type Command,
  type Entry,
  type Group as RaftGroup,
  type ReplicaId,
  type RestoreId,
  replicas,
} from "@conclave/consensus"
import { type AppMark, marksOf } from "../apps/app-marks.ts"
import { Apps } from "../apps/apps.ts"
import { Trial } from "../apps/trial.ts"
import { judge } from "../check/judge.ts"
import type { Line } from "../check/lines.ts"
import type { Violation } from "../checks.ts"
import type { Fleet, FleetMember } from "../fleet.ts"
import { isEnough, type Load } from "../load.ts"
import type { AppsPlan, Fault, GroupPlan } from "../plan.ts"
import { type Broken, DiskTruth } from "./disk-truth.ts"
import { type GroupMark, GroupMarks } from "./group-marks.ts"
import { Impostor } from "./impostor.ts"
import { Keeper } from "./keeper.ts"
import { isQuorum, RaftChecks } from "./raft-checks.ts"
import { Remover } from "./remover.ts"
import { Requests } from "./requests.ts"
import { unsettled } from "./settled.ts"
import { type Done, Shadow } from "./shadow.ts"
import { Workload } from "./workload.ts"

const LABEL = 0x67726f75
/** A change has begun this long ago at most. */
const STRIKE_US = 3000
const STRIKES_MAX = 5
const FORGOTTEN_MS = 12 * 60_000
const WRITE_LIMIT_MS = 5000
/** A duplicate comes this much later at most: its session may be over, its hold given up. */
const DUPLICATE_US = 15_000_000
/** Of what was certainly not done there is no duplicate: until that is known none is sent. */
const FATE_US = 500_000
/** What applications wait for the answer of. */
/** A revoke has no number, nor has a write of nobody: a second one is another one. */
function isAnother(command: Command): boolean {
  return command.kind === "revoke" || ("request" in command && command.request === undefined)
}

const ANSWERED: ReadonlySet<Command["kind"]> = new Set(["acquire", "cancel", "release", "update", "transfer", "open"])

/** Ends of a replica that no fault of a plan brings about. */
const UNEXPLAINED: ReadonlySet<string> = new Set([
  "replica-twice",
  "replica-two-leaders",
  "replica-diverged",
  "replica-too-old",
  "snapshot-unusable",
])

/** The group that agrees, in a run that founds one: what is asked of it, and what must hold. */
export class Group {
  readonly disks: DiskTruth
  readonly shadow: Shadow
  readonly raft: RaftChecks
  readonly requests: Requests
  readonly workload: Workload
  readonly keeper: Keeper | undefined
  readonly apps: Apps | undefined
  readonly impostor: Impostor | undefined
  readonly remover: Remover | undefined
  readonly #marks: GroupMarks
  readonly #fleet: Fleet
  readonly #random: Random
  readonly #strikePermille: number
  readonly #violations: Violation[]
  #trial: Trial | undefined
  readonly #leastOps: number
  /** Joint groups that were looked at for a strike. */
  #jointSeen: object | undefined
  #strikes = 0
  /** Ends an agent at a bad moment. */
  strike: (member: FleetMember) => void = () => {}
  /** Whether a write and a read have gone through after the end of all work. */
  #proof: "none" | "asked" | "given" = "none"

  constructor(
    fleet: Fleet,
    plan: GroupPlan,
    { violations, onLine }: { readonly violations: Violation[]; readonly onLine: (line: Line) => void },
  ) {
    this.#fleet = fleet
    this.#violations = violations
    this.#leastOps = plan.leastOps ?? 0
    const broken: Broken = (invariant, agent, message) => {
      violations.push({ invariant, agent, message, atMs: fleet.world.nowUs / 1000 })
    }
    const random = fleet.world.random.child(LABEL)
    this.#random = random.child(3)
    this.#strikePermille = plan.strikePermille
    this.disks = new DiskTruth(broken, (index) => this.raft.prefixOf(index))
    this.shadow = new Shadow(broken, plan.restoreMs !== undefined)
    this.raft = new RaftChecks(fleet, { disks: this.disks, shadow: this.shadow, broken })
    this.requests = new Requests(fleet, { shadow: this.shadow, broken, random: random.child(1) })
    this.workload = new Workload(fleet, this.requests, { random: random.child(2), ...plan })
    if (plan.apps !== undefined) this.apps = new Apps(fleet, plan.apps, { random: random.child(4), onLine })
    const { apps } = this
    if (plan.restoreMs !== undefined) {
      const onRestore = (restore: RestoreId, index: number): void => void this.shadow.savedAt?.set(restore, index)
      const ways = { fleet, requests: this.requests, random: random.child(7), recorder: apps?.recorder, onRestore }
      this.keeper = new Keeper({ ...ways, everyMs: plan.restoreMs })
    }
    if (plan.impostorMs !== undefined) {
      const group = (): RaftGroup | undefined => this.raft.group
      this.impostor = new Impostor(fleet, { random: random.child(8), everyMs: plan.impostorMs, group, broken })
    }
    if (plan.removeMs !== undefined) this.remover = this.#makeRemover(plan.removeMs, broken)
    this.shadow.onApplied = (entry, applied, command) => {
      this.remover?.applied(command)
      if (apps !== undefined) apps.recorder.add(this.#logLine(entry, applied, command))
    }
    if (apps !== undefined) this.#trouble(apps, plan.apps)
    this.#marks = new GroupMarks(this)
    this.raft.onCommitted = (entry) => this.#marks.committed(entry)
    this.raft.onReign = () => this.#marks.reigns()
    this.requests.onAnswer = (command, result) => this.#marks.answered(command.kind, result)
    fleet.taps.push({
      asked: (machine, request) => this.disks.asked(machine, request),
      said: (machine, reply) => this.disks.said(machine, reply),
      sent: (machine, body) => this.disks.sent(machine, body),
    })
    fleet.onLog = (machine, _level, event, message, fields) => {
      this.#marks.logged(event, fields)
      this.remover?.logged(machine, message)
      const isOdd = event === "raft.ended" && UNEXPLAINED.has(String(fields?.["reason"]))
      if (isOdd) broken("no-replica-ends-without-a-cause", machine.name, message)
    }
    fleet.mayLose = (member) => this.#mayLose(member)
    fleet.onWiped = (member) => this.disks.wiped(member.machine)
  }

  #makeRemover(everyMs: number, broken: Broken): Remover {
    const { machine } = this.shadow
    const random = this.#random.child(9)
    return new Remover({ fleet: this.#fleet, requests: this.requests, random, everyMs, machine, broken })
  }

  /** Late duplicates of what agents send for applications, and leaders that die when they have committed it. */
  #trouble(apps: Apps, plan: AppsPlan | undefined): void {
    const { world } = this.#fleet
    const random = this.#random.child(6)
    this.#fleet.onCommand = (sent, by) => {
      if (!random.chance(plan?.duplicatePermille ?? 0, 1000) || isAnother(sent.command)) return
      const again = (): void => {
        if (sent.fate === "open" && !by.over) world.after(FATE_US, again)
        else if (sent.fate !== "not-proposed") this.#again(apps, sent.command)
      }
      world.after(random.below(DUPLICATE_US), again)
    }
    const committed = this.shadow.onApplied
    this.shadow.onApplied = (entry, applied, command) => {
      committed(entry, applied, command)
      if (command === undefined || !ANSWERED.has(command.kind)) return
      if (this.#strikes >= STRIKES_MAX || !random.chance(plan?.replyStrikePermille ?? 0, 1000)) return
      const leader = this.#fleet.running().find(({ host }) => host?.consensus?.running?.isLeader === true)
      if (leader === undefined) return
      this.#strikes++
      world.after(random.below(STRIKE_US), () => this.strike(leader))
    }
  }

  /** By anybody, who is told nothing new. */
  #again(apps: Apps, command: Command): void {
    const agent = this.requests.anybody()
    if (agent === undefined || this.#trial !== undefined) return
    const { recorder } = apps
    const op = recorder.invoke("command", command.kind, { life: "dup", agent: agent.machine.name }, { dup: true })
    this.requests.send(agent, command, WRITE_LIMIT_MS, ({ kind }) =>
      recorder.end(op, kind === "result" ? "ok" : "info"),
    )
  }

  #logLine({ index, term, stampMs }: Entry, { rev, changes }: Done, cmd: Command | undefined): Line {
    const t = this.#fleet.world.nowUs
    const fx = changes.flatMap((change) => {
      if (change.kind !== "session" || change.after !== undefined || change.before === undefined) return []
      return [{ ended: change.before.id as string, cause: change.end ?? "" }]
    })
    const h = this.shadow.hashAt(index) ?? ""
    const saved = cmd?.kind === "restore" ? this.shadow.savedAt?.get(cmd.restore) : undefined
    return { k: "log", t, n: "", index, rev, term, stampMs, cmd, h, fx, ...(saved === undefined ? {} : { saved }) }
  }

  /** The faults that histories are judged by. */
  noteFault(fault: Fault, phase: "start" | "end"): void {
    if (this.apps === undefined || !("agents" in fault)) return
    const spec = { nodes: fault.agents.map((index) => this.#fleet.at(index).machine.name) }
    this.apps.recorder.note({ k: "fault", t: this.#fleet.world.nowUs, f: fault.kind, phase, spec })
  }

  /** What applications were told, once all is over. */
  judge(): void {
    this.requests.finish()
    for (const { rule, t, message } of judge(this.apps?.recorder.lines ?? [], this.#trial?.fromUs)) {
      this.#violations.push({ invariant: rule, agent: "", message, atMs: t / 1000 })
    }
  }

  /** Who was lost while nobody remembers whose it was keeps its seat for ten minutes: so much longer all may take. */
  get patienceMs(): number {
    const { group } = this.raft
    const isGone = (id: ReplicaId): boolean => this.disks.isGone(id)
    return group !== undefined && [...replicas(group)].some(isGone) ? FORGOTTEN_MS : 0
  }

  /** Operations of applications and sessions that were answered. */
  get answered(): number {
    const { ok, fail } = this.apps?.recorder.ops ?? { ok: 0, fail: 0 }
    const { applied, read } = this.requests.seen
    return ok + fail + applied + read
  }

  /** A run that comes to less than its plan wants has shown nothing. */
  idle(load: Load): string | undefined {
    const leastOps = this.#leastOps
    if (leastOps === 0 || isEnough(load, leastOps)) return undefined
    const { agents, seconds, faults, ops } = load
    return `${agents} agents, ${seconds} s, ${faults} faults, ${ops} operations of ${leastOps}`
  }

  /** Once the fleet has settled, called again and again until it is true. */
  tryOut(): boolean {
    const { apps } = this
    if (apps === undefined || this.#violations.length > 0) return true
    this.#trial ??= new Trial(this.#fleet.world, apps, {
      random: this.#random.child(5),
      isWhole: this.#leastOps > 0,
    })
    const word = this.#trial.step()
    if (typeof word === "boolean") return word && this.unsettled() === undefined
    const atMs = this.#fleet.world.nowUs / 1000
    this.#violations.push({ invariant: "all-is-given-back", agent: "", message: word, atMs })
    return true
  }

  begin(): void {
    this.workload.begin()
    this.keeper?.begin()
    this.impostor?.begin()
    this.remover?.begin()
  }

  ended(member: FleetMember): void {
    this.#marks.ended()
    this.raft.ended(member)
  }

  /** After each event. */
  look(): void {
    this.raft.look()
    this.requests.look()
    this.remover?.look()
    if (this.#strikePermille > 0) this.#strikeJoint()
  }

  /** A change of the group takes milliseconds: left to chance, hardly any is ever interrupted. */
  #strikeJoint(): void {
    const { joint } = this.raft
    if (joint === undefined || joint === this.#jointSeen || this.#strikes >= STRIKES_MAX) return
    this.#jointSeen = joint
    const running = this.#fleet.running().filter(({ host }) => host?.consensus?.running !== undefined)
    if (running.length === 0 || !this.#random.chance(this.#strikePermille, 1000)) return
    this.#strikes++
    const victim = this.#random.pick(running)
    this.#fleet.world.after(this.#random.below(STRIKE_US), () => this.strike(victim))
  }

  /** Situations that the group came into. */
  get marks(): readonly (GroupMark | AppMark)[] {
    return [...this.#marks.finish(), ...marksOf(this.apps?.recorder.lines ?? [])]
  }

  /** The first thing that is not as it must be once all faults are over. */
  unsettled(): string | undefined {
    this.workload.stop()
    this.keeper?.stop()
    this.impostor?.stop()
    this.remover?.stop()
    this.impostor?.look()
    const problem = unsettled(this.#fleet) ?? this.remover?.unsettled()
    if (problem !== undefined) return problem
    if (this.shadow.isQuiet) return "nobody is granted anything yet, after a restore"
    if (this.#proof === "none") this.#prove()
    return this.#proof === "given" ? undefined : "no fresh write and read have gone through"
  }

  #prove(): void {
    const agent = this.requests.anybody()
    if (agent === undefined) return
    this.#proof = "asked"
    const again = (): void => {
      this.#proof = "none"
    }
    const end = { kind: "end", session: "a".repeat(26), of: undefined, cause: "closed", isGone: false } as const
    this.requests.send(agent, end as never, WRITE_LIMIT_MS, (told) => {
      if (told.kind !== "result") return again()
      this.requests.read(agent, WRITE_LIMIT_MS, (isRead) => {
        if (isRead) this.#proof = "given"
        else again()
      })
    })
  }

  /**
   * Whether the group can still go on when this machine's disk is gone: whatever else is lost already, its quorum is
   * not.
   */
  #mayLose({ machine }: FleetMember): boolean {
    if (this.raft.group === undefined) return false
    const victim = this.disks.on(machine)?.replica
    if (victim === undefined) return true
    const isSound = (id: string): boolean => {
      const truth = this.disks.of(id as never)
      if (id === victim || truth === undefined || truth.machine === this.remover?.victim?.machine) return false
      return !truth.isLost && !truth.machine.files.isTroubled
    }
    return [...this.raft.groups()].every((group) => isQuorum(group, isSound))
  }
}
