import type { ElectionStep } from "../load/orders.ts"

export interface Handovers {
  /** From one leader's resignation to the next one's word that it leads. */
  readonly handoverMs: readonly number[]
  /** From the resignation to the word of each observer that told of the next leader at all. */
  readonly observeMs: readonly number[]
  /** Leaders that began before the one before them had resigned: two at a time. */
  readonly overlaps: number
}

/** Reads the handovers out of what candidates and observers have told, of one clock and in any order. */
export function handovers(steps: readonly ElectionStep[]): Handovers {
  const leads = sorted(steps, "leads")
  const resigned = new Map(sorted(steps, "resigns").map(({ value, atMs }) => [value, atMs]))
  const observed = sorted(steps, "observed")
  const handoverMs: number[] = []
  const observeMs: number[] = []
  let overlaps = 0
  for (const [index, { value, atMs }] of leads.entries()) {
    const before = leads[index - 1]
    const resignedMs = before === undefined ? undefined : resigned.get(before.value)
    if (before === undefined) continue
    // Without a resignation the one before leads still.
    if (resignedMs === undefined || atMs < resignedMs) {
      overlaps++
      continue
    }
    handoverMs.push(atMs - resignedMs)
    for (const each of observed) if (each.value === value) observeMs.push(each.atMs - resignedMs)
  }
  return { handoverMs, observeMs, overlaps }
}

function sorted(steps: readonly ElectionStep[], kind: ElectionStep["kind"]): { value: string; atMs: number }[] {
  const of = steps.filter((step) => step.kind === kind)
  return of.map(({ value, atNs }) => ({ value, atMs: Number(BigInt(atNs)) / 1e6 })).sort((a, b) => a.atMs - b.atMs)
}
