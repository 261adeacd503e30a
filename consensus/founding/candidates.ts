import type { NodeId } from "@conclave/base"
import type { Candidate } from "./types.ts"

/**
 * Who of these founds: one that is to vote, where any is, else one that may; of them the one with the lowest id.
 * Whoever sees the same candidates finds the same one. Undefined = none of them may vote.
 */
export function founderOf(candidates: readonly Candidate[]): Candidate | undefined {
  const eager = candidates.filter(({ wish }) => wish === "yes")
  const willing = eager.length > 0 ? eager : candidates.filter(({ wish }) => wish !== "never")
  return willing.reduce<Candidate | undefined>(
    (first, each) => (first === undefined || each.id < first.id ? each : first),
    undefined,
  )
}

/** With whom `founder` founds: `count` of them, and those that failed it last come last. */
export function membersOf(
  founder: NodeId,
  others: readonly Candidate[],
  { count, missing }: { readonly count: number; readonly missing: ReadonlySet<NodeId> },
): readonly NodeId[] {
  const ids = others.map(({ id }) => id)
  const ordered = [...ids.filter((id) => !missing.has(id)), ...ids.filter((id) => missing.has(id))]
  return [founder, ...ordered.slice(0, count - 1)]
}

/** Told another number than `self`: as long as there is one, nothing is founded. */
export function otherNumbers(self: Candidate, others: readonly Candidate[]): readonly Candidate[] {
  return others.filter(({ expects }) => expects !== self.expects)
}

/** By id, so that equal views are equal data. */
export function sortedCandidates(candidates: readonly Candidate[]): readonly Candidate[] {
  return [...candidates].sort((a, b) => (a.id < b.id ? -1 : 1))
}

export function areSame(a: readonly Candidate[] | undefined, b: readonly Candidate[]): boolean {
  return a !== undefined && a.length === b.length && a.every((each, at) => isSame(each, b[at]))
}

function isSame(a: Candidate, b: Candidate | undefined): boolean {
  const isAlike = a.name === b?.name && a.addr === b.addr
  return isAlike && a.id === b.id && a.expects === b.expects && a.wish === b.wish
}
