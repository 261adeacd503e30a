import type { LogIndex, Machine } from "@conclave/consensus"

/** A state that can be asked: what it holds, and up to which entry. */
export interface RestingState {
  readonly applied: LogIndex
  readonly machine: Machine
}

interface Reader {
  readonly index: LogIndex
  readonly done: (machine: Machine) => void
}

/**
 * Reads that wait until this host has applied what they must see. They wait for the log and not for whoever applies it:
 * a mirror may give way to a replica meanwhile, or one state to a newer one.
 */
export class StateReaders {
  /** The state of now; undefined = there is none, or an entry is at work. */
  readonly #current: () => RestingState | undefined
  readonly #waiting: Set<Reader> = new Set()

  constructor(current: () => RestingState | undefined) {
    this.#current = current
  }

  /** Calls back once everything up to `index` is applied, at once if it is; the result calls it off. */
  after(index: LogIndex, done: (machine: Machine) => void): () => void {
    const reader = { index, done }
    this.#waiting.add(reader)
    this.look()
    return () => this.#waiting.delete(reader)
  }

  /** After each entry, and when another state has taken the place of the one before. */
  look(): void {
    for (const reader of [...this.#waiting]) {
      const state = this.#current()
      if (state === undefined) return
      if (state.applied >= reader.index && this.#waiting.delete(reader)) reader.done(state.machine)
    }
  }
}
