import { recordsOf } from "@conclave/consensus"
import type { Clock } from "../../ports.ts"
import { SLICE_MS } from "../../slices.ts"
import { decodeMirror, type MirrorFrame } from "./mirror-frames.ts"

type Whole = Exclude<MirrorFrame, { kind: "records" }>

export interface MirrorIntakeOptions {
  readonly clock: Pick<Clock, "now" | "afterTurn">
  /** False: it does not fit what is here. */
  readonly record: (record: Uint8Array) => boolean
  readonly take: (told: Whole) => boolean
  /** Something that had to wait did not fit: what follows it is of no use. */
  readonly onMisfit: () => void
}

/** What a relay tells, in its order: a state record by record and in slices, what came behind it when that is done. */
export class MirrorIntake {
  readonly #options: MirrorIntakeOptions
  #waiting: (Whole | readonly Uint8Array[])[] = []
  /** Records of the first that waits. */
  #taken = 0
  #isPaused = false

  constructor(options: MirrorIntakeOptions) {
    this.#options = options
  }

  /** False: it cannot be read, or does not fit. */
  add(body: Uint8Array): boolean {
    const told = decodeMirror(body)
    const part = told?.kind === "records" ? recordsOf(told.chunk) : told
    if (part === undefined) return false
    this.#waiting.push(part)
    return this.#isPaused || this.#work()
  }

  /** What waits is of no interest any more. */
  clear(): void {
    this.#waiting = []
    this.#taken = 0
  }

  #work(): boolean {
    const { clock } = this.#options
    const untilMs = clock.now() + SLICE_MS
    for (let [part] = this.#waiting; part !== undefined; [part] = this.#waiting) {
      if (!this.#step(part)) {
        this.clear()
        return false
      }
      if (this.#waiting.length > 0 && clock.now() >= untilMs) {
        this.#isPaused = true
        clock.afterTurn(() => this.#goOn())
        return true
      }
    }
    return true
  }

  #goOn(): void {
    this.#isPaused = false
    if (!this.#work()) this.#options.onMisfit()
  }

  #step(part: Whole | readonly Uint8Array[]): boolean {
    if (!isRecords(part)) {
      this.#waiting.shift()
      return this.#options.take(part)
    }
    const record = part[this.#taken++]
    if (this.#taken >= part.length) {
      this.#waiting.shift()
      this.#taken = 0
    }
    return record === undefined || this.#options.record(record)
  }
}

function isRecords(part: Whole | readonly Uint8Array[]): part is readonly Uint8Array[] {
  return Array.isArray(part)
}
