import type { State, Work } from "./state.ts"

/** What is sorted in one step. */
const RUN = 128

/** About as much as one transition of an entity takes, at a time. */
export type Steps<Result> = Generator<undefined, Result, undefined>

type Compare<Item> = (a: Item, b: Item) => number

/** Sorted step by step; what is equal keeps its order. */
export function* sorted<Item>(items: readonly Item[], compare: Compare<Item>): Steps<readonly Item[]> {
  let runs: (readonly Item[])[] = []
  for (let at = 0; at < items.length; at += RUN) {
    runs.push(items.slice(at, at + RUN).sort(compare))
    yield
  }
  while (runs.length > 1) {
    const merged: (readonly Item[])[] = []
    for (let at = 0; at < runs.length; at += 2) {
      merged.push(yield* mergedRuns(runs[at] as readonly Item[], runs[at + 1] ?? [], compare))
    }
    runs = merged
  }
  return runs[0] ?? []
}

/** The same within an entry. */
export function* sortedAtWork<Item>(
  state: State,
  items: Iterable<Item>,
  compare: Compare<Item>,
): Work<readonly Item[]> {
  const steps = sorted([...items], compare)
  for (;;) {
    const { value, done } = steps.next()
    if (done === true) return value
    if (state.tires()) yield
  }
}

/** By their UTF-16 units, as an array sorts texts. */
export function byText(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}

function* mergedRuns<Item>(a: readonly Item[], b: readonly Item[], compare: Compare<Item>): Steps<readonly Item[]> {
  const merged: Item[] = []
  let [left, right] = [0, 0]
  while (left < a.length && right < b.length) {
    const isLeft = compare(a[left] as Item, b[right] as Item) <= 0
    merged.push((isLeft ? a[left++] : b[right++]) as Item)
    if (merged.length % RUN === 0) yield
  }
  for (; left < a.length; left++) merged.push(a[left] as Item)
  for (; right < b.length; right++) merged.push(b[right] as Item)
  return merged
}
