import { type Client, ConclaveError, connect, type Member } from "@conclave/sdk"

/** One observer's belief about one member changed. `atMs` is of `performance.now()` in this process. */
export interface Sighting {
  readonly observer: string
  readonly member: string
  readonly status: Member["status"]
  readonly restarting: boolean
  readonly atMs: number
  /** True for a row of the first view: what the observer held already, not a change. */
  readonly initial: boolean
  /** Generation × 2³² + incarnation of the member. */
  readonly inc: string
}

/** Follows one agent's view of the fleet through the SDK, as an application would. */
export class Observer {
  readonly name: string
  readonly #socket: string
  readonly #onSighting: (sighting: Sighting) => void
  readonly #beliefs: Map<string, Member> = new Map()
  readonly #closing: AbortController = new AbortController()
  #client: Client | undefined

  constructor(name: string, socket: string, onSighting: (sighting: Sighting) => void) {
    this.name = name
    this.#socket = socket
    this.#onSighting = onSighting
  }

  /** What this agent believes of each member, by name. */
  get beliefs(): ReadonlyMap<string, Member> {
    return this.#beliefs
  }

  /** Of this agent; undefined before `start`. */
  get client(): Client | undefined {
    return this.#client
  }

  /** Resolves when the first whole view is here. */
  async start(): Promise<void> {
    const { signal } = this.#closing
    this.#client = await connect({ socket: this.#socket, name: "conclave dev", waitMs: 30_000, signal })
    if (signal.aborted) await this.#client.close()
    const views = this.#client.watchMembers({ signal })
    const first = await views.next()
    if (first.done !== true) this.#take(first.value.items, true)
    void this.#follow(views)
  }

  async close(): Promise<void> {
    this.#closing.abort()
    await this.#client?.close()
  }

  async #follow(
    views: AsyncIterableIterator<{
      readonly items: readonly Member[]
      readonly changes: readonly { readonly item: Member }[]
      readonly reset: boolean
    }>,
  ): Promise<void> {
    try {
      for await (const view of views) {
        // A merged view may hold several changes of one member: each counts.
        if (!view.reset) this.#take(view.changes.map((change) => change.item))
        this.#take(view.items)
      }
    } catch (cause) {
      // The client was closed, or its agent is gone; anything else is a bug.
      if (!this.#closing.signal.aborted && !ConclaveError.is(cause)) throw cause
    }
  }

  #take(members: readonly Member[], initial = false): void {
    const atMs = performance.now()
    for (const member of members) {
      const held = this.#beliefs.get(member.name)
      this.#beliefs.set(member.name, member)
      const restarting = member.restartingUntil !== null
      if (held?.status === member.status && (held.restartingUntil !== null) === restarting) continue
      const inc = String(BigInt(member.generation) * 4_294_967_296n + BigInt(member.incarnation))
      const { name, status } = member
      this.#onSighting({ observer: this.name, member: name, status, restarting, atMs, initial, inc })
    }
  }
}
