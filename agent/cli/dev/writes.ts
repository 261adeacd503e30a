import { type Client, ConclaveError, connect, type Lock } from "@conclave/sdk"
import type { Fleet } from "../fleet/fleet.ts"

const PREFIX = "write/"
/** What was written stays for as long as a script looks at it. */
const TTL_MS = 300_000
const READ_LIMIT_MS = 30_000
const AGAIN_MS = 20

/**
 * Writes that can be looked for later: each takes a lock of its own and keeps it. Acknowledged means granted, and lost
 * means that the cluster does not know the grant any more.
 */
export class Writes {
  readonly #fleet: Fleet
  readonly #clients: Map<string, Promise<Client>> = new Map()
  readonly #acknowledged: Lock[] = []
  #count = 0

  constructor(fleet: Fleet) {
    this.#fleet = fleet
  }

  /** Writes once through this agent; false when it was refused or `signal` aborted first. */
  async once(agent: string, signal: AbortSignal): Promise<boolean> {
    try {
      const client = await this.#client(agent)
      const lock = await client.tryLock(`${PREFIX}${++this.#count}`, { signal })
      if (lock === null || signal.aborted) return false
      this.#acknowledged.push(lock)
      return true
    } catch (error) {
      if (ConclaveError.is(error) || signal.aborted) return false
      throw error
    }
  }

  /** Writes through these agents, each one write at a time, until the first is acknowledged; undefined when none is. */
  async first(agents: readonly string[], signal: AbortSignal): Promise<number | undefined> {
    const done = new AbortController()
    const over = AbortSignal.any([signal, done.signal])
    let atMs: number | undefined
    const oneByOne = async (agent: string): Promise<void> => {
      while (!over.aborted) {
        if (await this.once(agent, over)) {
          atMs ??= performance.now()
          done.abort()
        } else await this.#fleet.until(() => false, AGAIN_MS)
      }
    }
    await Promise.all(agents.map(oneByOne))
    return atMs
  }

  /** Writes through this agent, one write at a time, until `signal` aborts. */
  async on(agent: string, signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await this.once(agent, signal)
      await this.#fleet.until(() => signal.aborted, AGAIN_MS)
    }
  }

  /**
   * How many acknowledged writes the cluster has lost, read through `agent` from a quorum; undefined when it cannot be
   * read.
   */
  async lost(agent: string): Promise<number | undefined> {
    for (const untilMs = performance.now() + READ_LIMIT_MS; performance.now() < untilMs; ) {
      try {
        const { items } = await this.#fleet.client(agent).request("hold.list", { kind: "lock", prefix: PREFIX })
        const held = new Set(items.flatMap(({ name, holders }) => holders.map(({ token }) => `${name} ${token}`)))
        return this.#acknowledged.filter(({ name, token }) => !held.has(`${name} ${token}`)).length
      } catch (error) {
        if (!ConclaveError.is(error)) throw error
        await this.#fleet.until(() => false, AGAIN_MS)
      }
    }
    return undefined
  }

  /** What was written and looked for is taken back. */
  async clear(): Promise<void> {
    await Promise.all(this.#acknowledged.splice(0).map((lock) => lock[Symbol.asyncDispose]()))
  }

  get acknowledged(): number {
    return this.#acknowledged.length
  }

  async close(): Promise<void> {
    const clients = await Promise.allSettled(this.#clients.values())
    await Promise.all(clients.map((each) => (each.status === "fulfilled" ? each.value.close() : undefined)))
  }

  #client(agent: string): Promise<Client> {
    let client = this.#clients.get(agent)
    if (client === undefined) {
      client = connect({ socket: this.#fleet.agent(agent).socket, name: "conclave dev", ttlMs: TTL_MS })
      client.catch(() => this.#clients.delete(agent))
      this.#clients.set(agent, client)
    }
    return client
  }
}
