import { halves, isVoter, majority, type ReplicaId, replicas } from "@conclave/consensus"
import type { Member } from "@conclave/swim"
import { noCluster, UNFOUNDED } from "./api/no-quorum.ts"
import { type Problem, problem } from "./api/problem.ts"
import type { RaftControl } from "./api/raft-control.ts"
import type { RaftStatusJson } from "./api/raft-schema.ts"
import type { AgentView } from "./api/view.ts"
import type { Consensus } from "./consensus.ts"
import type { Clock } from "./ports.ts"
import type { RunningReplica } from "./running-replica.ts"
import { Timers } from "./timers.ts"

/** How often it is looked whether a change has come about. */
const LOOK_MS = 50

export interface GroupControlOptions {
  readonly consensus: Consensus
  readonly view: Pick<AgentView, "byName" | "memberById">
  readonly clock: Clock
}

type Done = (refusal: Problem | undefined) => void

/** The Raft group as operators see and change it, from this host. */
export class GroupControl implements RaftControl {
  readonly #options: GroupControlOptions
  readonly #timers: Timers

  constructor(options: GroupControlOptions) {
    this.#options = options
    this.#timers = new Timers(options.clock)
  }

  stop(): void {
    this.#timers.stop()
  }

  readonly clusterId = (): string | null => this.#options.consensus.clusterId ?? null

  readonly status = (): RaftStatusJson => {
    const running = this.#running
    if (running === undefined) return UNFOUNDED
    const { raft } = running
    const items = [...replicas(raft.group)].map((each) => this.#seat(running, each))
    return {
      term: String(raft.term),
      leader: this.#leaderName(running),
      commitIndex: String(raft.commit),
      appliedIndex: String(running.appliedIndex),
      quorum: quorumOf(running),
      canLose: this.#canLose(running),
      items: items.sort((a, b) => (a.name < b.name ? -1 : 1)),
    }
  }

  readonly summary: RaftControl["summary"] = () => {
    const { consensus } = this.#options
    if (consensus.clusterId === undefined) return null
    const running = this.#running
    if (running === undefined) {
      const nothing = { term: "0", commitIndex: "0", appliedIndex: "0", voters: 0, votersUp: 0, canLose: 0 }
      return { role: "none", leader: null, ...nothing }
    }
    const { raft } = running
    const { voters } = raft.group
    return {
      role: running.isLeader ? "leader" : isVoter(raft.group, raft.id) ? "follower" : "learner",
      leader: this.#leaderName(running),
      term: String(raft.term),
      commitIndex: String(raft.commit),
      appliedIndex: String(running.appliedIndex),
      voters: voters.length,
      votersUp: voters.filter((each) => this.#isUp(running, each)).length,
      canLose: this.#canLose(running),
    }
  }

  readonly bootstrap: RaftControl["bootstrap"] = (done) => {
    this.#options.consensus.bootstrap((why) => {
      if (why === undefined) return done(undefined)
      done(
        problem("CONFLICT", why, { hint: "conclave raft status", details: { reason: "other-cluster", current: null } }),
      )
    })
  }

  readonly transfer: RaftControl["transfer"] = (to, timeoutMs, done) => {
    const running = this.#leading(done)
    if (running === undefined) return
    const heir = to === undefined ? undefined : this.#replicaOf(running, to)
    if (to !== undefined && (heir === undefined || !isVoter(running.raft.group, heir))) {
      const message = `${to} has no vote`
      return done(
        problem("CONFLICT", message, {
          hint: "conclave raft status",
          details: { reason: "not-a-voter", current: null },
        }),
      )
    }
    if (heir === running.raft.id) return done(undefined)
    if (running.raft.group.voters.length < 2) {
      const details = { reason: "no-other-voter", current: null }
      return done(
        problem("CONFLICT", "there is no other voter to hand over to", { hint: "conclave raft status", details }),
      )
    }
    running.transfer(heir)
    const isDone = (): boolean => {
      const { leader } = running.raft
      return leader !== undefined && leader !== running.raft.id && (heir === undefined || leader === heir)
    }
    this.#until(isDone, { timeoutMs, what: "raft.transfer" }, done)
  }

  readonly add: RaftControl["add"] = (name, timeoutMs, done) => {
    const running = this.#leading(done)
    if (running === undefined) return
    const member = this.#options.view.byName(name)
    const seat = member?.record.seat
    if (member === undefined) return done(noMember(name))
    if (seat === undefined || seat.cluster !== this.clusterId()) {
      const details = { reason: "no-seat-offered", current: null }
      return done(
        problem("CONFLICT", `${name} offers no replica of this cluster`, { hint: `conclave members ${name}`, details }),
      )
    }
    const replica = seat.replica as ReplicaId
    const { clock, consensus } = this.#options
    consensus.setShunned(member.id, false)
    const untilMs = clock.now() + timeoutMs
    const step = (): void => {
      const { group } = running.raft
      if (group.voters.includes(replica) && group.outgoing.length === 0) return done(undefined)
      if (clock.now() >= untilMs) return done(late("raft.add"))
      const { voters, learners } = group
      const isLearner = replicas(group).has(replica)
      const target = isLearner
        ? { voters: [...voters, replica], learners: learners.filter((each) => each !== replica) }
        : { voters, learners: [...learners, replica] }
      // A learner that lacks too much, a change that is under way: it is asked again.
      running.changeGroup(target, () => this.#timers.at(clock.now() + LOOK_MS, step))
    }
    step()
  }

  readonly remove: RaftControl["remove"] = (name, { force, timeoutMs }, done) => {
    const running = this.#leading(done)
    if (running === undefined) return
    const replica = this.#replicaOf(running, name)
    if (replica === undefined) return done(noSeat(name))
    const { clock, consensus } = this.#options
    const owner = this.#owner(running, replica)?.id
    const untilMs = clock.now() + timeoutMs
    if (force || owner === undefined) return this.#takeOut(running, replica, untilMs, done)
    consensus.depart(owner, untilMs, (departed) => {
      if (departed === "moved" || departed === "none") done(undefined)
      else if (departed === "needed") done(atRisk(name, running.raft.group.voters.length))
      else done(late("raft.remove"))
    })
  }

  /** Also where nobody takes its place. */
  #takeOut(running: RunningReplica, replica: ReplicaId, untilMs: number, done: Done): void {
    const { clock, consensus } = this.#options
    const owner = this.#owner(running, replica)?.id
    if (running.raft.group.voters.every((each) => each === replica)) return done(atRisk(null, 1))
    if (owner !== undefined) consensus.setShunned(owner, true)
    const step = (): void => {
      const { group } = running.raft
      if (!replicas(group).has(replica)) return done(undefined)
      if (clock.now() >= untilMs) return done(late("raft.remove"))
      const voters = group.voters.filter((each) => each !== replica)
      const learners = group.learners.filter((each) => each !== replica)
      running.changeGroup({ voters, learners }, () => this.#timers.at(clock.now() + LOOK_MS, step))
    }
    step()
  }

  get #running(): RunningReplica | undefined {
    return this.#options.consensus.running
  }

  /** The replica of this host, if it leads: only a leader changes the group. Else `done` is told where to ask. */
  #leading(done: Done): RunningReplica | undefined {
    const running = this.#running
    if (running?.isLeader === true) return running
    if (this.#options.consensus.clusterId === undefined) done(noCluster())
    else {
      const leader = running === undefined ? null : this.#leaderName(running)
      const hint = leader === null ? "conclave raft status" : `run it on ${leader}`
      done(
        problem("CONFLICT", "this host does not lead the group", {
          hint,
          details: { reason: "not-leader", current: leader },
        }),
      )
    }
    return undefined
  }

  #until(isDone: () => boolean, { timeoutMs, what }: { timeoutMs: number; what: string }, done: Done): void {
    const { clock } = this.#options
    const untilMs = clock.now() + timeoutMs
    const look = (): void => {
      if (isDone()) return done(undefined)
      if (clock.now() >= untilMs) return done(late(what))
      this.#timers.at(clock.now() + LOOK_MS, look)
    }
    look()
  }

  #replicaOf(running: RunningReplica, name: string): ReplicaId | undefined {
    for (const each of replicas(running.raft.group)) if (this.#owner(running, each)?.record.name === name) return each
    return undefined
  }

  #seat(running: RunningReplica, replica: ReplicaId): RaftStatusJson["items"][number] {
    const { raft, isLeader } = running
    const member = this.#owner(running, replica)
    const isSelf = replica === raft.id
    const match = isLeader ? (isSelf ? raft.log.last : raft.reign?.matchOf(replica)) : undefined
    const heardMs = raft.contacts.get(replica)
    return {
      name: member?.record.name ?? "",
      id: member?.id ?? "",
      addr: member?.record.addr ?? "",
      role: replica === raft.leader ? "leader" : isVoter(raft.group, replica) ? "voter" : "learner",
      up: this.#isUp(running, replica),
      matchIndex: match === undefined ? null : String(match),
      lag: match === undefined ? null : Math.max(0, raft.log.last - match),
      lastContactMs: isSelf ? 0 : heardMs === undefined ? null : Math.round(this.#options.clock.now() - heardMs),
    }
  }

  /** As its leader hears it, elsewhere as gossip does. */
  #isUp(running: RunningReplica, replica: ReplicaId): boolean {
    const { raft } = running
    if (replica === raft.id) return true
    if (raft.reign !== undefined) return raft.reign.isHeard(replica)
    return this.#owner(running, replica)?.state === "alive"
  }

  /** How many more may go before nothing can be written. */
  #canLose(running: RunningReplica): number {
    return Math.min(
      ...halves(running.raft.group).map((voters) => {
        const up = voters.filter((each) => this.#isUp(running, each)).length
        return Math.max(0, up - majority(voters.length))
      }),
    )
  }

  #leaderName({ raft }: RunningReplica): string | null {
    const { leader } = raft
    if (leader === undefined) return null
    return this.#owner({ raft }, leader)?.record.name ?? null
  }

  #owner({ raft }: Pick<RunningReplica, "raft">, replica: ReplicaId): Member | undefined {
    const { consensus, view } = this.#options
    return replica === raft.id ? view.memberById(consensus.self) : consensus.ownerOf(replica)
  }
}

function quorumOf({ raft }: RunningReplica): number {
  return Math.max(...halves(raft.group).map((voters) => majority(voters.length)))
}

/** `name` null: it is the only one, which nothing can take out. */
function atRisk(name: string | null, voters: number): Problem {
  const message = name === null ? "the only voter cannot be taken out" : `${name} votes, and no other can take its seat`
  const hint = name === null ? "add another agent first" : "add another agent first, or --force"
  return problem("CONFLICT", message, { hint, details: { reason: "quorum-at-risk", current: voters } })
}

function late(what: string): Problem {
  return problem("TIMEOUT", `${what} has begun, but did not come about in time`, { hint: "conclave raft status" })
}

function noMember(name: string): Problem {
  return problem("NOT_FOUND", `there is no member ${name}`, { hint: "conclave members", details: { name } })
}

function noSeat(name: string): Problem {
  return problem("NOT_FOUND", `${name} has no seat in the group`, { hint: "conclave raft status", details: { name } })
}
