import { type Entry, type Group, isJoint, type LogIndex, type ReplicaId, replicas } from "@conclave/consensus"
import type { RunningReplica } from "conclave/replica/running-replica"
import type { Fleet, FleetMember } from "../fleet.ts"
import type { Broken, DiskTruth } from "./disk-truth.ts"
import { keyOf, prefixAfter } from "./durable-log.ts"
import type { Shadow } from "./shadow.ts"
import { StampChecks } from "./stamp-checks.ts"

/** What one host's replica was when it was looked at last. */
interface Seen {
  readonly running: RunningReplica
  readonly term: number
  readonly commit: number
  readonly last: number
  readonly applied: number
  readonly role: string
  readonly group: Group
}

interface Committed {
  readonly entry: Entry
  readonly key: string
  readonly prefix: number
  /** The term of the replica that first knew of it. */
  readonly inTerm: number
}

/**
 * The invariants of Raft over whole hosts (research raft.md §7.7), looked at after each event: only what has changed
 * since. `I…` are the names of the rules there.
 */
export class RaftChecks {
  readonly seen = { elections: 0 }
  /** Committed, in order, by index; whoever learned it first. */
  readonly #committed: (Committed | undefined)[] = [undefined]
  readonly #reigns: Map<number, ReplicaId> = new Map()
  readonly #before: Map<FleetMember, Seen> = new Map()
  readonly #fleet: Fleet
  readonly #disks: DiskTruth
  readonly #shadow: Shadow
  readonly #broken: Broken
  readonly #stamps: StampChecks
  /** Called with each entry that is committed, in order. */
  onCommitted: (entry: Entry) => void = () => {}
  /** Called when somebody leads a new term. */
  onReign: () => void = () => {}
  #group: Group | undefined
  /** The joint group that was seen last. */
  joint: Group | undefined

  constructor(fleet: Fleet, parts: { readonly disks: DiskTruth; readonly shadow: Shadow; readonly broken: Broken }) {
    this.#fleet = fleet
    this.#disks = parts.disks
    this.#shadow = parts.shadow
    this.#broken = parts.broken
    this.#stamps = new StampChecks(parts.broken)
  }

  /** The highest index that anybody knows to be committed. */
  get last(): number {
    return this.#committed.length - 1
  }

  /** The last committed group; undefined before the founding. */
  get group(): Group | undefined {
    return this.#group
  }

  /** Hash of the committed log up to here; 0 = it is not known. */
  readonly prefixOf = (index: number): number => (index === 0 ? 1 : (this.#committed[index]?.prefix ?? 0))

  /**
   * Groups that may be in force: the last committed one, whatever a running replica goes by, and a change that is not
   * over.
   */
  groups(): readonly Group[] {
    const found = [...this.#before.values()].map(({ running }) => running.raft.group)
    const committed = this.#group
    if (committed !== undefined) found.push(committed)
    const { joint } = this
    const isOver = committed === undefined || (!isJoint(committed) && same(committed.voters, joint?.voters ?? []))
    if (joint !== undefined && !isOver) found.push(joint)
    return found
  }

  ended(member: FleetMember): void {
    this.#before.delete(member)
  }

  /** After an event. */
  look(): void {
    for (const member of this.#fleet.members) {
      const running = member.host?.consensus?.running
      if (running === undefined) continue
      const seen = this.#before.get(member)
      const { raft, appliedIndex } = running
      const isSame = seen?.running === running
      if (
        isSame &&
        seen.term === raft.term &&
        seen.commit === raft.commit &&
        seen.applied === appliedIndex &&
        seen.role === raft.role &&
        seen.last === raft.log.last &&
        seen.group === raft.group
      ) {
        continue
      }
      this.#changed(member, running, isSame ? seen : undefined)
    }
  }

  #changed(member: FleetMember, running: RunningReplica, seen: Seen | undefined): void {
    const { raft, appliedIndex: applied } = running
    const { log, term, commit, role, group } = raft
    const say = (invariant: string, message: string): void => this.#broken(invariant, member.machine.name, message)
    if (seen !== undefined) {
      if (term < seen.term) say("I7-terms-never-fall", `term ${seen.term} fell to ${term}`)
      if (commit < seen.commit) say("I7-commits-never-fall", `commit ${seen.commit} fell to ${commit}`)
      if (applied < seen.applied) say("I7-applied-never-falls", `applied ${seen.applied} fell to ${applied}`)
    }
    if (log.snapshot.index > commit || commit > log.last) {
      say("I8-snapshot-commit-last", `snapshot ${log.snapshot.index}, commit ${commit}, last ${log.last}`)
    }
    if (applied > commit) say("I8-applied-is-committed", `applied ${applied}, commit ${commit}`)
    if (log.first > log.snapshot.index + 1) say("I8-no-gap", `first ${log.first}, snapshot ${log.snapshot.index}`)
    const from = Math.max(log.first - 1, seen?.commit ?? 0)
    for (let index = from + 1; index <= commit; index++) this.#learn(member, running, index as LogIndex, seen?.group)
    if (role === "leader") {
      this.#leads(member, running, seen)
      this.#stamps.leads(member, running)
    }
    if (applied !== seen?.applied) this.#applied(member, running)
    if (isJoint(group)) this.joint = group
    this.#before.set(member, { running, term, commit, last: log.last, applied, role, group })
  }

  /** I5, I6. */
  #learn(member: FleetMember, { raft }: RunningReplica, index: LogIndex, groupBefore: Group | undefined): void {
    const entry = raft.log.entry(index)
    const known = this.#committed[index]
    if (entry === undefined) return
    const key = keyOf(entry)
    if (known !== undefined) {
      if (known.key === key) return
      return this.#broken("I5-one-entry-is-committed", member.machine.name, `${key}, others know ${known.key}`)
    }
    if (index !== this.last + 1) {
      return this.#broken("I5-commits-have-no-gap", member.machine.name, `${index} follows on ${this.last}`)
    }
    const prefix = prefixAfter(this.prefixOf(index - 1), key)
    this.#committed.push({ entry, key, prefix, inTerm: raft.term })
    const isThere = (id: ReplicaId): boolean => this.#disks.of(id)?.durable.has(index, key) === true
    const isSafe = isQuorum(raft.group, isThere) || (groupBefore !== undefined && isQuorum(groupBefore, isThere))
    if (!isSafe) {
      this.#broken("I6-committed-is-durable", member.machine.name, `entry ${key} is not on the disks of a quorum`)
    }
    if (entry.group !== undefined) this.#regrouped(member, entry.group, isThere)
    this.#shadow.apply(entry)
    this.onCommitted(entry)
  }

  #regrouped(member: FleetMember, group: Group, isThere: (id: ReplicaId) => boolean): void {
    if (!isQuorum(group, isThere)) {
      this.#broken("I6-a-group-has-its-own-quorum", member.machine.name, "it is committed without one")
    }
    if (this.#group !== undefined && !isAdjacent(this.#group, group)) {
      this.#broken("I9-groups-overlap", member.machine.name, `${said(this.#group)} is followed by ${said(group)}`)
    }
    this.#group = group
  }

  /** I1, I2, I4. */
  #leads(member: FleetMember, { raft }: RunningReplica, seen: Seen | undefined): void {
    const { log, term, id } = raft
    const { name } = member.machine
    const known = this.#reigns.get(term)
    if (known !== undefined && known !== id) this.#broken("I1-a-term-has-one-leader", name, `${known} led term ${term}`)
    const isNew = seen?.role !== "leader" || seen.term !== term
    if (!isNew && log.last < seen.last) this.#broken("I2-leaders-only-append", name, `${seen.last} fell to ${log.last}`)
    if (!isNew) return
    if (known !== undefined) this.#broken("I1-a-term-has-one-leader", name, `it led term ${term} before`)
    this.#reigns.set(term, id)
    this.seen.elections++
    this.onReign()
    for (let index: number = log.first; index <= this.last; index++) {
      const committed = this.#committed[index]
      if (committed === undefined || committed.inTerm >= term) continue
      const entry = log.entry(index as LogIndex)
      if (entry !== undefined && keyOf(entry) === committed.key) continue
      return this.#broken("I4-leaders-are-complete", name, `the leader of term ${term} lacks ${committed.key}`)
    }
  }

  /** S8: the state is what the committed log says. */
  #applied(member: FleetMember, running: RunningReplica): void {
    const machine = running.resting?.machine
    if (machine === undefined) return
    const hash = this.#shadow.hashAt(running.appliedIndex)
    if (hash === machine.hash) return
    this.#broken("S8-one-state", member.machine.name, `at ${running.appliedIndex}: ${machine.hash}, not ${hash}`)
  }
}

/** Counted here anew: a check that asks the code under test agrees with it. */
export function isQuorum({ voters, outgoing }: Group, has: (id: ReplicaId) => boolean): boolean {
  const isMost = (half: readonly ReplicaId[]): boolean => 2 * half.filter(has).length > half.length
  return isMost(voters) && (outgoing.length === 0 || isMost(outgoing))
}

/** Quorums of two groups in a row always share a replica. */
function isAdjacent(before: Group, after: Group): boolean {
  if (before.voters.length === 0) return true
  if (isJoint(before)) return same(before.voters, after.voters) && !isJoint(after)
  if (isJoint(after)) return same(before.voters, after.outgoing)
  return same(before.voters, after.voters)
}

function same(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((id) => b.includes(id))
}

function said(group: Group): string {
  return [...replicas(group)].map((id) => id.slice(0, 6)).join(" ")
}
