import { ENTRY_VALUE_BYTES_MAX } from "./limits.ts"
import type { State, Work } from "./state.ts"
import type { RestoreId, StagedPart } from "./types.ts"

/** What nobody goes on with is forgotten after so long. */
export const STAGED_KEPT_MS = 600_000
/** What the longest records have beside 64 KiB of somebody's: an item its checkpoint, names and last steps. */
const REST_BYTES = 16 * 1024
/** A part is one record of the state, and has room for any other. */
export const STAGED_BYTES_MAX: number = ENTRY_VALUE_BYTES_MAX + REST_BYTES
const DUE = "parts"

/** The restore that is being prepared, and how much of it is here; undefined = none is. */
export function stagingOf(
  state: State,
): { readonly restore: RestoreId; readonly parts: number; readonly bytes: number } | undefined {
  const first = state.staged.get("0")
  return first === undefined
    ? undefined
    : { restore: first.restore, parts: state.staged.size, bytes: state.stagedBytes }
}

export function putStaged(state: State, staged: StagedPart): void {
  state.staged.put(String(staged.part), staged)
  state.stagedBytes += staged.data.length
  const untilMs = staged.atMs + STAGED_KEPT_MS
  state.dues.set("staged", DUE, Math.max(untilMs, state.dues.at("staged", DUE) ?? 0))
}

/** Nothing is staged any more. */
export function* clearStaged(state: State): Work {
  for (let part = state.staged.size - 1; part >= 0; part--) {
    state.staged.delete(String(part))
    if (state.tires()) yield
  }
  state.stagedBytes = 0
  state.dues.clear("staged", DUE)
}
