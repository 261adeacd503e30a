import type { Clocks } from "./elapsed.ts"

/** What an agent's socket is to its connection. Nothing more is told once it is over. */
export interface Wire {
  readonly write: (bytes: Uint8Array) => void
  /** At once; `closed` follows. */
  readonly destroy: () => void
  /** Whether it keeps the process alive. */
  readonly keepAlive: (isWanted: boolean) => void
  readonly isGone: () => boolean
}

export interface WireEvents {
  readonly data: (bytes: Uint8Array) => void
  readonly closed: () => void
}

/** An upgraded connection: whoever reads from it is told of `WireEvents` from then on, what came already first. */
export interface OpenWire extends Wire {
  readonly attend: (on: WireEvents) => void
}

export interface Timer {
  readonly keepAlive: (isWanted: boolean) => void
  readonly clear: () => void
}

/** How an agent can prove later that a process is gone (contract §3.5). */
export interface ProcessClaim {
  readonly pid: number
  /** Field 22 of `/proc/self/stat`. */
  readonly startTime: number
}

/**
 * What the client needs of the world around it: Node is one (`node-ports.ts`), the test kit's virtual cluster another.
 */
export interface SdkPorts {
  readonly clocks: Clocks
  /** From 0 to 1, less than 1. */
  readonly random: () => number
  /** Fires once, in `ms` by the monotonic clock, and keeps the process alive unless told otherwise. */
  readonly timer: (ms: number, fire: () => void) => Timer
  /** At the end of this turn. */
  readonly soon: (act: () => void) => void
  /** null where the system does not tell. */
  readonly ownProcess: () => ProcessClaim | null
  /**
   * Opens the socket at a path and upgrades it to frames. `onWire` is called as soon as there is anything that could
   * keep the process alive. Rejects with AGENT_UNAVAILABLE, PERMISSION_DENIED, what the agent answered instead, or the
   * reason of the signal.
   */
  readonly dial: (
    path: string,
    o: { readonly signal: AbortSignal; readonly onWire?: ((wire: Wire) => void) | undefined },
  ) => Promise<OpenWire>
  /**
   * One GET over the same socket, for answers that are larger than a frame. Resolves to the JSON; rejects as a call
   * does.
   */
  readonly httpGet: (path: string, target: string, signal: AbortSignal) => Promise<unknown>
}
