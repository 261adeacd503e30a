import type { Addr, NodeId } from "@conclave/base"
import type { Member } from "@conclave/swim"

/** Who has which name and which address: of several the living one, else the one that changed last. */
export class MemberIndex {
  readonly #byName: Holders = new Holders(({ record }) => record.name)
  readonly #byAddr: Holders = new Holders(({ record }) => record.addr)

  byName(name: string): NodeId | undefined {
    return this.#byName.holder(name)
  }

  byAddr(addr: Addr): NodeId | undefined {
    return this.#byAddr.holder(addr)
  }

  changed(before: Member | undefined, after: Member | undefined): void {
    this.#byName.changed(before, after)
    this.#byAddr.changed(before, after)
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
