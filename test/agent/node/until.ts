const LIMIT_MS = 30_000
const LOOK_MS = 5

/** Resolves when the condition holds; rejects when it still does not after half a minute, or as long as is said. */
export async function until(what: string, holds: () => boolean, limitMs: number = LIMIT_MS): Promise<void> {
  const endsAt = Date.now() + limitMs
  while (!holds()) {
    if (Date.now() > endsAt) throw new Error(`never happened: ${what}`)
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS))
  }
}
