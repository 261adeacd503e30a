// Generated from the agent's schema (agent/api/schema.ts); do not edit.

export interface Accusation {
  readonly time: string
  readonly by: string
  readonly path: "direct" | "indirect" | "tcp" | "link"
  readonly rttMs: number | null
  readonly accuserHealth: number
}

export interface AgentEvent {
  readonly seq: bigint
  readonly time: string
  readonly kind: string
  readonly member?: string | undefined
  readonly by?: readonly string[] | undefined
  readonly suspectMs?: number | undefined
}

export interface Member {
  readonly name: string
  readonly id: string
  readonly addr: string
  readonly status: "alive" | "suspect" | "dead" | "left"
  readonly since: string
  readonly restartingUntil: string | null
  readonly self: boolean
  readonly generation: bigint
  readonly incarnation: bigint
  readonly raft: "voter" | "learner" | "none"
  readonly rttMs: number | null
  readonly zone: string | null
  readonly tags: { readonly [key: string]: string }
  readonly version: string
  readonly protocol: readonly [number, number]
  readonly health: readonly ("loop" | "cpu" | "disk" | "socket")[]
}

export interface Quantiles {
  readonly count: number
  readonly min: number
  readonly mean: number
  readonly p50: number
  readonly p90: number
  readonly p99: number
  readonly max: number
}

export interface RaftSummary {
  readonly role: "leader" | "follower" | "learner" | "none"
  readonly leader: string | null
  readonly term: bigint
  readonly commitIndex: bigint
  readonly appliedIndex: bigint
  readonly voters: number
  readonly votersUp: number
  readonly canLose: number
}

export interface Status {
  readonly name: string
  readonly id: string
  readonly addr: string
  readonly cluster: string
  readonly clusterId: string | null
  readonly version: string
  readonly profile: "local" | "lan" | "wan"
  readonly uptimeMs: number
  readonly ready: boolean
  readonly encrypted: boolean
  readonly members: {
    readonly alive: number
    readonly suspect: number
    readonly dead: number
    readonly left: number
  }
  readonly localHealth: number
  readonly raft: RaftSummary | null
  readonly sessions: number
  readonly grants: number
  readonly warnings: readonly ({
    readonly code: string
    readonly message: string
    readonly hint: string
  })[]
}

export interface WatchLine {
  readonly type: "view" | "change" | "progress"
  readonly rev: bigint
  readonly items?: readonly Member[] | undefined
  readonly more?: boolean | undefined
  readonly reset?: boolean | undefined
  readonly changes?: readonly ({
    readonly type: "put" | "delete"
    readonly item: Member
    readonly reason?: string | undefined
  })[] | undefined
}

/** Input and output of every operation that has one answer. */
export interface Ops {
  readonly status: {
    readonly in: { readonly [key: string]: never }
    readonly out: Status
  }
  readonly "members.list": {
    readonly in: {
      readonly status?: string | readonly string[] | undefined
      readonly tag?: string | readonly string[] | undefined
    }
    readonly out: {
      readonly version: bigint
      readonly items: readonly Member[]
    }
  }
  readonly "members.get": {
    readonly in: {
      readonly name: string
    }
    readonly out: {
      readonly name: string
      readonly id: string
      readonly addr: string
      readonly status: "alive" | "suspect" | "dead" | "left"
      readonly since: string
      readonly restartingUntil: string | null
      readonly self: boolean
      readonly generation: bigint
      readonly incarnation: bigint
      readonly raft: "voter" | "learner" | "none"
      readonly rttMs: number | null
      readonly zone: string | null
      readonly tags: { readonly [key: string]: string }
      readonly version: string
      readonly protocol: readonly [number, number]
      readonly health: readonly ("loop" | "cpu" | "disk" | "socket")[]
      readonly accusations: readonly Accusation[]
    }
  }
  readonly ping: {
    readonly in: {
      readonly name: string
      readonly count?: number | undefined
    }
    readonly out: {
      readonly name: string
      readonly items: readonly ({
        readonly path: string
        readonly sent: number
        readonly received: number
        readonly rttMs: Quantiles | null
      })[]
    }
  }
  readonly join: {
    readonly in: {
      readonly addrs: readonly string[]
    }
    readonly out: {
      readonly joined: readonly string[]
      readonly failed: readonly ({
        readonly addr: string
        readonly message: string
      })[]
    }
  }
  readonly leave: {
    readonly in: {
      readonly name?: string | undefined
      readonly prune?: boolean | undefined
      readonly force?: boolean | undefined
    }
    readonly out: {
      readonly left: string
      readonly seat: "moved" | "kept" | "none"
    }
  }
  readonly faults: {
    readonly in: {
      readonly drop: readonly string[]
      readonly in?: boolean | undefined
      readonly out?: boolean | undefined
    }
    readonly out: {
      readonly drop: readonly string[]
      readonly in: boolean
      readonly out: boolean
    }
  }
  readonly "config.show": {
    readonly in: { readonly [key: string]: never }
    readonly out: {
      readonly items: readonly ({
        readonly key: string
        readonly value: unknown
        readonly origin: string
      })[]
    }
  }
}

/** Operations that change nothing, and their paths over HTTP. */
export const READ_PATHS: Readonly<Record<string, string>> = {
  status: "/v1/status",
  "members.list": "/v1/members",
  "members.get": "/v1/members/{name}",
  "config.show": "/v1/config",
}

/** Where 64-bit numbers are in an output: "u64", a list, or fields. */

export type Shape = "u64" | readonly [Shape] | { readonly [key: string]: Shape }

export const U64_SHAPES: Readonly<Record<string, Shape>> = {
  status: { raft: { term: "u64", commitIndex: "u64", appliedIndex: "u64" } },
  "members.list": { version: "u64", items: [{ generation: "u64", incarnation: "u64" }] },
  "members.get": { generation: "u64", incarnation: "u64" },
  events: { seq: "u64" },
  watch: { rev: "u64", items: [{ generation: "u64", incarnation: "u64" }], changes: [{ item: { generation: "u64", incarnation: "u64" } }] },
}
