import { ConclaveError } from "./errors.ts"
import { HeldItem } from "./held-item.ts"
import { onAbort } from "./on-abort.ts"
import type { HoldRequest } from "./session-core/types.ts"
import type { SessionDriver } from "./session-driver.ts"

/**
 * Somebody wants this worker to be none: who joined again would take the place back, and the other one would do the
 * same.
 */
const FINAL: ReadonlySet<string> = new Set(["fenced", "revoked"])

/** What a worker hears of its own place. */
export interface WorkerListener {
  readonly granted: (token: bigint, rev: bigint) => void
  readonly lost: (token: bigint, reason: string, rev: bigint | undefined) => void
}

type Run<P> = (assignment: HeldItem<P>) => Promise<void>

interface Running<P> {
  readonly item: HeldItem<P>
  /** Until nothing of it runs any more, nor of what ran for the same item before. */
  readonly body: Promise<void>
}

/** A worker whose hold ended so does not come back by itself. */
export function isFinal(reason: string): boolean {
  return FINAL.has(reason)
}

/**
 * One worker from its join to its end: it runs what it is given, each item once for each assignment, and says what
 * became of it. Resolves with why its hold ended: `released` when it has handed back all, or never joined, after
 * `signal` has aborted.
 */
export async function work<P>(
  driver: SessionDriver,
  request: HoldRequest,
  { fn, signal, heard }: { readonly fn: Run<P>; readonly signal: AbortSignal; readonly heard?: WorkerListener },
): Promise<string> {
  const running = new Map<string, Running<P>>()
  let forget = (): void => {}
  let place = 0n
  try {
    return await new Promise<string>((resolve, reject) => {
      const hold: number = driver.hold(request, Number.POSITIVE_INFINITY, {
        granted: (token, rev) => {
          place = token
          heard?.granted(token, rev)
        },
        assigned: (given) => {
          const item = new HeldItem<P>(driver, { ...given, hold, name: request.name })
          const body = runAfter(running.get(given.item)?.body, item, { fn, signal }).finally(() => {
            if (running.get(given.item)?.item === item) running.delete(given.item)
          })
          running.set(given.item, { item, body })
        },
        itemRevoking: ({ item, token }, asked) => {
          const held = running.get(item)?.item
          if (held?.token === token) held.asked(asked)
        },
        itemLost: ({ item, token }, reason) => {
          const held = running.get(item)?.item
          if (held?.token === token) held.over(reason)
        },
        // Its items are asked back one by one.
        revoking: () => {},
        lost: (reason, rev) => {
          for (const { item } of running.values()) item.over(reason)
          heard?.lost(place, reason, rev)
          resolve(reason)
        },
        failed: (error) => {
          const { reason } = error.details
          if (ConclaveError.is(error, "SESSION_LOST")) resolve("session-lost")
          else if (signal.aborted) resolve("released")
          else if (ConclaveError.is(error, "GRANT_LOST") && typeof reason === "string") resolve(reason)
          else reject(error)
        },
      })
      forget = onAbort(signal, () => driver.drain(hold))
    })
  } finally {
    forget()
    // What still runs has heard that it is over; it is waited for, so that nothing of it runs beside its next life.
    await Promise.all([...running.values()].map(({ body }) => body))
  }
}

/** An item that was lost or given up and came back waits for what runs for it still: its worker is never two. */
async function runAfter<P>(
  before: Promise<void> | undefined,
  item: HeldItem<P>,
  { fn, signal }: { readonly fn: Run<P>; readonly signal: AbortSignal },
): Promise<void> {
  await before
  if (item.isOver) return
  // It was asked back before it could begin.
  if (signal.aborted || item.revoking.aborted) await settle(item, "released")
  else await runOne(item, fn)
}

/** Done where it returns, failed where it throws; of one that was asked back or is over, released. */
async function runOne<P>(item: HeldItem<P>, fn: Run<P>): Promise<void> {
  let result: "done" | "failed" = "done"
  let message: string | undefined
  try {
    await fn(item)
  } catch (error) {
    result = "failed"
    message = error instanceof Error ? error.message : String(error)
  }
  if (item.isOver) return
  // Who gives up because it was asked to has not failed.
  await settle(item, result === "failed" && item.revoking.aborted ? "released" : result, message)
}

async function settle<P>(
  item: HeldItem<P>,
  result: "done" | "released" | "failed",
  message: string | undefined = undefined,
): Promise<void> {
  try {
    await item.settle(result, message, { timeoutMs: Number.POSITIVE_INFINITY })
  } catch (error) {
    // Lost meanwhile, with the session or without it: its next worker has it under another token.
    if (!ConclaveError.is(error)) throw error
  }
}
