import { AsyncLocalStorage } from "node:async_hooks"
import { ConclaveError, invalidError } from "./errors.ts"
import { acquire, type GrantOptions, type HeldGrant, type Lock, tryAcquire } from "./grant.ts"
import type { HoldRequest } from "./session-core/types.ts"
import type { SessionDriver } from "./session-driver.ts"

/**
 * `mode` is "exclusive" by default; a writer that waits stops later readers. `lockDelayMs` (default 0, at most 60,000):
 * how long nobody gets the lock after this holder lost it against its will.
 */
export interface LockOptions extends GrantOptions {
  readonly mode?: "exclusive" | "shared"
  readonly lockDelayMs?: number
}

/** The locks that the bodies around this call hold, innermost first. */
const AROUND: AsyncLocalStorage<Body> = new AsyncLocalStorage()

interface Body {
  readonly driver: SessionDriver
  readonly lock: HeldGrant
  readonly outer: Body | undefined
}

export async function lock(
  driver: SessionDriver,
  name: string | readonly string[],
  o: LockOptions = {},
): Promise<HeldGrant> {
  const request = requestOf(name, o)
  refuseOwn(driver, request)
  return await acquire(driver, request, o)
}

/** null: certainly not ours. */
export async function tryLock(
  driver: SessionDriver,
  name: string | readonly string[],
  o: Omit<LockOptions, "waitMs"> = {},
): Promise<HeldGrant | null> {
  return await tryAcquire(driver, requestOf(name, o), o)
}

/** Releases after `fn` has settled, never before; where that takes longer than the grant lasts, the grant expires. */
export async function withLock<T>(
  driver: SessionDriver,
  name: string | readonly string[],
  fn: (lock: Lock) => Promise<T>,
  o: LockOptions = {},
): Promise<T> {
  const held = await lock(driver, name, o)
  const outer = AROUND.getStore()
  try {
    const result = await AROUND.run({ driver, lock: held, outer }, () => fn(held))
    // Somebody else may have acted in the meantime: a result that looks like any other would hide it.
    if (held.lossReason !== undefined) held.assertHeld()
    await held.release().catch((error: unknown) => {
      if (ConclaveError.is(error, "GRANT_LOST")) throw error
    })
    return result
  } finally {
    await held[Symbol.asyncDispose]()
  }
}

function requestOf(name: string | readonly string[], o: LockOptions): HoldRequest {
  const [first, ...others] = new Set(typeof name === "string" ? [name] : name)
  if (first === undefined) throw invalidError("name", "a lock has at least one name")
  const { mode, lockDelayMs, note, maxHoldMs } = o
  return {
    kind: "lock",
    name: first,
    ...(others.length === 0 ? {} : { names: others }),
    ...(mode === undefined ? {} : { mode }),
    ...(lockDelayMs === undefined ? {} : { lockDelayMs }),
    ...(note === undefined ? {} : { note }),
    ...(maxHoldMs === undefined ? {} : { maxHoldMs }),
  }
}

/** Who asks inside the body that holds a name would wait for itself. Other calls of the client wait like anybody's. */
function refuseOwn(driver: SessionDriver, request: HoldRequest): void {
  const wanted = new Set([request.name, ...((request["names"] as readonly string[] | undefined) ?? [])])
  for (let body = AROUND.getStore(); body !== undefined; body = body.outer) {
    if (body.driver !== driver || !body.lock.held) continue
    const name = body.lock.names.find((each) => wanted.has(each))
    if (name === undefined) continue
    throw new ConclaveError("DEADLOCK", `${name} is held by the withLock body that asks for it`, { details: { name } })
  }
}
