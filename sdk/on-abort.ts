const LISTENERS: WeakMap<AbortSignal, Set<() => void>> = new WeakMap()

/**
 * Calls `act` once when the signal aborts, unless the result was called before. One listener a signal, however many
 * calls share it: Node warns of a leak from the eleventh on. A signal that has aborted already calls nothing.
 */
export function onAbort(signal: AbortSignal | undefined, act: () => void): () => void {
  if (signal === undefined || signal.aborted) return () => {}
  const acts = LISTENERS.get(signal) ?? listen(signal)
  // Each call is its own, also when two hand over the same function.
  const mine = (): void => act()
  acts.add(mine)
  return () => {
    acts.delete(mine)
  }
}

/** What was begun goes on; an aborted `signal` rejects with its reason at once. */
export function unlessAborted<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return work
  return new Promise((resolve, reject) => {
    const forget = onAbort(signal, () => reject(signal.reason))
    work.then(resolve, reject).finally(forget)
  })
}

function listen(signal: AbortSignal): Set<() => void> {
  const acts = new Set<() => void>()
  LISTENERS.set(signal, acts)
  const aborted = (): void => {
    for (const act of [...acts]) act()
    acts.clear()
  }
  signal.addEventListener("abort", aborted, { once: true })
  return acts
}
