import type { Answer, FoundingConfig, FoundingEffect, FoundingRecord, FoundingState } from "./types.ts"

/** One step: the state that it changes and the effects that it has. */
export interface Scene {
  readonly config: FoundingConfig
  readonly state: FoundingState
  readonly nowMs: number
  readonly effects: FoundingEffect[]
}

export function answer({ effects }: Scene, call: number, said: Answer): void {
  effects.push({ kind: "answer", call, answer: said })
}

/** One write at a time: `then` says what follows when it is durable. */
export function persist({ state, effects }: Scene, record: FoundingRecord, then: FoundingState["writing"]): void {
  state.record = record
  state.writing = then
  effects.push({ kind: "persist", record })
}
