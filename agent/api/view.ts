import type { Millis, NodeId } from "@conclave/base"
import type { Accusation, Effect, Member, MemberState, PingPath, Profile } from "@conclave/swim"
import type { JournalNote } from "./objects.ts"
import type { Problem } from "./problem.ts"

/** A change of the member table, as the core reports it. */
export type MemberChanged = Extract<Effect, { kind: "memberChanged" }>
export type NameConflict = Extract<Effect, { kind: "nameConflict" }>

/** One thing an operator should know, with a stable `code`. */
export interface Warning {
  readonly code: string
  readonly message: string
  readonly hint: string
}

export interface ReadyItem {
  readonly name: string
  readonly ok: boolean
  readonly message: string
}

export interface JoinOutcome {
  /** Names of the members that answered. */
  readonly joined: readonly string[]
  readonly failed: readonly { readonly addr: string; readonly message: string }[]
}

/** What a fault rule silences: all traffic with the members named, in the directions said. */
export interface FaultRule {
  readonly drop: readonly string[]
  readonly in: boolean
  readonly out: boolean
}

export interface ConfigItem {
  readonly key: string
  readonly value: unknown
  readonly origin: string
}

/** Everything that the API may ask of an agent or have it do. The Host implements it; tests fake it. */
export interface AgentView {
  readonly id: NodeId
  readonly cluster: string
  readonly profile: Profile
  readonly faultInjection: boolean
  readonly uptimeMs: () => number
  readonly wallMs: () => number
  /** Turns a monotonic time of this agent into Unix milliseconds. */
  readonly wallOf: (at: Millis) => number
  readonly readiness: () => readonly ReadyItem[]
  readonly warnings: () => readonly Warning[]
  readonly localHealth: () => number
  /** Grows with each change of the view; starts at 1. */
  readonly viewVersion: () => number
  /** Every row, this member's own included, in no order. Shared: never change it. */
  readonly members: () => readonly Member[]
  readonly counts: () => Readonly<Record<MemberState, number>>
  /** The living member of that name, else one that was. */
  readonly byName: (name: string) => Member | undefined
  readonly memberById: (id: NodeId) => Member | undefined
  /** Smoothed round trip; undefined before the first sample and for this member itself. */
  readonly rttMs: (id: NodeId) => number | undefined
  /** The last accusations of a member, oldest first, at most 64. */
  readonly accusations: (id: NodeId) => readonly Accusation[]
  /** Calls `on` after each change, with the view version that it made; the result ends it. */
  readonly onMemberChanged: (on: (change: MemberChanged, version: number) => void) => () => void
  readonly onNameConflict: (on: (conflict: NameConflict) => void) => () => void
  /** Who leads the Raft group and who votes, whenever this agent learns it anew. */
  readonly onGroupNews: (on: (note: JournalNote) => void) => () => void
  /** Calls back once: the round trip, or undefined when no answer came in time. */
  readonly ping: (id: NodeId, path: PingPath, done: (rttMs: number | undefined) => void) => void
  readonly join: (addrs: readonly string[], done: (outcome: JoinOutcome) => void) => void
  /**
   * This host departs for good: calls back with what became of its seat in the Raft group when the good-bye is out, and
   * the agent then exits 0; or with why it stays.
   */
  readonly leave: (
    wish: { readonly force: boolean; readonly timeoutMs: number; readonly graceMs: number | undefined },
    done: (result: "moved" | "kept" | "none" | Problem) => void,
  ) => void
  /** Removes a member that is not alive; calls back once, with why not where that is refused. */
  readonly expel: (
    member: Member,
    wish: { readonly prune: boolean; readonly force: boolean; readonly timeoutMs: number },
    done: (problem: Problem | undefined) => void,
  ) => void
  readonly setFaults: (rule: FaultRule) => void
  readonly config: () => readonly ConfigItem[]
}
