/** That an application holds a lock, as it believes. */
export interface Belief {
  readonly name: string
  readonly agent: string
  readonly app: string
  readonly token: bigint
  readonly fromMs: number
  /** undefined = still. */
  toMs: number | undefined
}

/** For how long of the time more than one of the beliefs was held. */
export function overlapMs(beliefs: readonly Belief[], nowMs: number): number {
  const edges = beliefs.flatMap(({ fromMs, toMs }) => [
    { atMs: fromMs, step: 1 },
    { atMs: Math.max(fromMs, toMs ?? nowMs), step: -1 },
  ])
  // At one moment the end of one belief comes before the beginning of the next.
  edges.sort((a, b) => a.atMs - b.atMs || a.step - b.step)
  let count = 0
  let sinceMs = 0
  let sumMs = 0
  for (const { atMs, step } of edges) {
    if (count > 1) sumMs += atMs - sinceMs
    count += step
    sinceMs = atMs
  }
  return sumMs
}
