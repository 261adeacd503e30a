/** That of an agent takes a third of it. */
const HANDSHAKE_BYTES_MAX = 4096
const HELD_MS = 600_000
/** Of more the one that was seen first is forgotten. */
const PLACES_MAX = 1024

/**
 * Where a dial got more of a handshake than any agent sends: a chain of certificates, each of whose signatures TLS has
 * checked before anybody here was asked. That costs up to half a second of this thread, so it is not had again soon.
 */
export class CostlyPlaces {
  readonly #untilMs: Map<string, number> = new Map()

  isHeld(place: string, nowMs: number): boolean {
    const untilMs = this.#untilMs.get(place)
    if (untilMs !== undefined && untilMs <= nowMs) this.#untilMs.delete(place)
    return untilMs !== undefined && untilMs > nowMs
  }

  /** So many bytes came from there until hands were shaken, or were not to be. */
  heard(place: string, bytes: number, nowMs: number): void {
    if (bytes <= HANDSHAKE_BYTES_MAX) return
    this.#untilMs.delete(place)
    this.#untilMs.set(place, nowMs + HELD_MS)
    const [first] = this.#untilMs.keys()
    if (this.#untilMs.size > PLACES_MAX && first !== undefined) this.#untilMs.delete(first)
  }
}
