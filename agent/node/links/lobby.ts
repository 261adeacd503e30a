/** One connection of which it is not known yet who it is. */
export interface Waiting {
  /** It has begun what costs both ends something, and is therefore the last to give way. */
  readonly shakesHands: () => void
  /** It waits no more. */
  readonly leave: () => void
}

export interface LobbyBounds {
  readonly all: number
  /** From one place. */
  readonly one: number
}

interface Guest {
  readonly place: string
  readonly giveWay: () => void
}

/**
 * Who waits to be let in: so many in all, so many from one place. Beyond that one gives way, first of those that have
 * shown nothing, first the one that has waited longest: an agent says at once what it wants, so whoever holds
 * connections open without a word costs only others like it. How fast hands are shaken is bounded elsewhere, and so is
 * therefore how soon one gives way that does.
 */
export class Lobby {
  readonly #bounds: LobbyBounds
  /** The oldest first, in each of these. */
  readonly #silent: Set<Guest> = new Set()
  readonly #shaking: Set<Guest> = new Set()
  readonly #places: Map<string, Set<Guest>> = new Map()

  constructor(bounds: LobbyBounds) {
    this.#bounds = bounds
  }

  /** `giveWay` may be called at any time until it waits no more. */
  enter(place: string, giveWay: () => void): Waiting {
    const guest: Guest = { place, giveWay }
    this.#makeRoom(place)
    this.#silent.add(guest)
    const those = this.#places.get(place) ?? new Set()
    this.#places.set(place, those.add(guest))
    return {
      shakesHands: () => {
        if (this.#silent.delete(guest)) this.#shaking.add(guest)
      },
      leave: () => this.#leave(guest),
    }
  }

  #makeRoom(place: string): void {
    const those = this.#places.get(place)
    if (those !== undefined && those.size >= this.#bounds.one) this.#dismiss(this.#firstSilent(those) ?? first(those))
    if (this.#silent.size + this.#shaking.size < this.#bounds.all) return
    this.#dismiss(first(this.#silent) ?? first(this.#shaking))
  }

  #firstSilent(those: ReadonlySet<Guest>): Guest | undefined {
    for (const guest of those) if (this.#silent.has(guest)) return guest
    return undefined
  }

  #dismiss(guest: Guest | undefined): void {
    if (guest === undefined) return
    this.#leave(guest)
    guest.giveWay()
  }

  #leave(guest: Guest): void {
    const those = this.#places.get(guest.place)
    those?.delete(guest)
    if (those?.size === 0) this.#places.delete(guest.place)
    this.#silent.delete(guest)
    this.#shaking.delete(guest)
  }
}

function first<T>(set: ReadonlySet<T>): T | undefined {
  for (const each of set) return each
  return undefined
}
