import { acquire, type GrantOptions, type HeldGrant, type Permit, tryAcquire } from "./grant.ts"
import type { CallOptions } from "./options.ts"
import type { HoldRequest } from "./session-core/types.ts"
import type { SessionDriver } from "./session-driver.ts"

const TIMEOUT_MS = 5000

/** `weight` (default 1): how much of the limit it takes. */
export interface PermitOptions extends GrantOptions {
  readonly weight?: number
}

/**
 * So much at a time: what the holders weigh together is never more than the limit. The limit is the same for all who
 * hold a permit or wait for one, and lives as long as there is anybody.
 */
export interface Semaphore {
  /**
   * Waits for a permit, first come, first served: a heavy one is not overtaken by lighter ones. As `lock` otherwise.
   *
   * Throws CONFLICT when others are there with another limit (`details.current` is theirs), INVALID_ARGUMENT for a
   * weight over the limit, WAIT_TIMEOUT, SESSION_LOST.
   *
   * @example
   * const client = await connect()
   * const rollout = client.semaphore("rollout", { limit: 2 })
   * const permit = await rollout.acquire({ waitMs: 60_000, note: "web-1" })
   * try {
   *   console.log(permit.held, permit.weight)
   * } finally {
   *   await permit.release()
   * }
   * await client.close()
   */
  acquire(o?: PermitOptions): Promise<Permit>
  /**
   * Takes a permit when it can be had now; null = certainly not ours.
   *
   * Throws CONFLICT, INVALID_ARGUMENT, NO_QUORUM, TIMEOUT (`outcome: "unknown"`, and it is given back in the
   * background), SESSION_LOST.
   */
  tryAcquire(o?: Omit<PermitOptions, "waitMs" | "maxHoldMs">): Promise<Permit | null>
  /**
   * Changes the limit, for everybody and for this object. Whoever holds a permit keeps it: where they weigh more than
   * the new limit, nobody else is granted one until they fit. Who waits with a weight above it gets CONFLICT. Of a
   * semaphore that nobody uses no limit is kept: the next permit is asked for with one.
   *
   * Throws NO_QUORUM, TIMEOUT, SESSION_LOST.
   */
  resize(limit: number, o?: CallOptions): Promise<void>
}

export class NamedSemaphore implements Semaphore {
  readonly #name: string
  readonly #driver: SessionDriver
  #limit: number

  constructor(name: string, limit: number, driver: SessionDriver) {
    this.#name = name
    this.#limit = limit
    this.#driver = driver
  }

  acquire(o: PermitOptions = {}): Promise<HeldGrant> {
    return acquire(this.#driver, this.#request(o), o)
  }

  tryAcquire(o: Omit<PermitOptions, "waitMs" | "maxHoldMs"> = {}): Promise<HeldGrant | null> {
    return tryAcquire(this.#driver, this.#request(o), o)
  }

  async resize(limit: number, { timeoutMs = TIMEOUT_MS, signal }: CallOptions = {}): Promise<void> {
    await this.#driver.call("semaphore.resize", { name: this.#name, limit }, { timeoutMs, signal })
    this.#limit = limit
  }

  #request({ weight, note, maxHoldMs }: PermitOptions): HoldRequest {
    return {
      kind: "semaphore",
      name: this.#name,
      limit: this.#limit,
      ...(weight === undefined ? {} : { weight }),
      ...(note === undefined ? {} : { note }),
      ...(maxHoldMs === undefined ? {} : { maxHoldMs }),
    }
  }
}
