import type { JournalNote } from "../api/objects.ts"
import type { Log } from "../ports.ts"

/** Where news is kept: the journal of this agent, and its log, which outlives that. */
export interface Keep {
  readonly log: Log
  readonly tell: (note: JournalNote) => void
}

/** Something that was done to others' holds by force: who did it, why, and what came of it. */
export interface Deed {
  /** Of what was meant: a kind of holds or `session`, and its name. */
  readonly kind: string
  readonly name: string
  readonly by: string
  readonly reason: string
  readonly graceMs: number
  /**
   * What was asked back, or with a grace of 0 is gone; undefined = it was proposed, and nobody heard what became of it.
   */
  readonly tokens: readonly string[] | undefined
}

/** Keeps it where it was done: in the journal of this agent, and in its log, which outlives that. */
export function audit({ kind, name, by, reason, graceMs, tokens }: Deed, { log, tell }: Keep): void {
  const event = `${kind}.revoke`
  const outcome = tokens === undefined ? "with an outcome that is not known" : `from ${holders(tokens.length)}`
  const message = `${kind} ${name} was asked back ${outcome} by ${by}, with ${graceMs} ms to finish: ${reason}`
  log.write("warn", event, message, { kind, name, by, reason, graceMs, tokens: tokens ?? null })
  tell({ kind: event, name, revoked: { by, reason }, ...(tokens === undefined ? {} : { tokens: [...tokens] }) })
}

function holders(count: number): string {
  return count === 1 ? "1 holder" : `${count} holders`
}
