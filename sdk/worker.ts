import { ConclaveError } from "./errors.ts"
import { HeldItem } from "./held-item.ts"
import { onAbort } from "./on-abort.ts"
import type { HoldRequest } from "./session-core/types.ts"
import type { AssignedItem, SessionDriver } from "./session-driver.ts"

/** How long a settlement may take to be heard of before it is tried again. */
const SETTLE_MS = 10_000

/** What a worker hears of its own place, and of each item before it is run. */
export interface WorkerListener {
  readonly granted: (token: bigint, rev: bigint) => void
  readonly assigned: (item: AssignedItem) => void
  readonly lost: (token: bigint, reason: string, rev: bigint | undefined) => void
}

type Run<P> = (assignment: HeldItem<P>) => Promise<void>

/**
 * One worker from its join to its end: it runs what it is given, each item once for each assignment, and says what became of
 * it. Resolves when it has handed back all after `signal` has aborted (true), or when its hold was lost (false).
 */
export async function work<P>(
  driver: SessionDriver,
  request: HoldRequest,
  { fn, signal, heard }: { readonly fn: Run<P>; readonly signal: AbortSignal; readonly heard?: WorkerListener },
): Promise<boolean> {
  const running = new Map<string, HeldItem<P>>()
  const bodies = new Set<Promise<void>>()
  let forget = (): void => {}
  let place = 0n
  try {
    return await new Promise<boolean>((resolve, reject) => {
      const hold: number = driver.hold(request, Number.POSITIVE_INFINITY, {
        granted: (token, rev) => {
          place = token
          heard?.granted(token, rev)
        },
        assigned: (given) => {
          heard?.assigned(given)
          const item = new HeldItem<P>(driver, { ...given, hold, name: request.name })
          running.set(given.item, item)
          const body = runOne(item, fn).finally(() => {
            bodies.delete(body)
            if (running.get(given.item) === item) running.delete(given.item)
          })
          bodies.add(body)
        },
        itemRevoking: ({ item, token }, asked) => {
          const held = running.get(item)
          if (held?.token === token) held.asked(asked)
        },
        itemLost: ({ item, token }, reason) => {
          const held = running.get(item)
          if (held?.token === token) held.over(reason)
        },
        revoking: () => {},
        lost: (reason, rev) => {
          for (const held of running.values()) held.over(reason)
          heard?.lost(place, reason, rev)
          resolve(signal.aborted && reason === "released")
        },
        failed: (error) => {
          if (ConclaveError.is(error, "SESSION_LOST")) resolve(false)
          else if (signal.aborted) resolve(true)
          else reject(error)
        },
      })
      forget = onAbort(signal, () => driver.drain(hold))
    })
  } finally {
    forget()
    // What still runs has heard that it is over; it is waited for, so that nothing of it runs beside its next life.
    await Promise.all(bodies)
  }
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
  const settlement = result === "failed" && item.revoking.aborted ? "released" : result
  try {
    await item.settle(settlement, message, { timeoutMs: SETTLE_MS })
  } catch (error) {
    // Lost meanwhile, or nobody knows: the item goes on by its deadline, and its next worker has it under another token.
    if (!ConclaveError.is(error)) throw error
  }
}
