import { halves, isVoter, majority, type ReplicaId, replicas } from "@conclave/consensus"
import type { Member } from "@conclave/swim"
import { noCluster, UNFOUNDED } from "../api/no-quorum.ts"
import type { StatusJson } from "../api/objects.ts"
import { type Problem, problem } from "../api/problem.ts"
import type { RaftControl } from "../api/raft-control.ts"
import type { RaftStatusJson } from "../api/raft-schema.ts"
import type { AgentView } from "../api/view.ts"
import { notProposed } from "../coordination/refusals.ts"
import type { Clock } from "../ports.ts"
import type { RunningReplica } from "../replica/running-replica.ts"
import { Timers } from "../timers.ts"
import type { Consensus } from "./consensus.ts"
import { GroupChanges, late } from "./group-changes.ts"
import { sortedSeats, statusOutside } from "./group-sight.ts"
import { GROUP_WISHES, problemOf } from "./group-wishes.ts"
import { WishRoute } from "./route/wish-route.ts"
import type { GroupTold, GroupWish } from "./wire-group.ts"

/** A founder that does not lead by then is shown as it is. */
const FOUNDED_MS = 2000
const LOOK_MS = 20

export interface GroupControlOptions {
  readonly consensus: Consensus
  readonly view: Pick<AgentView, "byName" | "memberById">
  readonly clock: Clock
}

/** The Raft group as operators see and change it, from this host. */
export class GroupControl implements RaftControl {
  readonly #options: GroupControlOptions
  readonly #changes: GroupChanges
  readonly #timers: Timers
  readonly #route: WishRoute<GroupWish, GroupTold>

  constructor(options: GroupControlOptions) {
    this.#options = options
    const { consensus } = options
    this.#changes = new GroupChanges(options)
    this.#timers = new Timers(options.clock)
    this.#route = new WishRoute({
      ...consensus.reach.ways,
      kind: GROUP_WISHES,
      perform: (wish, untilMs, done) => {
        const running = this.#running
        if (running?.isLeader !== true) return done("not-leading")
        this.#changes.perform(running, wish, untilMs, (end) => {
          if (end === "not-leading" || end === "deposed") done(end)
          else done({ status: this.status(), refusal: end === "done" ? undefined : end })
        })
      },
    })
    consensus.reach.serveGroup((what, body, call) => this.#route.serve(what, body, call))
  }

  stop(): void {
    this.#timers.stop()
    this.#changes.stop()
    this.#route.stop()
  }

  readonly clusterId = (): string | null => this.#options.consensus.clusterId ?? null

  readonly status = (): RaftStatusJson => {
    const running = this.#running
    if (running === undefined)
      return this.clusterId() === null ? UNFOUNDED : statusOutside(this.#options.consensus.view.sight)
    const { raft } = running
    const items = [...replicas(raft.group)].map((each) => this.#seat(running, each))
    return {
      term: String(raft.term),
      leader: this.#leaderName(running),
      commitIndex: String(raft.commit),
      appliedIndex: String(running.appliedIndex),
      quorum: quorumOf(running),
      canLose: this.#canLose(running),
      items: sortedSeats(items),
    }
  }

  readonly summary: RaftControl["summary"] = () => {
    const { consensus } = this.#options
    if (consensus.clusterId === undefined) return null
    const running = this.#running
    if (running === undefined) return outside(statusOutside(consensus.view.sight))
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
    this.#options.consensus.bootstrap((refusal) => {
      if (refusal === undefined) return this.#founded(done)
      const { reason, why } = refusal
      const hint = reason === "other-cluster" ? "conclave raft status" : "conclave status"
      done(problem("CONFLICT", why, { hint, details: { reason, current: null } }))
    })
  }

  /** The first thing that its only voter does is to lead: whoever founds wants to see that. */
  #founded(done: (status: RaftStatusJson) => void): void {
    const { clock } = this.#options
    const untilMs = clock.now() + FOUNDED_MS
    const look = (): void => {
      const running = this.#running
      const isAlone = running?.raft.group.voters.every((each) => each === running.raft.id) === true
      if (!isAlone || running.isLeader || clock.now() >= untilMs) return done(this.status())
      this.#timers.at(clock.now() + LOOK_MS, look)
    }
    look()
  }

  readonly transfer: RaftControl["transfer"] = (to, timeoutMs, done) =>
    this.#wish({ what: "transfer", to }, timeoutMs, done)

  readonly add: RaftControl["add"] = (name, timeoutMs, done) => this.#wish({ what: "add", name }, timeoutMs, done)

  readonly remove: RaftControl["remove"] = (name, { force, timeoutMs }, done) =>
    this.#wish({ what: "remove", name, force }, timeoutMs, done)

  /** Whoever leads does it, and tells how the group is then: this host may hear of it later. */
  #wish(wish: GroupWish, timeoutMs: number, done: (result: RaftStatusJson | Problem) => void): void {
    const { consensus, clock } = this.#options
    if (consensus.clusterId === undefined) return done(noCluster(consensus.awaitsFounding))
    this.#route.wish(wish, clock.now() + timeoutMs, (outcome) => {
      if (outcome === "unreached") done(notProposed(consensus.view.notProposed("no-quorum")))
      else if (outcome === "late") done(late(`raft.${wish.what}`))
      else done(outcome.refusal === undefined ? outcome.status : problemOf(outcome.refusal))
    })
  }

  get #running(): RunningReplica | undefined {
    return this.#options.consensus.running
  }

  #seat(running: RunningReplica, replica: ReplicaId): RaftStatusJson["items"][number] {
    const { raft, isLeader } = running
    const member = this.#owner(running, replica)
    const isSelf = replica === raft.id
    const match = isLeader ? (isSelf ? raft.log.last : raft.reign?.matchOf(replica)) : undefined
    const heardMs = isLeader || replica === raft.leader ? raft.contacts.get(replica) : undefined
    return {
      name: member?.record.name ?? null,
      id: member?.id ?? null,
      addr: member?.record.addr ?? null,
      role: replica === raft.leader ? "leader" : isVoter(raft.group, replica) ? "voter" : "learner",
      up: this.#isUp(running, replica),
      matchIndex: match === undefined ? null : String(match),
      lag: match === undefined ? null : Math.max(0, raft.log.last - match),
      // A follower hears of the leader; what others have said to it long ago says nothing of them.
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
    return replica === raft.id ? view.memberById(consensus.self) : consensus.view.ownerOf(replica)
  }
}

function quorumOf({ raft }: RunningReplica): number {
  return Math.max(...halves(raft.group).map((voters) => majority(voters.length)))
}

function outside({ leader, term, commitIndex, appliedIndex, canLose, items }: RaftStatusJson): StatusJson["raft"] {
  const voters = items.filter(({ role }) => role !== "learner")
  const votersUp = voters.filter(({ up }) => up).length
  return { role: "none", leader, term, commitIndex, appliedIndex, voters: voters.length, votersUp, canLose }
}
