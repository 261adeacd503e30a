import type { Generation, Millis } from "@conclave/base"
import type { Alarm, Clock, DiskResult } from "../ports.ts"
import type { MemberFile } from "./member-file.ts"

/** Between two tries to write it. */
const AGAIN_MS = 5000

/**
 * The generation of this life, and whether the next one will know of it. While it will not, the next life may take the
 * same one and would pass for this: what is promised to sessions of this life it would keep alive without knowing them.
 */
export class KeptGeneration {
  readonly #file: Pick<MemberFile, "raiseGeneration">
  readonly #clock: Clock
  readonly #again: Alarm
  #generation: Generation
  #kept: number = 0

  constructor(file: Pick<MemberFile, "raiseGeneration">, generation: Generation, clock: Clock) {
    this.#file = file
    this.#generation = generation
    this.#clock = clock
    this.#again = clock.alarm(() => this.#write(() => {}))
  }

  /** On disk. */
  get isKept(): boolean {
    return this.#kept >= this.#generation
  }

  /** Calls back once it was tried; what failed is tried again. */
  keep(done: (result: DiskResult) => void): void {
    this.#write(done)
  }

  /** In the middle of a life: somebody believes in a later one. */
  raise(generation: Generation): void {
    this.#generation = Math.max(this.#generation, generation) as Generation
    this.#write(() => {})
  }

  stop(): void {
    this.#again.clear()
  }

  #write(done: (result: DiskResult) => void): void {
    const generation = this.#generation
    this.#file.raiseGeneration(generation, (result) => {
      if (result.ok) this.#kept = Math.max(this.#kept, generation)
      else this.#again.set((this.#clock.now() + AGAIN_MS) as Millis)
      done(result)
    })
  }
}
