import type { ProcessClaim } from "../ports.ts"
import type { Feed } from "./feed.ts"
import type { Principal } from "./principal.ts"
import type { Problem } from "./problem.ts"
import type { FramedInput, FramedName, FramedOutput, OpInput, OpName, OpOutput } from "./schema.ts"

/** Operations with one answer that need the replicated state. */
export type CoordinatedName = Extract<
  OpName,
  `hold.${string}` | "semaphore.resize" | "revoke" | `sessions.${string}` | KvName | WorkName
>
export type KvName = Extract<OpName, `kv.${string}`>
export type WorkName = Extract<OpName, `work.${string}`>

/** Who asks, and what was promised to it before. */
export interface Caller {
  /** Which socket it came by: what it may do follows from that alone. */
  readonly principal: Principal
  /** How long reaching a quorum may take. */
  readonly timeoutMs: number
  /** The latest revision that the client was told of, on this connection: nothing older is ever shown to it. */
  readonly seen: Seen
  /** In frames the connection, over HTTP the header `Conclave-Session`, if any. */
  readonly speaker: SessionLink | string | undefined
  /** In frames: the session's number of the request. */
  readonly seq: number | undefined
  /** In frames: the client has the answers to all requests of lower numbers for good. 0 = it does not say. */
  readonly floor: number
}

export interface Seen {
  rev: number
}

/** What a framed client said of itself. */
export interface Hello {
  readonly app: string
  readonly process: ProcessClaim | undefined
}

/** The session of one framed connection. */
export interface SessionLink {
  readonly answer: <Name extends FramedName>(
    op: Name,
    input: FramedInput<Name>,
    caller: Caller,
    done: (result: FramedOutput<Name> | Problem) => void,
  ) => void
  /** The connection is gone. */
  readonly close: () => void
}

export interface WatchQuery {
  readonly kind: string
  readonly by: "holder" | undefined
  readonly name: string | undefined
  readonly prefix: string | undefined
  readonly from: string | undefined
}

/** Sessions and what they hold, as the API asks of the agent. */
export interface Coordination {
  /** A session's time to live where its application names none. */
  readonly ttlMs: number
  /** Of this agent: sessions whose applications talk to it, and their grants. */
  readonly counts: { readonly sessions: number; readonly grants: number }
  readonly answer: <Name extends CoordinatedName>(
    op: Name,
    input: OpInput<Name>,
    caller: Caller,
    done: (result: OpOutput<Name> | Problem) => void,
  ) => void
  readonly hold: (input: OpInput<"hold">, caller: Caller, onReadable: () => void) => Feed | Problem
  /** Its last word is the answer. */
  readonly barrier: (input: OpInput<"barrier">, caller: Caller, onReadable: () => void) => Feed | Problem
  readonly watch: (query: WatchQuery, caller: Caller, onReadable: () => void) => Feed | Problem
  readonly connect: (hello: Hello) => SessionLink
}
