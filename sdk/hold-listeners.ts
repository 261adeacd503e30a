import { type ConclaveError, errorOf } from "./errors.ts"
import type { Json } from "./session-core/outcomes.ts"
import type { BarrierOpening, Effect, PlaceRequest } from "./session-core/types.ts"

/** What happens to one hold, each at its time. */
export interface HoldListener {
  readonly queued?: (position: number, holders: readonly Json[]) => void
  /** `id`: of a member or a worker. */
  readonly granted?: (token: bigint, rev: bigint, id: string | undefined) => void
  readonly revoking?: (by: string | null, reason: string, deadlineMs: number | undefined) => void
  /** `rev`: of a worker that has handed back all, where it is known. */
  readonly lost?: (reason: string, rev?: bigint | undefined) => void
  /** Of a worker: each item that it is given, and what becomes of it. */
  readonly assigned?: (item: AssignedItem) => void
  readonly itemRevoking?: (
    item: NamedItem,
    asked: { readonly by: string | null; readonly reason: string; readonly deadlineMs: number | undefined },
  ) => void
  readonly itemLost?: (item: NamedItem, reason: string) => void
  /** Of a barrier. */
  readonly opened?: (opening: BarrierOpening) => void
  /** It was never granted. */
  readonly failed: (error: ConclaveError) => void
}

/** One assignment of an item. */
export interface NamedItem {
  readonly item: string
  readonly token: bigint
}

export interface AssignedItem extends NamedItem {
  readonly rev: bigint
  readonly payload: Json
  readonly checkpoint: Json
  readonly attempt: number
}

/** How an operation that acts for a holder names the grant; without `kind` it is an election. */
export interface GrantNamed {
  readonly kind?: string
  readonly name: string
  readonly token: bigint
}

/** What became of a release: committed at a revision, or why not. */
export type Released = (error: ConclaveError | undefined, rev: bigint | undefined) => void

interface Held {
  readonly listener: HoldListener
  readonly request: PlaceRequest
  token: bigint | undefined
}

/** Who asked for which hold of a session, until it is over: each hears of its own. */
export class HoldListeners {
  readonly #keepAlive: (by: 1 | -1) => void
  readonly #holds: Map<number, Held> = new Map()
  /** What is granted, by its token. */
  readonly #granted: Map<bigint, number> = new Map()
  /** Who waits for a release. */
  readonly #releases: Map<number, Released> = new Map()

  /** `keepAlive`: the process shall live on for one more hold (1), or for one less (-1). */
  constructor(keepAlive: (by: 1 | -1) => void) {
    this.#keepAlive = keepAlive
  }

  add(hold: number, request: PlaceRequest, listener: HoldListener): void {
    this.#holds.set(hold, { listener, request, token: undefined })
    this.#keepAlive(1)
  }

  /** Nothing more is heard of it. */
  forget(hold: number): void {
    const held = this.#holds.get(hold)
    if (held === undefined) return
    this.#holds.delete(hold)
    if (held.token !== undefined) this.#granted.delete(held.token)
    this.#keepAlive(-1)
  }

  /** `settle` is called once. */
  awaitRelease(hold: number, settle: Released): void {
    this.#releases.set(hold, settle)
  }

  /** The hold that has this grant; undefined = none of this session. */
  granted({ kind = "election", name, token }: GrantNamed): number | undefined {
    const hold = this.#granted.get(token)
    const request = hold === undefined ? undefined : this.#holds.get(hold)?.request
    if (request?.kind !== kind) return undefined
    const { names = [] } = request as { readonly names?: readonly string[] }
    return request.name === name || names.includes(name) ? hold : undefined
  }

  tell(effect: Extract<Effect, { readonly hold: number }>): void {
    const { hold } = effect
    const held = this.#holds.get(hold)
    const listener = held?.listener
    switch (effect.kind) {
      case "queued":
        return listener?.queued?.(effect.position, effect.holders)
      case "granted":
        if (held !== undefined) held.token = effect.token
        this.#granted.set(effect.token, hold)
        return listener?.granted?.(effect.token, effect.rev, effect.id)
      case "revoking":
        return listener?.revoking?.(effect.by, effect.reason, effect.deadlineMs)
      case "lost":
        // The answer to a release is waited for.
        if (effect.reason !== "released" || !this.#releases.has(hold)) this.forget(hold)
        return listener?.lost?.(effect.reason, effect.rev)
      case "assigned":
        return listener?.assigned?.(effect)
      case "itemRevoking":
        return listener?.itemRevoking?.(effect, effect)
      case "itemLost":
        return listener?.itemLost?.(effect, effect.reason)
      case "opened": {
        this.forget(hold)
        const { generation, index, rev } = effect
        return listener?.opened?.({ generation, index, rev })
      }
      case "failed":
        this.forget(hold)
        return listener?.failed(errorOf(effect.failure))
      case "released": {
        this.forget(hold)
        const settle = this.#releases.get(hold)
        this.#releases.delete(hold)
        return settle?.(effect.failure === undefined ? undefined : errorOf(effect.failure), effect.rev)
      }
    }
  }
}
