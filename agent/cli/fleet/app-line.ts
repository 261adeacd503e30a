/**
 * What an application of a fleet tells, a line of JSON each; times are CLOCK_MONOTONIC, which all processes share, in
 * ns.
 */
export type AppLine = HoldTold | ItemTold

/** Of a lock, or of its place among the workers of a pool. */
export type HoldTold = {
  readonly kind: "lock" | "work"
  readonly op: number
  readonly name: string
  readonly t: string
} & (
  | {
      /** Its first frame is about to be sent: `in` is what it says. */
      readonly event: "asked"
      readonly session: string | null
      readonly seq: number
      readonly in: Readonly<Record<string, unknown>>
    }
  | { readonly event: "granted"; readonly token: string; readonly rev: string; readonly until: string }
  /** It believed in its grant up to `t`. */
  | { readonly event: "lost"; readonly token: string; readonly reason: string }
  /** Given back of its own will at `t`; `done` is when the cluster had agreed, or nobody waited any longer. */
  | { readonly event: "released"; readonly token: string; readonly done: string; readonly end: ReleaseEnd }
  /** Of one that was never asked, or never granted. */
  | { readonly event: "failed"; readonly code: string; readonly outcome: string }
)

/** Of an item of work; `op` of an assignment and its end is that of the worker's hold, else that of the call. */
export type ItemTold = {
  readonly kind: "item"
  readonly op: number
  readonly name: string
  readonly t: string
  readonly item: string
  readonly token: string
} & (
  | {
      readonly event: "assigned"
      readonly rev: string
      readonly attempt: number
      /** The token under which the item was worked on last, as that worker kept it; null = nobody did. */
      readonly checkpoint: string | null
      readonly until: string
    }
  /** It believed to have it up to `t`; null = it hands it back because it was asked to. */
  | { readonly event: "dropped"; readonly reason: string | null }
  | {
      readonly event: "called"
      readonly f: ItemCall
      readonly session: string | null
      readonly seq: number
      readonly in: Readonly<Record<string, unknown>>
    }
  | { readonly event: "answered"; readonly f: ItemCall; readonly rev: string }
)

export type ItemCall = "work.settle" | "work.checkpoint"

/** `rev`: committed there; otherwise why nobody knows, or that there was nothing left to give back. */
export type ReleaseEnd = { readonly rev: string } | { readonly code: string; readonly outcome: string }
