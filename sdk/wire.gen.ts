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
  readonly term?: bigint | undefined
  readonly leader?: string | null | undefined
  readonly voters?: readonly string[] | undefined
  readonly learners?: readonly string[] | undefined
  readonly name?: string | undefined
  readonly item?: string | undefined
  readonly token?: bigint | undefined
  readonly app?: string | null | undefined
  readonly reason?: string | undefined
  readonly revoked?: {
    readonly by: string
    readonly reason: string
  } | undefined
  readonly tokens?: readonly bigint[] | undefined
  readonly leaderships?: number | undefined
  readonly items?: number | undefined
  readonly chain?: readonly ({
    readonly session: string
    readonly member: string
    readonly app: string | null
    readonly holds: readonly ({
      readonly kind: string
      readonly name: string
    })[]
    readonly token: bigint | null
    readonly waits: {
      readonly kind: string
      readonly name: string
    }
  })[] | undefined
}

export interface Contention {
  readonly grants: number
  readonly lost: number
  readonly asked: number
  readonly heldMs: {
    readonly sum: number
    readonly max: number
  }
  readonly waitedMs: {
    readonly sum: number
    readonly max: number
  }
  readonly letGoMs: {
    readonly sum: number
    readonly max: number
  }
  readonly waiters: {
    readonly sum: number
    readonly max: number
  }
}

export interface Entry {
  readonly key: string
  readonly value: unknown
  readonly modRev: bigint
  readonly createRev: bigint
}

export interface EntryWatchLine {
  readonly type: "view" | "change" | "progress"
  readonly rev: bigint
  readonly items?: readonly Entry[] | undefined
  readonly more?: boolean | undefined
  readonly reset?: boolean | undefined
  readonly changes?: readonly ({
    readonly type: "put" | "delete"
    readonly item: Entry
    readonly reason?: string | undefined
    readonly rev?: bigint | undefined
  })[] | undefined
}

export interface FormerHolder {
  readonly token: bigint
  readonly member: string
  readonly app: string | null
  readonly since: string
  readonly until: string
  readonly reason: string
  readonly revoked?: {
    readonly by: string
    readonly reason: string
  } | undefined
}

export interface Hold {
  readonly kind: "lock" | "election" | "semaphore" | "group" | "work"
  readonly name: string
  readonly rev: bigint
  readonly mode?: "exclusive" | "shared" | null | undefined
  readonly limit?: number | null | undefined
  readonly used?: number | undefined
  readonly holders: readonly Holder[]
  readonly waiters: readonly Waiter[]
  readonly config?: {
    readonly partitions: number
    readonly handoffTimeoutMs: number
    readonly restartGraceMs: number
    readonly spread: "none" | "host" | "zone"
    readonly maxAttempts: number
    readonly rev: bigint
  } | undefined
  readonly counts?: {
    readonly free: number
    readonly assigned: number
    readonly revoking: number
    readonly failed: number
  } | undefined
  readonly brake?: {
    readonly active: boolean
    readonly missing: number
  } | undefined
  readonly total?: {
    readonly holders: number
    readonly waiters: number
  } | undefined
  readonly history: readonly FormerHolder[]
  readonly contention: Contention
}

export interface HoldAssigned {
  readonly type: string
  readonly item: string
  readonly token: bigint
  readonly rev: bigint
  readonly payload: unknown
  readonly checkpoint: unknown
  readonly attempt: number
}

export interface HoldBeat {
  readonly type: "beat" | "jeopardy" | "safe"
  readonly validForMs: number
  readonly atBootMs: number
  readonly cause?: string | undefined
}

export type HoldEvent = HoldQueued | HoldGranted | HoldBeat | HoldRevoking | HoldLost | HoldAssigned | HoldSynced | HoldReleased

export interface HoldGranted {
  readonly type: string
  readonly token: bigint
  readonly rev: bigint
  readonly validForMs: number
  readonly id?: string | undefined
  readonly maxHoldLeftMs?: number | undefined
  readonly session?: string | undefined
  readonly secret?: string | undefined
  readonly atBootMs?: number | undefined
}

export interface HoldLost {
  readonly type: string
  readonly item?: string | undefined
  readonly token: bigint
  readonly reason: "expired" | "session-lost" | "revoked" | "max-hold" | "handoff-timeout" | "transferred" | "removed" | "fenced" | "closed" | "released"
}

export interface HoldQueued {
  readonly type: string
  readonly position: number
  readonly holders: readonly Holder[]
}

export interface HoldReleased {
  readonly type: string
  readonly rev: bigint
}

export interface HoldRevoking {
  readonly type: string
  readonly item?: string | undefined
  readonly token: bigint
  readonly by: string
  readonly reason: string
  readonly deadlineMs?: number | undefined
}

export interface HoldSynced {
  readonly type: string
  readonly rev: bigint
}

export interface HoldWatchLine {
  readonly type: "view" | "change" | "progress"
  readonly rev: bigint
  readonly items?: readonly Hold[] | undefined
  readonly more?: boolean | undefined
  readonly reset?: boolean | undefined
  readonly changes?: readonly ({
    readonly type: "put" | "delete"
    readonly item: Hold
    readonly reason?: string | undefined
    readonly rev?: bigint | undefined
  })[] | undefined
}

export interface Holder {
  readonly session: string
  readonly seq: number | null
  readonly member: string
  readonly app: string | null
  readonly pid: number | null
  readonly token: bigint
  readonly since: string
  readonly note: string | null
  readonly liveness: "heartbeat" | "connection"
  readonly weight?: number | undefined
  readonly value?: unknown | undefined
  readonly priority?: number | undefined
  readonly id?: string | undefined
  readonly ready?: boolean | undefined
  readonly capacity?: number | null | undefined
  readonly zone?: string | null | undefined
  readonly tags?: { readonly [key: string]: string } | undefined
  readonly used?: number | undefined
}

export interface HolderWatchLine {
  readonly type: "view" | "change" | "progress"
  readonly rev: bigint
  readonly items?: readonly Holder[] | undefined
  readonly more?: boolean | undefined
  readonly reset?: boolean | undefined
  readonly changes?: readonly ({
    readonly type: "put" | "delete"
    readonly item: Holder
    readonly reason?: string | undefined
    readonly rev?: bigint | undefined
  })[] | undefined
}

export interface ItemWatchLine {
  readonly type: "view" | "change" | "progress"
  readonly rev: bigint
  readonly items?: readonly WorkItem[] | undefined
  readonly more?: boolean | undefined
  readonly reset?: boolean | undefined
  readonly changes?: readonly ({
    readonly type: "put" | "delete"
    readonly item: WorkItem
    readonly reason?: string | undefined
    readonly rev?: bigint | undefined
  })[] | undefined
}

export interface Keyring {
  readonly items: readonly ({
    readonly fingerprint: string
    readonly primary: boolean
    readonly members: number
    readonly of: number
    readonly missing: readonly string[]
  })[]
  readonly failed: readonly ({
    readonly name: string
    readonly message: string
  })[]
  readonly phase?: "install" | "use" | "remove" | "done" | undefined
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

export interface RaftSeat {
  readonly name: string | null
  readonly id: string | null
  readonly addr: string | null
  readonly role: "leader" | "voter" | "learner"
  readonly up: boolean
  readonly matchIndex: bigint | null
  readonly lag: number | null
  readonly lastContactMs: number | null
}

export interface RaftStatus {
  readonly term: bigint
  readonly leader: string | null
  readonly commitIndex: bigint
  readonly appliedIndex: bigint
  readonly quorum: number
  readonly canLose: number
  readonly items: readonly RaftSeat[]
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

export interface Session {
  readonly id: string
  readonly member: string
  readonly app: string | null
  readonly pid: number | null
  readonly ttlMs: number
  readonly remainingMs: number
  readonly state: "attached" | "detached"
  readonly grants: readonly ({
    readonly kind: "lock" | "election" | "semaphore" | "group" | "work"
    readonly name: string
    readonly token: bigint
  })[]
  readonly waits: readonly ({
    readonly kind: "lock" | "election" | "semaphore" | "group" | "work" | "barrier"
    readonly name: string
  })[]
}

export interface Snapshot {
  readonly format: number
  readonly path: string
  readonly bytes: number
  readonly sha256: string
  readonly clusterId: string
  readonly index: bigint
  readonly term: bigint
  readonly rev: bigint
  readonly token: bigint
  readonly time: string
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

export interface Waiter {
  readonly session: string
  readonly seq: number | null
  readonly member: string
  readonly app: string | null
  readonly pid: number | null
  readonly since: string
  readonly position: number
  readonly note: string | null
  readonly weight?: number | undefined
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
    readonly rev?: bigint | undefined
  })[] | undefined
}

export interface WorkDecision {
  readonly rev: bigint
  readonly time: string
  readonly from: string | null
  readonly to: string | null
  readonly reason: string
}

export interface WorkItem {
  readonly item: string
  readonly state: "free" | "assigned" | "revoking" | "failed"
  readonly worker: string | null
  readonly target: string | null
  readonly token: bigint | null
  readonly attempt: number
  readonly weight: number
  readonly payload: unknown
  readonly pin: string | null
  readonly note: string | null
  readonly since: string
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
      readonly graceMs?: number | undefined
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
  readonly "hold.release": {
    readonly in: {
      readonly kind: string
      readonly name: string
      readonly token: bigint
    }
    readonly out: {
      readonly rev: bigint
      readonly released: boolean
    }
  }
  readonly "hold.list": {
    readonly in: {
      readonly kind: string
      readonly prefix?: string | undefined
      readonly stale?: boolean | "true" | "false" | undefined
    }
    readonly out: {
      readonly rev: bigint
      readonly items: readonly Hold[]
      readonly ageMs?: number | undefined
    }
  }
  readonly "hold.get": {
    readonly in: {
      readonly kind: string
      readonly name: string
      readonly stale?: boolean | "true" | "false" | undefined
    }
    readonly out: {
      readonly kind: "lock" | "election" | "semaphore" | "group" | "work"
      readonly name: string
      readonly rev: bigint
      readonly mode?: "exclusive" | "shared" | null | undefined
      readonly limit?: number | null | undefined
      readonly used?: number | undefined
      readonly holders: readonly Holder[]
      readonly waiters: readonly Waiter[]
      readonly config?: {
        readonly partitions: number
        readonly handoffTimeoutMs: number
        readonly restartGraceMs: number
        readonly spread: "none" | "host" | "zone"
        readonly maxAttempts: number
        readonly rev: bigint
      } | undefined
      readonly counts?: {
        readonly free: number
        readonly assigned: number
        readonly revoking: number
        readonly failed: number
      } | undefined
      readonly brake?: {
        readonly active: boolean
        readonly missing: number
      } | undefined
      readonly total?: {
        readonly holders: number
        readonly waiters: number
      } | undefined
      readonly history: readonly FormerHolder[]
      readonly contention: Contention
      readonly ageMs?: number | undefined
    }
  }
  readonly "hold.update": {
    readonly in: {
      readonly kind: string
      readonly name: string
      readonly token: bigint
      readonly note?: string | undefined
      readonly value?: unknown | undefined
      readonly ready?: boolean | undefined
    }
    readonly out: {
      readonly rev: bigint
    }
  }
  readonly "hold.transfer": {
    readonly in: {
      readonly name: string
      readonly token: bigint
      readonly to?: string | undefined
    }
    readonly out: {
      readonly rev: bigint
    }
  }
  readonly "semaphore.resize": {
    readonly in: {
      readonly name: string
      readonly limit: number
    }
    readonly out: {
      readonly rev: bigint
    }
  }
  readonly barrier: {
    readonly in: {
      readonly name: string
      readonly parties: number
      readonly waitMs?: number | undefined
    }
    readonly out: {
      readonly rev: bigint
      readonly generation: bigint
      readonly index: number
    }
  }
  readonly revoke: {
    readonly in: {
      readonly kind: string
      readonly name: string
      readonly token?: bigint | undefined
      readonly graceMs: number
      readonly reason: string
    }
    readonly out: {
      readonly rev: bigint
      readonly revoked: readonly bigint[]
    }
  }
  readonly "sessions.list": {
    readonly in: {
      readonly stale?: boolean | "true" | "false" | undefined
    }
    readonly out: {
      readonly rev: bigint
      readonly items: readonly Session[]
      readonly ageMs?: number | undefined
    }
  }
  readonly "sessions.get": {
    readonly in: {
      readonly id: string
      readonly stale?: boolean | "true" | "false" | undefined
    }
    readonly out: {
      readonly id: string
      readonly member: string
      readonly app: string | null
      readonly pid: number | null
      readonly ttlMs: number
      readonly remainingMs: number
      readonly state: "attached" | "detached"
      readonly grants: readonly ({
        readonly kind: "lock" | "election" | "semaphore" | "group" | "work"
        readonly name: string
        readonly token: bigint
      })[]
      readonly waits: readonly ({
        readonly kind: "lock" | "election" | "semaphore" | "group" | "work" | "barrier"
        readonly name: string
      })[]
      readonly rev: bigint
      readonly ageMs?: number | undefined
    }
  }
  readonly "kv.get": {
    readonly in: {
      readonly key: string
      readonly stale?: boolean | "true" | "false" | undefined
    }
    readonly out: {
      readonly key: string
      readonly value: unknown
      readonly modRev: bigint
      readonly createRev: bigint
      readonly rev: bigint
      readonly ageMs?: number | undefined
    }
  }
  readonly "kv.list": {
    readonly in: {
      readonly prefix?: string | undefined
      readonly stale?: boolean | "true" | "false" | undefined
    }
    readonly out: {
      readonly rev: bigint
      readonly items: readonly Entry[]
      readonly ageMs?: number | undefined
    }
  }
  readonly "kv.put": {
    readonly in: {
      readonly key: string
      readonly value: unknown
      readonly ifRev?: bigint | undefined
      readonly guard?: {
        readonly kind: string
        readonly name: string
        readonly token: bigint
      } | undefined
    }
    readonly out: {
      readonly rev: bigint
    }
  }
  readonly "kv.delete": {
    readonly in: {
      readonly key: string
      readonly ifRev?: bigint | undefined
      readonly guard?: {
        readonly kind: string
        readonly name: string
        readonly token: bigint
      } | undefined
    }
    readonly out: {
      readonly rev: bigint
      readonly deleted: boolean
    }
  }
  readonly "work.configure": {
    readonly in: {
      readonly name: string
      readonly partitions?: number | undefined
      readonly handoffTimeoutMs?: number | undefined
      readonly restartGraceMs?: number | undefined
      readonly spread?: "none" | "host" | "zone" | undefined
      readonly maxAttempts?: number | undefined
      readonly ifRev?: bigint | undefined
    }
    readonly out: {
      readonly rev: bigint
    }
  }
  readonly "work.items": {
    readonly in: {
      readonly name: string
      readonly stale?: boolean | "true" | "false" | undefined
    }
    readonly out: {
      readonly rev: bigint
      readonly items: readonly WorkItem[]
      readonly ageMs?: number | undefined
    }
  }
  readonly "work.put": {
    readonly in: {
      readonly name: string
      readonly item: string
      readonly payload?: unknown | undefined
      readonly weight?: number | undefined
      readonly pin?: string | undefined
    }
    readonly out: {
      readonly rev: bigint
    }
  }
  readonly "work.remove": {
    readonly in: {
      readonly name: string
      readonly item: string
    }
    readonly out: {
      readonly rev: bigint
      readonly removed: boolean
    }
  }
  readonly "work.retry": {
    readonly in: {
      readonly name: string
      readonly item: string
    }
    readonly out: {
      readonly rev: bigint
    }
  }
  readonly "work.settle": {
    readonly in: {
      readonly name: string
      readonly item: string
      readonly token: bigint
      readonly result: "done" | "released" | "failed"
      readonly message?: string | undefined
    }
    readonly out: {
      readonly rev: bigint
    }
  }
  readonly "work.checkpoint": {
    readonly in: {
      readonly name: string
      readonly item: string
      readonly token: bigint
      readonly value: unknown
    }
    readonly out: {
      readonly rev: bigint
    }
  }
  readonly "work.explain": {
    readonly in: {
      readonly name: string
      readonly item: string
      readonly stale?: boolean | "true" | "false" | undefined
    }
    readonly out: {
      readonly rev: bigint
      readonly items: readonly WorkDecision[]
      readonly waits: string | null
      readonly ageMs?: number | undefined
    }
  }
  readonly "raft.status": {
    readonly in: { readonly [key: string]: never }
    readonly out: RaftStatus
  }
  readonly "raft.bootstrap": {
    readonly in: { readonly [key: string]: never }
    readonly out: RaftStatus
  }
  readonly "raft.transfer": {
    readonly in: {
      readonly to?: string | undefined
    }
    readonly out: RaftStatus
  }
  readonly "raft.add": {
    readonly in: {
      readonly name: string
      readonly force?: boolean | "true" | "false" | undefined
    }
    readonly out: RaftStatus
  }
  readonly "raft.remove": {
    readonly in: {
      readonly name: string
      readonly force?: boolean | "true" | "false" | undefined
    }
    readonly out: RaftStatus
  }
  readonly keyring: {
    readonly in: {
      readonly verb?: "list" | "install" | "use" | "remove" | "rotate" | undefined
      readonly fingerprint?: string | undefined
      readonly key?: string | undefined
    }
    readonly out: Keyring
  }
}

/** Input of every stream, and what its lines are. */
export interface Streams {
  readonly events: {
    readonly in: {
      readonly since?: string | undefined
      readonly kind?: string | undefined
      readonly follow?: boolean | "true" | "false" | undefined
    }
    readonly out: AgentEvent
  }
  readonly watch: {
    readonly in: {
      readonly kind: string
      readonly name?: string | undefined
      readonly prefix?: string | undefined
      readonly by?: "holder" | undefined
      readonly from?: bigint | undefined
    }
    readonly out: WatchLine | HoldWatchLine | HolderWatchLine | EntryWatchLine | ItemWatchLine
  }
  readonly hold: {
    readonly in: {
      readonly kind: string
      readonly name: string
      readonly waitMs?: number | undefined
      readonly ttlMs?: number | undefined
      readonly note?: string | undefined
      readonly maxHoldMs?: number | undefined
      readonly names?: readonly string[] | undefined
      readonly mode?: "exclusive" | "shared" | undefined
      readonly lockDelayMs?: number | undefined
      readonly limit?: number | undefined
      readonly weight?: number | undefined
      readonly value?: unknown | undefined
      readonly priority?: number | undefined
      readonly id?: string | undefined
      readonly ready?: boolean | undefined
      readonly capacity?: number | undefined
      readonly zone?: string | undefined
      readonly tags?: { readonly [key: string]: string } | undefined
    }
    readonly out: HoldEvent
  }
}

/** Operations that frames alone carry. */
export interface FramedOps {
  readonly "session.open": {
    readonly in: {
      readonly ttlMs?: number | undefined
      readonly label?: string | undefined
    }
    readonly out: {
      readonly id: string
      readonly secret: string
      readonly validForMs: number
      readonly heartbeatMs: number
      readonly rev: bigint
    }
  }
  readonly "session.attach": {
    readonly in: {
      readonly id: string
      readonly secret: string
    }
    readonly out: {
      readonly validForMs: number
      readonly heartbeatMs: number
      readonly rev: bigint
    }
  }
  readonly "session.bind": {
    readonly in: {
      readonly processGroup: number
    }
    readonly out: { readonly [key: string]: never }
  }
  readonly "session.unbind": {
    readonly in: {
      readonly processGroup: number
    }
    readonly out: { readonly [key: string]: never }
  }
  readonly "session.close": {
    readonly in: { readonly [key: string]: never }
    readonly out: {
      readonly rev: bigint
    }
  }
  readonly heartbeat: {
    readonly in: { readonly [key: string]: never }
    readonly out: {
      readonly validForMs: number
      readonly rev: bigint
    }
  }
}

/** Operations that change nothing, and their paths over HTTP. */
export const READ_PATHS: Readonly<Record<string, string>> = {
  status: "/v1/status",
  "members.list": "/v1/members",
  "members.get": "/v1/members/{name}",
  "config.show": "/v1/config",
  "hold.list": "/v1/hold/{kind}",
  "hold.get": "/v1/hold/{kind}/{name}",
  "sessions.list": "/v1/sessions",
  "sessions.get": "/v1/sessions/{id}",
  "kv.get": "/v1/kv/{key}",
  "kv.list": "/v1/kv",
  "work.items": "/v1/work/{name}/items",
  "work.explain": "/v1/work/{name}/items/{item}/explain",
  "raft.status": "/v1/raft",
}

/** Where 64-bit numbers are in an output: "u64", a list, or fields. */

export type Shape = "u64" | readonly [Shape] | { readonly [key: string]: Shape }

export const U64_SHAPES: Readonly<Record<string, Shape>> = {
  status: { raft: { term: "u64", commitIndex: "u64", appliedIndex: "u64" } },
  "members.list": { version: "u64", items: [{ generation: "u64", incarnation: "u64" }] },
  "members.get": { generation: "u64", incarnation: "u64" },
  events: { seq: "u64", term: "u64", token: "u64", tokens: ["u64"], chain: [{ token: "u64" }] },
  watch: { rev: "u64", items: [{ generation: "u64", incarnation: "u64", rev: "u64", holders: [{ token: "u64" }], config: { rev: "u64" }, history: [{ token: "u64" }], token: "u64", modRev: "u64", createRev: "u64" }], changes: [{ item: { generation: "u64", incarnation: "u64", rev: "u64", holders: [{ token: "u64" }], config: { rev: "u64" }, history: [{ token: "u64" }], token: "u64", modRev: "u64", createRev: "u64" }, rev: "u64" }] },
  hold: { holders: [{ token: "u64" }], token: "u64", rev: "u64" },
  "hold.release": { rev: "u64" },
  "hold.list": { rev: "u64", items: [{ rev: "u64", holders: [{ token: "u64" }], config: { rev: "u64" }, history: [{ token: "u64" }] }] },
  "hold.get": { rev: "u64", holders: [{ token: "u64" }], config: { rev: "u64" }, history: [{ token: "u64" }] },
  "hold.update": { rev: "u64" },
  "hold.transfer": { rev: "u64" },
  "semaphore.resize": { rev: "u64" },
  barrier: { rev: "u64", generation: "u64" },
  revoke: { rev: "u64", revoked: ["u64"] },
  "sessions.list": { rev: "u64", items: [{ grants: [{ token: "u64" }] }] },
  "sessions.get": { grants: [{ token: "u64" }], rev: "u64" },
  "kv.get": { modRev: "u64", createRev: "u64", rev: "u64" },
  "kv.list": { rev: "u64", items: [{ modRev: "u64", createRev: "u64" }] },
  "kv.put": { rev: "u64" },
  "kv.delete": { rev: "u64" },
  "work.configure": { rev: "u64" },
  "work.items": { rev: "u64", items: [{ token: "u64" }] },
  "work.put": { rev: "u64" },
  "work.remove": { rev: "u64" },
  "work.retry": { rev: "u64" },
  "work.settle": { rev: "u64" },
  "work.checkpoint": { rev: "u64" },
  "work.explain": { rev: "u64", items: [{ rev: "u64" }] },
  "raft.status": { term: "u64", commitIndex: "u64", appliedIndex: "u64", items: [{ matchIndex: "u64" }] },
  "raft.bootstrap": { term: "u64", commitIndex: "u64", appliedIndex: "u64", items: [{ matchIndex: "u64" }] },
  "raft.transfer": { term: "u64", commitIndex: "u64", appliedIndex: "u64", items: [{ matchIndex: "u64" }] },
  "raft.add": { term: "u64", commitIndex: "u64", appliedIndex: "u64", items: [{ matchIndex: "u64" }] },
  "raft.remove": { term: "u64", commitIndex: "u64", appliedIndex: "u64", items: [{ matchIndex: "u64" }] },
  "snapshot.save": { index: "u64", term: "u64", rev: "u64", token: "u64" },
  "snapshot.restore": { index: "u64", term: "u64", rev: "u64", token: "u64" },
  "session.open": { rev: "u64" },
  "session.attach": { rev: "u64" },
  "session.close": { rev: "u64" },
  heartbeat: { rev: "u64" },
}
