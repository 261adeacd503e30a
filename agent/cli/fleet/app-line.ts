/** What an application of a fleet tells, a line of JSON each; times are CLOCK_MONOTONIC, which all processes share, in ns. */
export type AppLine = { readonly op: number; readonly name: string; readonly t: string } & (
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

/** `rev`: committed there; otherwise why nobody knows, or that there was nothing left to give back. */
export type ReleaseEnd = { readonly rev: string } | { readonly code: string; readonly outcome: string }
