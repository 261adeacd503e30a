import type { Addr } from "@conclave/base"

/** Addresses of agents that cannot be reached at them, and the addresses on this host that lead to them instead. */
export class Ways {
  readonly #there: Map<Addr, Addr> = new Map()
  readonly #back: Map<Addr, Addr> = new Map()

  set(addr: Addr, via: Addr): void {
    this.delete(addr)
    this.#there.set(addr, via)
    this.#back.set(via, addr)
  }

  delete(addr: Addr): void {
    const via = this.#there.get(addr)
    if (via === undefined) return
    this.#there.delete(addr)
    this.#back.delete(via)
  }

  /** Where to send what is meant for `addr`. */
  to(addr: Addr): Addr {
    return this.#there.get(addr) ?? addr
  }

  /** Whom that comes from which came from `source`. */
  from(source: Addr): Addr {
    return this.#back.get(source) ?? source
  }
}
