/** Up to when a command may run, on the boot clock, in ms: both processes read the same one. */
export interface Limits {
  /** It is asked to end. */
  readonly termMs: number
  /** It is killed, in time to be gone before somebody else may act. */
  readonly killMs: number
}

/** What is to be run. */
export interface Launch {
  readonly command: readonly string[]
  readonly env: Readonly<Record<string, string | undefined>>
  /** What it reads; undefined = whatever its holder would read. */
  readonly stdin?: string | undefined
}

/** What the holder tells its keeper of one of its commands, each under a number that is never used twice. */
export type Order = { readonly id: number } & (
  | ({ readonly kind: "start"; readonly limits: Limits } & Launch)
  /** The grant was renewed, or is to end. */
  | { readonly kind: "limits"; readonly limits: Limits }
  | { readonly kind: "signal"; readonly signal: NodeJS.Signals }
  /** The grant is asked for: the command may finish in its own way. */
  | { readonly kind: "ask" }
  /** The grant is over. */
  | { readonly kind: "kill" }
)

/** What the keeper tells its holder of it. */
export type Report =
  | { readonly kind: "started"; readonly processGroup: number }
  | { readonly kind: "failed"; readonly code: string; readonly message: string }
  /** Its time is nearly over: it was told to end. */
  | { readonly kind: "stopping" }
  /** The command, and with it all of its group. */
  | {
      readonly kind: "ended"
      readonly code: number | null
      readonly signal: NodeJS.Signals | null
      /** What the keeper did to it because of its limits, or because the grant was asked for. */
      readonly stop: "term" | "kill" | null
    }

export type Ended = Report & { readonly kind: "ended" }
export type Begun = Report & { readonly kind: "started" | "failed" }
