/**
 * What a load program is told, one line of JSON on its stdin, and what it answers on its stdout. It plays the
 * applications of one server: of ours `bench/load/main.ts` over the SDK, of a peer a program over that peer's own
 * client. Both keep the same rules, so that a bench need not know whom it measures. Times are CLOCK_MONOTONIC, which
 * all processes share, in ns as text.
 */
export type Order =
  /** So many sessions are open from then on, each with a connection of its own; a stretch uses the first of them. */
  | { readonly do: "open"; readonly count: number; readonly ttlMs: number }
  /**
   * `workers` that take and give back locks of their own, one pair after the other, from `warmUpMs` before the window
   * to its end; shared out over the sessions.
   */
  | ({ readonly do: "pairs"; readonly workers: number } & Stretch)
  /** Every session stands for one lock, gives it back as soon as it has it, and stands again. */
  | ({ readonly do: "handoff" } & Stretch)
  /**
   * `workers` that put `bytes` of text under keys of their own, one put after the other; with `everyMs` each begins one
   * in so many ms, and one that is late begins at once. The text begins with the time at which it was sent.
   */
  | ({ readonly do: "puts"; readonly workers: number; readonly bytes: number; readonly everyMs: number } & Stretch)
  /**
   * So many watches of this prefix from then on, shared out over the first sessions; answered when each has its first
   * view.
   */
  | { readonly do: "watch"; readonly name: string; readonly sessions: number; readonly watchers: number }
  /** What those watches were told since they were last asked. */
  | { readonly do: "told" }
  /** The first session works in this pool from now on, and does nothing with what it has. */
  | { readonly do: "work"; readonly name: string }
  /** What it has been given and has handed back since then. */
  | { readonly do: "shares" }
  /** Hands back all that it has; answered when that is done. */
  | { readonly do: "drain" }
  /** The first session takes a lock and keeps it; answered when it is granted. */
  | { readonly do: "hold"; readonly name: string }
  /**
   * Every session stands for election, resigns after `termMs` as leader, and stands again; the first one observes, too.
   * Answered when the time is over.
   */
  | ({ readonly do: "elect"; readonly termMs: number } & Stretch)
  /** The first session takes `count` locks and keeps them until `settle`. */
  | { readonly do: "keep"; readonly name: string; readonly count: number }
  /** From now on a write begins every `everyMs`, whatever became of those before it. */
  | { readonly do: "write"; readonly name: string; readonly everyMs: number }
  /** Answered when a write that began at `ns` or later is acknowledged. */
  | { readonly do: "firstAfter"; readonly ns: string }
  /** Ends the writing, waits for what is under way, and reads back from a quorum what was acknowledged. */
  | { readonly do: "settle" }

/** What goes on for a while on a name. */
export interface Stretch {
  readonly name: string
  readonly sessions: number
  readonly warmUpMs: number
  readonly ms: number
}

/** Answers carry the `id` of their order. */
export interface PairsAnswer {
  /** Of each pair begun and ended in the window, in order. */
  readonly acquireMs: readonly number[]
  readonly releaseMs: readonly number[]
}

export interface PutsAnswer {
  /** Of each put begun and ended in the window. */
  readonly putMs: readonly number[]
}

export interface ToldAnswer {
  /** Changes that each watch was told. */
  readonly changes: readonly number[]
  /** Watches that had lost count and were given a new view. */
  readonly resets: number
  /** From the sending of a put until the first of the watches was told. */
  readonly toldMs: readonly number[]
}

export interface HandoffAnswer {
  readonly grants: readonly Grant[]
}

/** A grant of the window, given back at once. */
export interface Grant {
  readonly token: string
  readonly session: number
  readonly waitMs: number
  readonly atNs: string
}

/** When it asked to join. */
export interface WorkAnswer {
  readonly atNs: string
}

export interface SharesAnswer {
  readonly steps: readonly ShareStep[]
}

/** An item comes to a worker, or the worker does nothing more with it. */
export interface ShareStep {
  readonly kind: "has" | "gives"
  readonly item: string
  readonly token: string
  readonly atNs: string
}

/** The lock is held until the program ends. */
export interface HoldAnswer {
  readonly token: string
  readonly atNs: string
}

export interface ElectAnswer {
  readonly steps: readonly ElectionStep[]
}

/** `value` names a leader's term, and is what observers see of it. */
export interface ElectionStep {
  readonly kind: "leads" | "resigns" | "observed"
  readonly value: string
  readonly atNs: string
}

/** When a write was begun and when it was acknowledged. */
export interface Ack {
  readonly sentNs: string
  readonly doneNs: string
}

export interface SettleAnswer {
  readonly acks: readonly Ack[]
  /** Acknowledged, and not there. */
  readonly missing: number
  /** Of the locks of `keep`: no longer held. */
  readonly lostGrants: number
}
