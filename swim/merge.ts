import { type Generation, INCARNATION_MAX, type Incarnation } from "@conclave/base"
import type { MemberState } from "./types.ts"

/** What an observer holds of a member, as far as precedence goes. */
export interface Standing {
  readonly state: MemberState
  readonly generation: Generation
  readonly incarnation: Incarnation
}

export interface News {
  readonly kind: MemberState
  readonly generation: Generation
  readonly incarnation: Incarnation
}

/**
 * - `adopt`: state and version become those of the news.
 * - `confirm`: the same suspicion; its accusers join those that are held.
 * - `raise`: the state stays, the version rises to that of the news, so that an older alive cannot revive.
 * - `stale`: nothing new.
 */
export type Verdict = "adopt" | "confirm" | "raise" | "stale"

/** No honest member comes within 2¹⁶ of the end of its incarnations: it raises its generation before. */
export const INCARNATION_ACCUSED_MAX: number = INCARNATION_MAX - 2 ** 16

/**
 * Precedence of news about a member that is held (SWIM §4.2, with generations before incarnations).
 * Total: every pair of states and every order of versions has its answer here and nowhere else.
 */
export function judge(held: Standing, news: News): Verdict {
  if (news.kind !== "alive" && news.incarnation > INCARNATION_ACCUSED_MAX) return "stale"
  if (news.generation !== held.generation) return news.generation > held.generation ? "adopt" : "stale"
  const order = Math.sign(news.incarnation - held.incarnation)
  if (order < 0) return "stale"
  switch (held.state) {
    case "alive":
      if (news.kind === "alive") return order > 0 ? "adopt" : "stale"
      return "adopt"
    case "suspect":
      if (news.kind === "alive") return order > 0 ? "adopt" : "stale"
      if (news.kind === "suspect") return order > 0 ? "adopt" : "confirm"
      return "adopt"
    case "dead":
      if (news.kind === "alive") return order > 0 ? "adopt" : "stale"
      if (news.kind === "left") return "adopt"
      return order > 0 ? "raise" : "stale"
    case "left":
      // Left is terminal for its generation: who was expelled by mistake comes back with a new one.
      return order > 0 ? "raise" : "stale"
  }
}

/** How a member answers news about itself. */
export type SelfVerdict =
  | { readonly kind: "ignore" }
  /** Be newer than the accusation, in the same generation. */
  | { readonly kind: "refute"; readonly incarnation: Incarnation }
  /** Somebody holds a later generation of ours, or the good-bye of this one: jump past it. */
  | { readonly kind: "jump"; readonly generation: Generation; readonly incarnation: Incarnation }

/**
 * News about ourselves (SWIM §4.2: only the member itself raises its incarnation).
 * `sameRecord` tells whether an alive carries the record that we would send.
 */
export function judgeSelf(self: Standing, news: News, sameRecord: boolean, generationMax: number): SelfVerdict {
  if (news.kind !== "alive" && news.incarnation > INCARNATION_ACCUSED_MAX) return { kind: "ignore" }
  if (news.generation < self.generation) return { kind: "ignore" }
  if (news.generation > self.generation) return jumpPast(self, news, generationMax)
  if (news.kind === "left") return jumpPast(self, news, generationMax)
  if (news.incarnation < self.incarnation) return { kind: "ignore" }
  if (news.kind === "alive" && news.incarnation === self.incarnation && sameRecord) return { kind: "ignore" }
  // One forged accusation must not use up the counter: far ahead means a new generation.
  if (news.incarnation > self.incarnation + 2 ** 16) return jumpPast(self, news, generationMax)
  return { kind: "refute", incarnation: (news.incarnation + 1) as Incarnation }
}

/** Nothing is past the last generation: there only incarnations are left, and they do not fall. */
function jumpPast(self: Standing, news: News, generationMax: number): SelfVerdict {
  if (news.generation < generationMax) {
    return { kind: "jump", generation: (news.generation + 1) as Generation, incarnation: 0 as Incarnation }
  }
  const next = Math.min(news.incarnation + 1, INCARNATION_MAX) as Incarnation
  if (news.generation > self.generation) return { kind: "jump", generation: news.generation, incarnation: next }
  return { kind: "refute", incarnation: Math.max(self.incarnation, next) as Incarnation }
}
