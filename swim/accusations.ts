import type { Millis, NodeId } from "@conclave/base"
import type { Accusation, Accuser } from "./types.ts"

/** Accusations kept for each member. */
export const ACCUSATIONS_MAX = 64
const NONE: readonly Accusation[] = []

/** Who accused whom, when and by which path: kept so that every verdict can be explained afterwards. */
export class Accusations {
  readonly #bySubject: Map<NodeId, Accusation[]> = new Map()

  add(subject: NodeId, accuser: Accuser, atMs: Millis): void {
    const held = this.#bySubject.get(subject) ?? []
    if (held.length === 0) this.#bySubject.set(subject, held)
    held.push({ subject, atMs, accuser })
    if (held.length > ACCUSATIONS_MAX) held.shift()
  }

  /** Oldest first. */
  of(subject: NodeId): readonly Accusation[] {
    return this.#bySubject.get(subject) ?? NONE
  }

  forget(subject: NodeId): void {
    this.#bySubject.delete(subject)
  }
}
