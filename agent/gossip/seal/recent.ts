/**
 * A map of what was used lately, bounded: at `max` entries the older half, all that has not been asked for since the
 * younger began, is forgotten at once. A use costs one look-up, where a list in the order of use would be mended.
 */
export class Recent<K, V> {
  readonly #half: number
  #young: Map<K, V> = new Map()
  #old: Map<K, V> = new Map()

  constructor(max: number) {
    this.#half = max >> 1
  }

  get(key: K): V | undefined {
    const young = this.#young.get(key)
    if (young !== undefined) return young
    const old = this.#old.get(key)
    if (old !== undefined) this.set(key, old)
    return old
  }

  set(key: K, value: V): void {
    if (this.#young.size >= this.#half) {
      this.#old = this.#young
      this.#young = new Map()
    }
    this.#young.set(key, value)
  }
}
