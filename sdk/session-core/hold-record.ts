import type { Failure, HoldStart, PlaceRequest } from "./types.ts"

/** Beyond its own wait a hold has this long to reach the cluster and be answered. */
export const REACH_MS = 5000
/** Between two ends that were refused the wait doubles up to this. */
export const RETRY_MAX_MS = 8000

/**
 * waiting → granted → gone, and ending from either of the first two.
 *
 * A hold belongs to a session from its first frame on. `ending`: the application has let go of it, or never got it; the
 * end is sent again on each connection until the service has acknowledged it or the session is gone, so that what was
 * cancelled cannot become ours. `gone`: lost; the stream is only waited out.
 */
export interface HoldRecord {
  readonly hold: number
  readonly request: PlaceRequest
  readonly waitMs: number
  readonly startMs: number
  state: "waiting" | "granted" | "ending" | "gone"
  /** Drawn with the first frame; the same one resumes the place or the grant on another connection. */
  seq: number | undefined
  in: Readonly<Record<string, unknown>> | undefined
  call: number | undefined
  /** Waiting: up to when. Granted: its own end, where it has one. Ending: up to when the release is waited for. */
  limitMs: number
  /** Why a grant ends at its limit. */
  limitReason: string
  /** Not sent again before this. */
  retryMs: number
  /** How often its end was refused. */
  refusals: number
  isAmbiguous: boolean
  /** When it was sent first: it was not granted before. */
  askedMs: number
  /** Its end was sent on a connection whose answer was lost: it may be over by that. */
  isEndLost: boolean
  /** Ending: a release that somebody waits for. */
  isAwaited: boolean
  /** Granted: a worker that gets nothing any more; it is over when it has given back what it has. */
  isDraining: boolean
  /** Granted: handovers that are under way or may have succeeded; from the first on somebody else may be granted. */
  handovers: number
}

export function newRecord({ hold, request, waitMs }: HoldStart, nowMs: number): HoldRecord {
  return {
    hold,
    request,
    waitMs,
    startMs: nowMs,
    state: "waiting",
    seq: undefined,
    in: undefined,
    call: undefined,
    limitMs: nowMs + (waitMs === 0 ? REACH_MS : waitMs),
    limitReason: "max-hold",
    retryMs: 0,
    refusals: 0,
    isAmbiguous: false,
    askedMs: nowMs,
    isEndLost: false,
    isAwaited: false,
    isDraining: false,
    handovers: 0,
  }
}

/** What the first frame asks for; sent again, it is the same to the letter, as the service counts from the first. */
export function firstInput(record: HoldRecord, nowMs: number): Readonly<Record<string, unknown>> {
  const { waitMs, startMs } = record
  const { kind, ...rest } = record.request
  const request = kind === "barrier" ? rest : record.request
  if (waitMs === Number.POSITIVE_INFINITY) return request
  return { ...request, waitMs: waitMs === 0 ? 0 : Math.max(1, Math.ceil(startMs + waitMs - nowMs)) }
}

/** A later attempt may well succeed. */
export function isPassing({ code }: Failure): boolean {
  return code === "NO_QUORUM" || code === "TIMEOUT" || code === "AGENT_UNAVAILABLE"
}

export function reasonOf({ details }: Failure): string {
  const { reason } = details
  return typeof reason === "string" ? reason : "session-lost"
}
