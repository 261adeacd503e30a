import { refused } from "./answers.ts"
import type { Resize } from "./command.ts"
import { endHold } from "./holds.ts"
import { nameKey } from "./keys.ts"
import { isName, LIMIT_MAX } from "./limits.ts"
import type { State, Work } from "./state.ts"
import type { CommandResult, StoredResult } from "./types.ts"

/**
 * Breaks no holder: where they weigh more than the new limit, nobody else is granted anything until they fit. Who waits
 * with a weight above it could never be granted, and would keep all behind it waiting for ever, so that it is refused
 * as one who comes with it now would be. Of a semaphore that nobody uses there is no limit: the next one says it.
 */
export function* resize(state: State, { name, limit }: Resize): Work<CommandResult> {
  if (!isName(name)) return refused(state, { kind: "invalid", field: "name" })
  if (limit < 1 || limit > LIMIT_MAX) return refused(state, { kind: "invalid", field: "limit" })
  const key = nameKey("semaphore", name)
  const before = state.name(key)
  if (before === undefined || before.limit === 0 || before.limit === limit) return { kind: "written", rev: state.rev }
  const after = { ...before, limit }
  const rev = state.nextRev
  state.putName(after)
  state.changes.push({ kind: "name", before, after, rev })
  state.touched.add(key)
  const refusal: StoredResult = { kind: "refused", refusal: { kind: "conflict", reason: "limit", current: limit }, rev }
  for (const hold of state.queue(key)?.waiting.items.filter(({ weight }) => weight > limit) ?? []) {
    endHold(state, hold, { how: "too-heavy", answer: refusal })
    if (state.tires()) yield
  }
  return { kind: "written", rev }
}
