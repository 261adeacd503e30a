import type { Addr, Generation, NodeId } from "@conclave/base"
import type { RaftConfig } from "@conclave/consensus"
import type { Profile, RecordFields, Seat, SwimConfig } from "@conclave/swim"
import type { ConfigItem, Warning } from "./api/view.ts"

/** What an agent is told at its start. */
export interface HostConfig {
  readonly id: NodeId
  readonly name: string
  /** The address that others reach this agent at. */
  readonly addr: Addr
  readonly cluster: string
  /** `host` or `host:port`, as configured; resolved anew until one has answered. */
  readonly join: readonly string[]
  readonly profile: Profile
  readonly swim: SwimConfig
  readonly tags: Readonly<Record<string, string>>
  readonly zone: string
  readonly version: string
  readonly restartGraceMs: number
  /** Whether this host may vote. */
  readonly voter: Seat["wish"]
  readonly raft: RaftConfig
  /** Absent: 1 MiB. */
  readonly snapshotBytesMin?: number
  /** A session's time to live where its application names none; absent: the profile's. */
  readonly sessionTtlMs?: number
  /** Found a cluster at the start, unless there is one. */
  readonly bootstrap: boolean
  /** Found a cluster with others that were told the same, so many together; absent: it waits for none. */
  readonly bootstrapExpect?: number | undefined
  readonly faultInjection: boolean
  readonly items: readonly ConfigItem[]
  readonly warnings: readonly Warning[]
}

/** Why an agent must end by itself, with its exit code. */
export interface Fatal {
  readonly exitCode: number
  /** For programs. */
  readonly reason: "name-taken" | "key-taken"
  readonly message: string
  /** What to do about it. */
  readonly hint: string
}

const PROTOCOL = 1

/** How this member describes itself at its start. */
export function ownRecord({ id, name, addr, tags, zone, version }: HostConfig, generation: Generation): RecordFields {
  return {
    id,
    name,
    addr,
    generation,
    incarnation: 0 as RecordFields["incarnation"],
    tags,
    zone,
    version,
    protocolMin: PROTOCOL,
    protocolMax: PROTOCOL,
    health: 0,
    restartingForMs: 0,
  }
}
