import type { Addr, NodeId } from "@conclave/base"
import type { Member } from "@conclave/swim"
import { canonicalHost, numericHostPort } from "../host-port.ts"

/** Who has which name and which address: of several the living one, else the one that changed last. */
export class MemberIndex {
  readonly #byName: Holders = new Holders(({ record }) => record.name)
  readonly #byAddr: Holders = new Holders(({ record }) => record.addr)
  /** Living members by the host of their address. */
  readonly #homes: Map<string, number> = new Map()

  byName(name: string): NodeId | undefined {
    return this.#byName.holder(name)
  }

  byAddr(addr: Addr): NodeId | undefined {
    return this.#byAddr.holder(addr)
  }

  /** A living member has its address on this host. */
  isHome(host: string): boolean {
    return this.#homes.has(canonicalHost(host))
  }

  changed(before: Member | undefined, after: Member | undefined): void {
    this.#byName.changed(before, after)
    this.#byAddr.changed(before, after)
    this.#countHome(before, -1)
    this.#countHome(after, 1)
  }

  #countHome(member: Member | undefined, by: number): void {
    if (member === undefined || !isLiving(member)) return
    const home = canonicalHost(numericHostPort(member.record.addr)?.host ?? "")
    const count = (this.#homes.get(home) ?? 0) + by
    if (count > 0) this.#homes.set(home, count)
    else this.#homes.delete(home)
  }
}

class Holders {
  readonly #keyOf: (member: Member) => string
  /** The one that changed last is the last of its key. */
  readonly #members: Map<string, readonly Member[]> = new Map()

  constructor(keyOf: (member: Member) => string) {
    this.#keyOf = keyOf
  }

  holder(key: string): NodeId | undefined {
    const members = this.#members.get(key)
    return (members?.findLast(isLiving) ?? members?.at(-1))?.id
  }

  changed(before: Member | undefined, after: Member | undefined): void {
    if (before !== undefined) this.#drop(before)
    if (after === undefined) return
    const key = this.#keyOf(after)
    this.#members.set(key, [...(this.#members.get(key) ?? []), after])
  }

  #drop(before: Member): void {
    const key = this.#keyOf(before)
    const others = this.#members.get(key)?.filter(({ id }) => id !== before.id) ?? []
    if (others.length === 0) this.#members.delete(key)
    else this.#members.set(key, others)
  }
}

function isLiving({ state }: Member): boolean {
  return state === "alive" || state === "suspect"
}
