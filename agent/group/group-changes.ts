import { isVoter, type ReplicaId, replicas } from "@conclave/consensus"
import type { Member } from "@conclave/swim"
import { quorumAtRisk } from "../api/no-quorum.ts"
import { type Problem, problem } from "../api/problem.ts"
import type { AgentView } from "../api/view.ts"
import type { Clock } from "../ports.ts"
import type { RunningReplica } from "../replica/running-replica.ts"
import { offeredBy } from "../replica/seat-book.ts"
import { Timers } from "../timers.ts"
import type { Consensus } from "./consensus.ts"
import type { GroupWish } from "./wire-group.ts"

/** How often it is looked whether a change has come about. */
const LOOK_MS = 50

export interface GroupChangesOptions {
  readonly consensus: Pick<Consensus, "clusterId" | "self" | "view" | "setShunned" | "depart">
  readonly view: Pick<AgentView, "byName" | "memberById">
  readonly clock: Clock
}

/**
 * `not-leading`: nothing has begun here; `deposed`: it has, and this host leads no more. The next leader goes on with
 * it.
 */
export type WishEnd = Problem | "done" | "not-leading" | "deposed"

type Done = (end: WishEnd) => void

interface Wish {
  readonly untilMs: number
  readonly what: string
  readonly done: Done
  /** Once the change is there, or was refused. */
  readonly again: () => void
}

/** What a leader does for an operator who wants another group. Each wish that is asked again goes on where it was. */
export class GroupChanges {
  readonly #options: GroupChangesOptions
  readonly #timers: Timers

  constructor(options: GroupChangesOptions) {
    this.#options = options
    this.#timers = new Timers(options.clock)
  }

  stop(): void {
    this.#timers.stop()
  }

  /** Calls back once, at the deadline or soon after. `running` leads. */
  perform(running: RunningReplica, wish: GroupWish, untilMs: number, done: Done): void {
    switch (wish.what) {
      case "add":
        return this.#add(running, wish.name, untilMs, done)
      case "remove":
        return this.#remove(running, wish, untilMs, done)
      case "transfer":
        return this.#transfer(running, wish.to, untilMs, done)
    }
  }

  #transfer(running: RunningReplica, to: string | undefined, untilMs: number, done: Done): void {
    const heir = to === undefined ? undefined : this.#replicaOf(running, to)
    if (to !== undefined && (heir === undefined || !isVoter(running.raft.group, heir))) {
      if (this.#options.view.byName(to) === undefined && heir === undefined) return done(noMember(to))
      const details = { reason: "not-a-voter", current: null }
      return done(problem("CONFLICT", `${to} has no vote`, { hint: "conclave raft status", details }))
    }
    if (heir === running.raft.id) return done("done")
    if (running.raft.group.voters.length < 2) {
      const details = { reason: "no-other-voter", current: null }
      return done(
        problem("CONFLICT", "there is no other voter to hand over to", { hint: "conclave raft status", details }),
      )
    }
    running.transfer(heir)
    const look = (): void => {
      const { leader } = running.raft
      const isMoved = leader !== undefined && leader !== running.raft.id && (heir === undefined || leader === heir)
      if (isMoved) done("done")
      else this.#later(untilMs, "raft.transfer", done, look)
    }
    look()
  }

  #add(running: RunningReplica, name: string, untilMs: number, done: Done): void {
    const { consensus, view } = this.#options
    const member = view.byName(name)
    if (member === undefined) return done(noMember(name))
    const replica = offeredBy(member)
    if (replica === undefined || member.record.seat?.cluster !== consensus.clusterId) {
      const details = { reason: "no-seat-offered", current: null }
      return done(
        problem("CONFLICT", `${name} offers no replica of this cluster`, { hint: `conclave members ${name}`, details }),
      )
    }
    consensus.setShunned(member.id, false)
    const step = (): void => {
      const { group } = running.raft
      if (group.voters.includes(replica) && group.outgoing.length === 0) return done("done")
      if (!running.isLeader) return done("deposed")
      const { voters, learners } = group
      const isLearner = replicas(group).has(replica)
      const target = isLearner
        ? { voters: [...voters, replica], learners: learners.filter((each) => each !== replica) }
        : { voters, learners: [...learners, replica] }
      // A learner that lacks too much, a change that is under way: it is asked again.
      this.#change(running, target, { untilMs, what: "raft.add", done, again: step })
    }
    step()
  }

  #remove(
    running: RunningReplica,
    { name, force }: Extract<GroupWish, { what: "remove" }>,
    untilMs: number,
    done: Done,
  ) {
    const replica = this.#replicaOf(running, name)
    if (replica === undefined) return done(noSeat(name))
    const { id, group } = running.raft
    if (group.voters.every((each) => each === replica)) return done(atRisk(null, 1))
    if (force && replica === id) return this.#resign(running, untilMs, done)
    const owner = this.#owner(running, replica)?.id
    if (force || owner === undefined) return this.#takeOut(running, replica, untilMs, done)
    this.#options.consensus.setShunned(owner, true)
    this.#options.consensus.depart(owner, untilMs, (departed) => {
      if (departed === "moved" || departed === "none") done("done")
      else if (departed === "needed") done(atRisk(name, running.raft.group.voters.length))
      else if (departed === "late") done(late("raft.remove"))
      else done(departed)
    })
  }

  /**
   * Whoever leads keeps the one that was taken out from being invited again, so the one who goes does not do it itself.
   */
  #resign(running: RunningReplica, untilMs: number, done: Done): void {
    running.transfer()
    const look = (): void => {
      if (running.isLeader) this.#later(untilMs, "raft.remove", done, look)
      else done("not-leading")
    }
    look()
  }

  /** Also where nobody takes its place. */
  #takeOut(running: RunningReplica, replica: ReplicaId, untilMs: number, done: Done): void {
    const owner = this.#owner(running, replica)?.id
    if (owner !== undefined) this.#options.consensus.setShunned(owner, true)
    const step = (): void => {
      const { group } = running.raft
      if (!replicas(group).has(replica)) return done("done")
      if (!running.isLeader) return done("deposed")
      const voters = group.voters.filter((each) => each !== replica)
      const learners = group.learners.filter((each) => each !== replica)
      this.#change(running, { voters, learners }, { untilMs, what: "raft.remove", done, again: step })
    }
    step()
  }

  /** Of what a leader appends that hears no quorum nobody may ever learn what became: the deadline ends the wait. */
  #change(
    running: RunningReplica,
    target: Parameters<RunningReplica["changeGroup"]>[0],
    { untilMs, what, done, again }: Wish,
  ): void {
    let isOver = false
    const cancel = this.#timers.at(untilMs, () => {
      isOver = true
      done(late(what))
    })
    running.changeGroup(target, () => {
      if (isOver) return
      cancel()
      this.#later(untilMs, what, done, again)
    })
  }

  #later(untilMs: number, what: string, done: Done, act: () => void): void {
    const nowMs = this.#options.clock.now()
    if (nowMs >= untilMs) return done(late(what))
    this.#timers.at(Math.min(untilMs, nowMs + LOOK_MS), act)
  }

  #replicaOf(running: RunningReplica, name: string): ReplicaId | undefined {
    for (const each of replicas(running.raft.group)) if (this.#owner(running, each)?.record.name === name) return each
    return undefined
  }

  #owner({ raft }: RunningReplica, replica: ReplicaId): Member | undefined {
    const { consensus, view } = this.#options
    return replica === raft.id ? view.memberById(consensus.self) : consensus.view.ownerOf(replica)
  }
}

/** `name` null: it is the only one, which nothing can take out. */
function atRisk(name: string | null, voters: number): Problem {
  const message = name === null ? "the only voter cannot be taken out" : `${name} votes, and no other can take its seat`
  const hint = name === null ? "add another agent first" : "add another agent first, or --force"
  return quorumAtRisk(message, hint, voters)
}

export function late(what: string): Problem {
  return problem("TIMEOUT", `${what} has begun, but did not come about in time`, { hint: "conclave raft status" })
}

function noMember(name: string): Problem {
  return problem("NOT_FOUND", `there is no member ${name}`, { hint: "conclave members", details: { name } })
}

function noSeat(name: string): Problem {
  return problem("NOT_FOUND", `${name} has no seat in the group`, { hint: "conclave raft status", details: { name } })
}
