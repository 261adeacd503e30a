/** What an application of a fleet tells, a line of JSON each; times are CLOCK_MONOTONIC, which all processes share, in ns. */
export type AppLine = { readonly op: number; readonly name: string; readonly t: string } & (
  | { readonly event: "asked" }
  | { readonly event: "granted"; readonly token: string; readonly session: string | null; readonly until: string }
  /** It believed in its grant up to `t`. */
  | { readonly event: "lost"; readonly token: string; readonly reason: string }
  /** Given back of its own will at `t`; the cluster had agreed at `done`. */
  | { readonly event: "released"; readonly token: string; readonly session: string | null; readonly done: string }
  | { readonly event: "failed"; readonly code: string; readonly outcome: string }
)
