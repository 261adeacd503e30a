import type { Addr, NodeId } from "@conclave/base"
import type { ClusterId } from "../ids.ts"

/** One try to found a cluster, in the name of one founder. */
export interface Attempt {
  /** Minted with the founder's record: a founder that lost it answers for none of the attempts before. */
  readonly line: string
  /** Grows with each attempt of a line: a new one begins when the one before it is aborted for good. */
  readonly number: number
}

/** What a host has promised: to found with nobody else until it knows what became of this attempt. */
export interface Pledge extends Attempt {
  readonly founder: NodeId
  /** As gossip told it then, for people and to find it again. */
  readonly name: string
  readonly addr: Addr
}

/** What must outlive a crash. That an attempt came true is not here: the host has a cluster then. */
export interface FoundingRecord {
  readonly line: string
  /** The last own attempt; 0 = none. All before it are aborted. */
  readonly number: number
  /** It is not aborted. A host promises nothing to others meanwhile. */
  readonly isOpen: boolean
  readonly pledge: Pledge | undefined
}

/** A living host that belongs to no cluster and waits to be one of those that found one. */
export interface Candidate {
  readonly id: NodeId
  readonly name: string
  readonly addr: Addr
  /** How many shall found together, as it was told. */
  readonly expects: number
  /** Whether it may vote, as who founds does first. */
  readonly wish: "auto" | "yes" | "never"
}

export type Ask =
  | ({ readonly kind: "propose"; readonly expects: number } & Attempt)
  /** What has become of an attempt: asked by who has promised. */
  | ({ readonly kind: "verdict" } & Attempt)

export type Answer =
  /** To a proposal: it is promised, and that is on disk. */
  | { readonly kind: "pledged" }
  /** Not now: it has promised another, founds itself, or has heard too little yet. */
  | { readonly kind: "busy" }
  /** It sees somebody who should found instead. */
  | { readonly kind: "outranked"; readonly by: string }
  /** It was told another number. */
  | { readonly kind: "differs"; readonly expects: number }
  /** To both: it belongs to a cluster, and so does the attempt where it is this host's. */
  | { readonly kind: "cluster"; readonly cluster: ClusterId }
  /** To the question what became of an attempt. `unknown`: its record was lost, and nobody can say. */
  | { readonly kind: "open" | "aborted" | "unknown" }

/** What came back: nothing, or that the founder has departed for good instead. */
export type Heard = Answer | { readonly kind: "nothing" | "departed" }

export type FoundingInput =
  | { readonly kind: "tick" }
  /** Other candidates, whenever they change; before the first this host promises nothing. */
  | { readonly kind: "view"; readonly others: readonly Candidate[] }
  | { readonly kind: "asked"; readonly call: number; readonly from: NodeId; readonly ask: Ask }
  | { readonly kind: "heard"; readonly from: NodeId; readonly ask: Ask; readonly heard: Heard }
  /** What became of the last write. */
  | { readonly kind: "persisted"; readonly isDurable: boolean }
  /** An operator has it founded here and now: from here on it promises nothing, whatever becomes of that. */
  | { readonly kind: "decree" }
  /** What was to be founded is not, and it is not known what the disk has of it. */
  | { readonly kind: "notFounded" }
  /** This host belongs to a cluster, and that is on disk. */
  | { readonly kind: "belongs"; readonly cluster: ClusterId }

export type FoundingEffect =
  /** Answered by `persisted`, in order. */
  | { readonly kind: "persist"; readonly record: FoundingRecord }
  | { readonly kind: "ask"; readonly to: NodeId; readonly ask: Ask }
  | { readonly kind: "answer"; readonly call: number; readonly answer: Answer }
  /** All have promised: answered by `belongs` or `notFounded`. */
  | { readonly kind: "found" }
  /** The founder says which cluster it was. */
  | { readonly kind: "adopt"; readonly cluster: ClusterId }
  | { readonly kind: "news"; readonly news: FoundingNews }

/** For logs, when it is on disk. */
export type FoundingNews =
  | { readonly kind: "proposed"; readonly members: readonly NodeId[] }
  | { readonly kind: "aborted"; readonly failure: Failure }
  | { readonly kind: "pledged"; readonly pledge: Pledge }
  | { readonly kind: "freed"; readonly pledge: Pledge; readonly why: "aborted" | "departed" }

/** Why an attempt was aborted. */
export interface Failure {
  readonly why: "late" | "refused" | "restarted"
  /** Who had not promised, and what each said last. */
  readonly missing: readonly { readonly id: NodeId; readonly heard: Heard }[]
}

export interface FoundingConfig {
  readonly self: Candidate
  /** So long the candidates must have been the same before one founds. */
  readonly settleMs: number
  /** An attempt without everybody's promise is aborted then. */
  readonly limitMs: number
  readonly askEveryMs: number
  /** How often the founder is asked what became of a promised attempt. */
  readonly verdictEveryMs: number
  /** Between attempts; doubles up to the limit. */
  readonly pauseMs: number
  readonly pauseMaxMs: number
  /** What the disk did not take is tried again. */
  readonly diskAgainMs: number
}

type Writing =
  | { readonly kind: "open"; readonly members: readonly NodeId[] }
  | { readonly kind: "abort"; readonly failure: Failure }
  | { readonly kind: "pledge"; readonly call: number; readonly pledge: Pledge }
  | { readonly kind: "free"; readonly pledge: Pledge; readonly why: "aborted" | "departed" }

/** Plain data, so that every state there can be can be written down and compared. */
export interface FoundingState {
  record: FoundingRecord
  /** What follows once the record is durable: nothing is said that relies on it before. */
  writing: Writing | undefined
  /** When the record is written again that the disk did not take. */
  rewriteMs: number
  /** By id; undefined = nobody has looked yet. */
  others: readonly Candidate[] | undefined
  othersSinceMs: number
  /** Of the own attempt that is open; undefined also where it is that of another life. */
  members: readonly NodeId[] | undefined
  pledged: readonly NodeId[]
  lastHeard: readonly { readonly id: NodeId; readonly heard: Heard }[]
  endMs: number
  askMs: number
  /** Everybody has promised, or an operator has decided: this is never taken back in this life. */
  isFounding: boolean
  foundMs: number
  failures: number
  failure: Failure | undefined
  pausedUntilMs: number
  /** Of the promised attempt. */
  verdictMs: number
  verdict: Heard["kind"] | undefined
  cluster: ClusterId | undefined
}
