import type { Addr, NodeId } from "@conclave/base"
import type { Command } from "@conclave/consensus"
import type { Member, Mode, Profile } from "@conclave/swim"
import type { Door } from "conclave/api/principal"
import type { Problem } from "conclave/api/problem"
import type { MemberChanged } from "conclave/api/view"
import type { Consensus } from "conclave/group/consensus"
import type { Proposed } from "conclave/group/shared-state"
import type { Ciphers, Ports } from "conclave/ports"
import type { SealMode } from "conclave/seal-mode"
import type { SocketEnd } from "./apps/local-socket.ts"
import type { GroupPlan } from "./plan.ts"

/** What one life of an agent is given, beside its ports. */
export interface HostSetup {
  readonly index: number
  readonly id: NodeId
  readonly name: string
  readonly addr: Addr
  readonly cluster: string
  readonly join: readonly string[]
  readonly profile: Profile
  readonly mode: Mode
  /** How long this agent says it will be away when it announces a restart. */
  readonly restartGraceMs: number
  /** Messages cross the wire as bytes instead of objects. */
  readonly codec: boolean
  /** Its gossip is sealed so. */
  readonly seal?: { readonly ciphers: Ciphers; readonly mode: SealMode }
  /** A group that agrees is founded in this fleet. */
  readonly group?: GroupPlan & { readonly founds: boolean; readonly expects: number | undefined }
  /** The agent must end by itself, and says why. */
  readonly onFatal: (reason: string) => void
  /** An operator has removed whoever has that key: no stream with it may stand any more. */
  readonly onRemoved: (key: NodeId) => void
  /** Sees each command that it sends for an application. */
  readonly onCommand: (sent: Sent) => void
}

/** A command on its way for an application. */
export interface Sent {
  readonly command: Command
  /** What its agent knows of it; an agent that ends never knows more. */
  fate: "open" | Proposed["kind"]
}

/** What the simulator asks of an agent. The product's Host is one; tests bring smaller ones. */
export interface SimHost {
  readonly id: NodeId
  readonly start: (done: () => void) => void
  readonly members: () => readonly Member[]
  /** Members that it holds for alive, itself included; suspects are not counted. */
  readonly aliveCount: () => number
  readonly member: (id: NodeId) => Member | undefined
  /** With the version of its view that each change makes. */
  readonly onMemberChanged: (on: (change: MemberChanged, version: number) => void) => void
  /** Says that it will be back; the process may then end. */
  readonly announceRestart: (done: () => void) => void
  /** Says good-bye for good; the process may then end. */
  readonly leave: (done: () => void) => void
  /** As `conclave leave NAME`; calls back with why not, or with undefined when it is done. */
  readonly expel?: (name: string, prune: boolean, done: (refusal: Problem | undefined) => void) => void
  readonly setTags: (tags: Readonly<Record<string, string>>) => void
  readonly ping: (id: NodeId, done: (rttMs: number | undefined) => void) => void
  /** Counters by name, for coverage marks; empty when there are none. */
  readonly counters: () => Readonly<Record<string, number>>
  /** Updates that wait to be gossiped. */
  readonly backlog: () => number
  /** Its part in the group that agrees, where the fleet has one. */
  readonly consensus?: Consensus
  /** Takes a connection of an application or an operator, where there are any. */
  readonly accept?: (end: SocketEnd, door: Door) => void
}

export type HostFactory = (setup: HostSetup, ports: Ports) => SimHost
