import { equal, ok } from "node:assert/strict"
import type { Millis } from "@conclave/base"
import {
  type Effect,
  EMPTY_SNAPSHOT,
  type Entry,
  type EntryKind,
  type Group,
  type HardState,
  type Input,
  type LogIndex,
  type Message,
  type MessageBody,
  Raft,
  type RaftConfig,
  type ReplicaId,
  raftConfig,
  type SnapshotMeta,
  type StoredState,
  type Term,
  type Write,
} from "@conclave/consensus"

export const CONFIG: RaftConfig = raftConfig({ heartbeatMs: 100, electionMs: 1000, keepEntries: 0, commitNewsMs: 0 })

export function id(name: string): ReplicaId {
  return name as ReplicaId
}

export function ids(names: string): readonly ReplicaId[] {
  return [...names].map(id)
}

export function at(index: number): LogIndex {
  return index as LogIndex
}

export function inTerm(term: number): Term {
  return term as Term
}

/** One letter a replica. */
export function groupOf(
  voters: string,
  others: { readonly outgoing?: string; readonly learners?: string; readonly learnersNext?: string } = {},
): Group {
  const { outgoing = "", learners = "", learnersNext = "" } = others
  return { voters: ids(voters), outgoing: ids(outgoing), learners: ids(learners), learnersNext: ids(learnersNext) }
}

export function entryOf(
  index: number,
  term: number,
  fields: { kind?: EntryKind; group?: Group; data?: string } = {},
): Entry {
  const { group, kind = group === undefined ? "command" : "group", data = "" } = fields
  return {
    ...{ index: at(index), term: inTerm(term), kind, stampMs: 0, featureLevel: 1 },
    data: new TextEncoder().encode(data),
    ...(group === undefined ? {} : { group }),
  }
}

/** A log from index 1 with an entry for each term; the first one makes the group. */
export function logOf(group: Group, terms: readonly number[]): readonly Entry[] {
  return terms.map((term, before) => entryOf(before + 1, term, before === 0 ? { group } : {}))
}

export interface DiskFields {
  readonly voters?: string
  readonly group?: Group
  /** The term of each entry. */
  readonly terms?: readonly number[]
  readonly term?: number
  readonly vote?: string
  readonly commit?: number
}

export function hardStateOf(term: number, vote?: string, commit = 0): HardState {
  return { term: inTerm(term), vote: vote === undefined ? undefined : id(vote), commit: at(commit) }
}

export function storedOf(fields: DiskFields = {}): StoredState {
  const { voters = "abc", group = groupOf(voters), terms = [1], commit = 1, vote } = fields
  const entries = logOf(group, terms)
  const term = fields.term ?? Math.max(...terms)
  return {
    hardState: hardStateOf(term, vote, commit),
    snapshot: EMPTY_SNAPSHOT,
    entries,
  }
}

/** A snapshot of a group at a place. */
export function metaOf(index: number, term: number, group: Group = groupOf("abc")): SnapshotMeta {
  return { index: at(index), term: inTerm(term), group, featureLevel: 1 }
}

export type SentOf<Kind extends Message["kind"]> = Extract<Message, { kind: Kind }>
export type EffectOf<Kind extends Effect["kind"]> = Extract<Effect, { kind: Kind }>

/** One replica with a clock, a disk and a mailbox in the hands of the test. */
export class Stage {
  readonly raft: Raft
  nowMs = 10_000
  /** Writes are durable at once; else when `sync` is called. */
  isDiskFast = true
  effects: Effect[] = []
  readonly writes: Write[] = []
  #calls = 0

  constructor(
    name: string,
    fields: { disk?: DiskFields | undefined; stored?: StoredState; config?: Partial<RaftConfig>; seed?: number } = {},
  ) {
    const { disk, config = {}, seed = 1 } = fields
    const stored = fields.stored ?? storedOf(disk)
    this.raft = new Raft({
      ...{ id: id(name), config: { ...CONFIG, ...config }, seed, nowMs: this.now },
      ...(fields.disk === undefined && fields.stored === undefined ? {} : { stored }),
    })
  }

  get now(): Millis {
    return this.nowMs as Millis
  }

  step(input: Input): readonly Effect[] {
    const effects = this.raft.step(this.now, input)
    this.effects.push(...effects)
    let isWritten = false
    for (const effect of effects) {
      if (effect.kind === "persist") {
        this.writes.push(effect.write)
        isWritten = true
      }
    }
    return isWritten && this.isDiskFast ? [...effects, ...this.sync()] : effects
  }

  /** Everything written so far is durable. */
  sync(): readonly Effect[] {
    const last = this.writes.at(-1)
    return last === undefined ? [] : this.step({ kind: "persisted", write: last.write, epoch: last.epoch })
  }

  receive(from: string, body: MessageBody, term: number = this.raft.term): readonly Effect[] {
    return this.step({ kind: "message", message: { ...body, from: id(from), to: this.raft.id, term: inTerm(term) } })
  }

  /** An append of the leader `from`: entries of these terms behind `prev`. */
  append(
    from: string,
    term: number,
    [index, prevTerm]: readonly [number, number],
    terms: readonly number[],
    commit = 0,
  ): readonly Effect[] {
    const entries = terms.map((each, before) => entryOf(index + 1 + before, each))
    const prev = { index: at(index), term: inTerm(prevTerm) }
    return this.receive(from, { kind: "append", prev, entries, commit: at(commit) }, term)
  }

  /** An entry that makes a group, at the end of the log. */
  appendGroup(from: string, group: Group): readonly Effect[] {
    const { last, lastPosition } = this.raft.log
    const entries = [entryOf(last + 1, this.raft.term, { group })]
    return this.receive(from, { kind: "append", prev: lastPosition, entries, commit: at(0) })
  }

  heartbeat(
    from: string,
    fields: { term?: number; commit?: number; match?: number; round?: number; isBehind?: true } = {},
  ): readonly Effect[] {
    const { commit = 0, match = 0, round = 1, term = this.raft.term, ...more } = fields
    return this.receive(from, { kind: "heartbeat", commit: at(commit), match: at(match), round, ...more }, term)
  }

  /** Time passes up to the next deadline, which is judged. */
  tick(): readonly Effect[] {
    ok(Number.isFinite(this.raft.nextDeadlineMs), "a deadline is set")
    this.nowMs = Math.max(this.nowMs, this.raft.nextDeadlineMs)
    return this.step({ kind: "tick" })
  }

  /** Ticks until so much time has passed. */
  pass(ms: number): void {
    const until = this.nowMs + ms
    while (this.raft.nextDeadlineMs <= until) this.tick()
    this.nowMs = until
  }

  propose(data = "", relieves = false): readonly Effect[] {
    const bytes = new TextEncoder().encode(data)
    return this.step({ kind: "propose", proposals: [{ call: ++this.#calls, data: bytes, stampMs: 0, relieves }] })
  }

  changeGroup(voters: string, learners = ""): readonly Effect[] {
    return this.step({ kind: "changeGroup", call: ++this.#calls, voters: ids(voters), learners: ids(learners) })
  }

  /** All that are asked before voters change are there. */
  change(voters: string, learners = ""): void {
    this.changeGroup(voters, learners)
    const round = this.sent("heartbeat").at(-1)?.round ?? 0
    for (const { to } of this.sent("heartbeat").filter((sent) => sent.round === round)) this.answer(to, round)
  }

  /** Silence until the election timeout, then the votes of all others. */
  lead(): void {
    this.tick()
    const { outgoing, voters } = this.raft.group
    const others = [...new Set([...voters, ...outgoing])].filter((each) => each !== this.raft.id)
    for (const from of others)
      this.receive(
        from,
        { kind: "preVoteReply", granted: true },
        this.raft.term + (this.raft.role === "preCandidate" ? 1 : 0),
      )
    for (const from of others)
      if (this.raft.role === "candidate") this.receive(from, { kind: "voteReply", granted: true })
    equal(this.raft.role, "leader")
  }

  /** Everybody else acknowledges the whole log. */
  acknowledge(from: string, match: number = this.raft.log.last): readonly Effect[] {
    return this.receive(from, { kind: "appended", match: at(match) })
  }

  answer(from: string, round: number, featureMax = 1): readonly Effect[] {
    return this.receive(from, { kind: "heartbeatReply", round, featureMax })
  }

  /** Forgets what happened so far. */
  forget(): void {
    this.effects = []
  }

  all<Kind extends Effect["kind"]>(kind: Kind): readonly EffectOf<Kind>[] {
    return this.effects.filter((each): each is EffectOf<Kind> => each.kind === kind)
  }

  sent<Kind extends Message["kind"]>(kind: Kind): readonly SentOf<Kind>[] {
    return this.all("send")
      .map(({ message }) => message)
      .filter((each): each is SentOf<Kind> => each.kind === kind)
  }

  /** The one message of this kind that was sent. */
  one<Kind extends Message["kind"]>(kind: Kind): SentOf<Kind> {
    const found = this.sent(kind)
    equal(found.length, 1, `one ${kind}`)
    return found[0] as SentOf<Kind>
  }

  get applied(): readonly number[] {
    return this.all("commit").flatMap(({ entries }) => entries.map(({ index }) => index))
  }

  get terms(): readonly number[] {
    const { log } = this.raft
    return log.first > log.last ? [] : log.slice(log.first, log.last).map(({ term }) => term)
  }
}
