import type { Mode, Profile } from "@conclave/swim"
import type { SealMode } from "conclave/seal-mode"

/** Which members a fault is about, by index from 0. */
export type Targets = readonly number[]

/**
 * One thing that is done to the fleet. Everything with `durationMs` ends by itself; what is killed or cut off from its
 * power comes back after `downMs`, or never without it.
 */
export type Fault =
  | {
      readonly kind: "loss"
      readonly atMs: number
      readonly durationMs: number
      readonly permille: number
      readonly from?: Targets
      readonly to?: Targets
    }
  | {
      readonly kind: "duplicate"
      readonly atMs: number
      readonly durationMs: number
      readonly permille: number
      readonly withinMs: number
    }
  | {
      readonly kind: "delay"
      readonly atMs: number
      readonly durationMs: number
      readonly extraMs: number
      readonly jitterMs: number
      readonly from?: Targets
      readonly to?: Targets
    }
  | {
      readonly kind: "reorder"
      readonly atMs: number
      readonly durationMs: number
      readonly permille: number
      readonly byMs: number
    }
  | { readonly kind: "corrupt"; readonly atMs: number; readonly durationMs: number; readonly permille: number }
  | { readonly kind: "mtu"; readonly atMs: number; readonly durationMs: number; readonly bytesMax: number }
  /** Nothing passes between the sides; what is on no side hears everybody. */
  | {
      readonly kind: "partition"
      readonly atMs: number
      readonly durationMs: number
      readonly sides: readonly Targets[]
    }
  /** Nothing passes from the first to the second. */
  | {
      readonly kind: "oneway"
      readonly atMs: number
      readonly durationMs: number
      readonly from: Targets
      readonly to: Targets
      readonly proto: "both" | "udp" | "tcp"
    }
  /** The process executes nothing (research: stall mode B). */
  | { readonly kind: "freeze"; readonly atMs: number; readonly durationMs: number; readonly agents: Targets }
  /** Datagrams are held both ways while timers run (research: stall mode A). */
  | { readonly kind: "hold"; readonly atMs: number; readonly durationMs: number; readonly agents: Targets }
  /** The machine is suspended: as `freeze`, and its monotonic clock stands still. */
  | { readonly kind: "suspend"; readonly atMs: number; readonly durationMs: number; readonly agents: Targets }
  /** Each event costs this much time. */
  | {
      readonly kind: "throttle"
      readonly atMs: number
      readonly durationMs: number
      readonly costUs: number
      readonly agents: Targets
    }
  | { readonly kind: "kill"; readonly atMs: number; readonly downMs?: number; readonly agents: Targets }
  | { readonly kind: "power"; readonly atMs: number; readonly downMs?: number; readonly agents: Targets }
  /** Off, and its disk is emptied. Not done where a group would lose its quorum for good. */
  | { readonly kind: "wipe"; readonly atMs: number; readonly downMs: number; readonly agents: Targets }
  /**
   * Off, back after `downMs`, and off again in the middle of the write that follows on `writes` others; back once more.
   */
  | {
      readonly kind: "torn"
      readonly atMs: number
      readonly downMs: number
      readonly writes: number
      readonly agents: Targets
    }
  /** Announced: the agent says that it will be back, ends, and is back. */
  | { readonly kind: "restart"; readonly atMs: number; readonly downMs: number; readonly agents: Targets }
  | { readonly kind: "leave"; readonly atMs: number; readonly downMs?: number; readonly agents: Targets }
  /** Every stream of these agents is reset while all live. */
  | { readonly kind: "reset"; readonly atMs: number; readonly agents: Targets }
  | {
      readonly kind: "disk"
      readonly atMs: number
      readonly durationMs: number
      readonly code: "ENOSPC" | "EIO" | "EROFS"
      readonly agents: Targets
    }
  | {
      readonly kind: "slowdisk"
      readonly atMs: number
      readonly durationMs: number
      readonly delayMs: number
      readonly agents: Targets
    }
  /** The wall clock jumps; nothing may notice. */
  | { readonly kind: "clock"; readonly atMs: number; readonly byMs: number; readonly agents: Targets }
  /** Not a fault but work: a member changes its tags. */
  | { readonly kind: "tags"; readonly atMs: number; readonly agents: Targets }
  | AppFault

/** What is done to applications; those that are killed are started again after `downMs`. */
export type AppFault =
  | { readonly kind: "app-kill"; readonly atMs: number; readonly downMs?: number; readonly apps: Targets }
  /** Executes nothing. */
  | { readonly kind: "app-stop"; readonly atMs: number; readonly durationMs: number; readonly apps: Targets }
  /** As `app-stop`, in the middle of its work: that is done, before anything else, when the loop goes on. */
  | { readonly kind: "app-wedge"; readonly atMs: number; readonly durationMs: number; readonly apps: Targets }

/** A torn write that does not come by then is given up. */
export const TORN_WAIT_MS = 10_000

/** What is done to agents, their machines and their network. */
export type FaultKind = Exclude<Fault["kind"], AppFault["kind"]>

export const FAULT_KINDS: readonly FaultKind[] = [
  "loss",
  "duplicate",
  "delay",
  "reorder",
  "corrupt",
  "mtu",
  "partition",
  "oneway",
  "freeze",
  "hold",
  "suspend",
  "throttle",
  "kill",
  "power",
  "torn",
  "wipe",
  "restart",
  "leave",
  "reset",
  "disk",
  "slowdisk",
  "clock",
  "tags",
]

/** Of runs with applications, beside all others. */
export const APP_FAULT_KINDS: readonly AppFault["kind"][] = ["app-kill", "app-stop", "app-wedge"]

/** Faults that only bytes can suffer. */
export const BYTE_FAULTS: ReadonlySet<Fault["kind"]> = new Set(["corrupt", "mtu"])

/** How a run founds a group that agrees, and what is asked of it. */
export interface GroupPlan {
  /** The agent that is told to found it. */
  readonly founder: number
  /** All agents are told to found it together instead, so many of them; absent = the founder does alone. */
  readonly together?: number
  /** Log bytes from which a snapshot is taken; 1 = after nearly every entry. */
  readonly snapshotBytes: number
  /** Entries that are kept behind a snapshot: few make whoever was away need one. */
  readonly keepEntries: number
  /** Sessions that send commands, and names that they contend for. */
  readonly clients: number
  readonly names: number
  /** Between two acts of one of these sessions, on the average; default 400. */
  readonly actMs?: number
  /** Kills somebody while the group changes, of so many changes in a thousand. */
  readonly strikePermille: number
  /**
   * Operations that must have been answered, beside all else that makes a run count; 0 or absent: it need not come to
   * anything.
   */
  readonly leastOps?: number
  /** Between two acts of whoever saves the state and brings it back, on the average; absent = nobody does. */
  readonly restoreMs?: number
  /** Between two acts of whoever took over a host that was let in, on the average; absent = nobody has. */
  readonly impostorMs?: number
  /** Between two looks of an operator who removes a host that is not alive, on the average; absent = nobody does. */
  readonly removeMs?: number
  readonly apps?: AppsPlan
}

/** Applications with the SDK's session core, each on some host. */
export interface AppsPlan {
  readonly count: number
  /** Names that they contend for. */
  readonly locks: number
  readonly elections: number
  /** So many in a thousand can be proven to be gone. */
  readonly provablePermille: number
  /** Between two acts of one of them, and the length of a hold, on the average. */
  readonly actMs: number
  readonly holdMs: number
  /** A command is sent again, by anybody and later, of so many in a thousand. */
  readonly duplicatePermille: number
  /** Kills the leader when it has committed something for an application, of so many entries in a thousand. */
  readonly replyStrikePermille: number
  /** Between two locks, leaderships or sessions that an operator takes back, on the average; absent = none does. */
  readonly revokeMs?: number
  /** Keys that they put, compare and delete; absent = they do nothing of the kind. */
  readonly keys?: number
  /** Pools that they fill and work on; absent = they have none. */
  readonly work?: WorkPlan
  /** What each of them watches, as many streams, while it reads what there is, fresh and stale; absent = nothing. */
  readonly watches?: number
  /** Ids that they join the one group under, and fence each other; absent = they name none. */
  readonly ids?: number
  /** As many open the one barrier; absent = nobody waits at one. */
  readonly parties?: number
  /** They change what the one semaphore holds, now and then. */
  readonly hasResizes?: boolean
  /** They give up within milliseconds of asking, hand leadership over again and again, and hear of things late. */
  readonly isHasty?: boolean
  /** Of each host, how much faster than true time its clocks go, in millionths. */
  readonly clockPpm: readonly number[]
}

/** A pool of tasks that are put one by one, and one of partitions, with the settings that both begin with. */
export interface WorkPlan {
  /** 0 = there is none. */
  readonly partitions: number
  readonly handoffTimeoutMs: number
  readonly restartGraceMs: number
  readonly maxAttempts: number
  /** Now and then somebody sets something else. */
  readonly isTuned?: boolean
}

/** Two agents that are one step apart hear each other. */
export type SealSteps = readonly [even: SealMode, odd: SealMode]

/** Everything that one run is: replaying it needs no generator, so old failures outlive changes of it. */
export interface Plan {
  readonly version: 1
  readonly seed: number
  readonly agents: number
  readonly mode: Mode
  readonly profile: Profile
  readonly codec: boolean
  /** How far on the way to sealed gossip agents with even and with odd numbers are; absent: it is open. */
  readonly seal?: SealSteps
  /** Agents boot within this time, in an order that the seed decides. */
  readonly bootMs: number
  /** The run without its calm end, which `calmMs` adds. */
  readonly activeMs: number
  /** Time after the last fault in which views must agree again. */
  readonly calmMs: number
  readonly restartGraceMs: number
  /** Agents that everybody is told to join; default 3. */
  readonly seeds?: number
  /** Only the first life of an agent is told them: later ones have what their disk remembers. */
  readonly joinOnce?: boolean
  readonly group?: GroupPlan
  readonly faults: readonly Fault[]
}

/** When the last of its effects is over. */
export function faultEndMs(fault: Fault): number {
  if (fault.kind === "duplicate") return fault.atMs + fault.durationMs + fault.withinMs
  if (fault.kind === "torn") return fault.atMs + 2 * fault.downMs + TORN_WAIT_MS
  if ("durationMs" in fault) return fault.atMs + fault.durationMs
  if ("downMs" in fault && fault.downMs !== undefined) return fault.atMs + fault.downMs
  return fault.atMs
}

export function planEndMs(plan: Plan): number {
  let end = plan.activeMs
  for (const fault of plan.faults) end = Math.max(end, faultEndMs(fault))
  return end + plan.calmMs
}

export function countFaults(faults: readonly Fault[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const fault of faults) counts[fault.kind] = (counts[fault.kind] ?? 0) + 1
  return counts
}
