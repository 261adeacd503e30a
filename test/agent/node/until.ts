const LIMIT_MS = 30_000
const LOOK_MS = 5

/** Resolves when the condition holds; rejects when it still does not after half a minute. */
export async function until(what: string, holds: () => boolean): Promise<void> {
  const endsAt = Date.now() + LIMIT_MS
  while (!holds()) {
    if (Date.now() > endsAt) throw new Error(`never happened: ${what}`)
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS))
  }
}
