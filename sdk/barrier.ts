import { closedError, invalidError } from "./errors.ts"
import { onAbort } from "./on-abort.ts"
import type { WaitOptions } from "./options.ts"
import type { BarrierOpening } from "./session-core/types.ts"
import type { SessionDriver } from "./session-driver.ts"

/** `parties`: how many open it, the same for all who wait there. */
export interface BarrierOptions extends WaitOptions {
  readonly parties: number
}

/**
 * Waits until it opens. An aborted `signal` rejects at once, and it is made sure in the background that nobody counts
 * us.
 */
export async function barrier(driver: SessionDriver, name: string, o: BarrierOptions): Promise<BarrierOpening> {
  const { parties, waitMs = Number.POSITIVE_INFINITY, signal } = o
  if (!(waitMs >= 0)) throw invalidError("waitMs", "waitMs is a number from 0")
  signal?.throwIfAborted()
  if (driver.isClosed) throw closedError()
  let forget = (): void => {}
  try {
    return await new Promise<BarrierOpening>((resolve, reject) => {
      const request = { kind: "barrier", name, parties } as const
      const hold = driver.hold(request, waitMs, { opened: resolve, failed: reject })
      forget = onAbort(signal, () => {
        driver.cancel(hold)
        reject(signal?.reason)
      })
    })
  } finally {
    forget()
  }
}
