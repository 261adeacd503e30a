/** An order-sensitive hash of everything that happened: two 32-bit lanes, no allocation. */
export class TraceHash {
  #low = 0x811c9dc5 | 0
  #high = 0x9e3779b9 | 0
  #count = 0

  get count(): number {
    return this.#count
  }

  add(value: number): void {
    const word = value | 0
    this.#low = Math.imul(this.#low ^ word, 0x01000193)
    const mixed = Math.imul(this.#high ^ word, 0x85ebca6b)
    this.#high = (mixed << 13) | (mixed >>> 19)
    this.#count++
  }

  /** A time up to 2⁵³. */
  addTime(us: number): void {
    this.add(us)
    this.add(us / 4294967296)
  }

  addText(text: string): void {
    for (let index = 0; index < text.length; index++) this.add(text.charCodeAt(index))
  }

  /** Sixteen hexadecimal digits. */
  get digest(): string {
    return hex(this.#high) + hex(this.#low ^ Math.imul(this.#count, 0x27d4eb2f))
  }
}

function hex(word: number): string {
  return (word >>> 0).toString(16).padStart(8, "0")
}
