/** One round trip. `timeoutMs` defaults to 5000. */
export interface CallOptions {
  readonly timeoutMs?: number
  readonly signal?: AbortSignal
}

/** May wait; without `waitMs` for ever. */
export interface WaitOptions {
  readonly waitMs?: number
  readonly signal?: AbortSignal
}

/** `stale: true` reads what this host's agent knows, without a quorum. */
export interface ReadOptions extends CallOptions {
  readonly stale?: boolean
}
