/**
 * A map of what was used lately, of less than `max` entries: when the younger half is full the older one, all that has
 * not been asked for since the younger began, is forgotten at once. A use costs one look-up, where a list in the order
 * of use would be mended. `onForgotten` is told of each entry that goes.
 */
export class Recent<K, V> {
  readonly #half: number
  readonly #onForgotten: ((key: K, value: V) => void) | undefined
  #young: Map<K, V> = new Map()
  #old: Map<K, V> = new Map()

  constructor(max: number, onForgotten?: (key: K, value: V) => void) {
    this.#half = max >> 1
    this.#onForgotten = onForgotten
  }

  get(key: K): V | undefined {
    const young = this.#young.get(key)
    if (young !== undefined) return young
    const old = this.#old.get(key)
    if (old !== undefined) this.set(key, old)
    return old
  }

  set(key: K, value: V): void {
    this.#young.set(key, value)
    if (this.#young.size >= this.#half) this.#age()
  }

  #age(): void {
    const [gone, kept] = [this.#old, this.#young]
    this.#old = kept
    this.#young = new Map()
    if (this.#onForgotten === undefined) return
    for (const [key, value] of gone) if (!kept.has(key)) this.#onForgotten(key, value)
  }
}
