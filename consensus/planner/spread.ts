import { majority } from "../quorum.ts"

/** Where a voter is, or would be. */
export interface Place {
  readonly host: string
  /** Empty = unknown: as if it were the only one in its zone. */
  readonly zone: string
}

/** More is better, the first number first: hosts, then zones that differ. */
export function spreadOf(places: readonly Place[]): readonly [hosts: number, zones: number] {
  const unknown = places.filter(({ zone }) => zone === "").length
  const zones = new Set(places.map(({ zone }) => zone).filter((zone) => zone !== ""))
  return [new Set(places.map(({ host }) => host)).size, zones.size + unknown]
}

export function isBetter(one: readonly number[], other: readonly number[]): boolean {
  for (const [place, value] of one.entries()) {
    const against = other[place] ?? 0
    if (value !== against) return value > against
  }
  return false
}

/** True when the loss of one zone would cost the quorum. */
export function oneZoneBreaks(places: readonly Place[]): boolean {
  const zones = new Set(places.map(({ zone }) => zone).filter((zone) => zone !== ""))
  return [...zones].some((zone) => places.filter((each) => each.zone !== zone).length < majority(places.length))
}

/**
 * The best `count` of `candidates` beside those who are there, one after the other: whoever adds most to the spread,
 * then whoever ranks first. `candidates` come in the order of their rank.
 */
export function pick<Candidate extends Place>(
  present: readonly Place[],
  candidates: readonly Candidate[],
  count: number,
): readonly Candidate[] {
  if (count <= 0) return []
  const picked: Candidate[] = []
  const open = [...candidates]
  while (picked.length < count && open.length > 0) {
    let best = 0
    for (let at = 1; at < open.length; at++) {
      const [one, other] = [open[at], open[best]].map((each) => spreadOf([...present, ...picked, each as Candidate]))
      if (one !== undefined && other !== undefined && isBetter(one, other)) best = at
    }
    picked.push(...open.splice(best, 1))
  }
  return picked
}
