import { knownAnswer, raiseFloor, refused, storeAnswer } from "./answers.ts"
import type { State, Work } from "./state.ts"
import type { CommandResult, Hold, Request, StoredResult } from "./types.ts"

export interface Outcome {
  readonly result: CommandResult
  readonly isRepeat: boolean
}

interface Deed {
  readonly perform: () => Work<CommandResult>
  /**
   * What a hold that lives under this number says to it: its answer, or undefined = go on. Without it the request is
   * another one than that of the hold, and refused.
   */
  readonly ofHold?: (hold: Hold) => CommandResult | undefined
}

/** A request of a session, once: whoever repeats it gets the answer of the first time, before anything is looked at. */
export function* once(state: State, request: Request, { perform, ofHold }: Deed): Work<Outcome> {
  if (state.session(request.session) === undefined) return fresh(sessionLost(state, request))
  const known = knownAnswer(state, request)
  if (known !== undefined) return { result: known, isRepeat: true }
  const hold = state.hold(request.session, request.seq)
  const standing = hold === undefined ? undefined : ofHold?.(hold)
  if (standing !== undefined) return { result: standing, isRepeat: true }
  raiseFloor(state, request)
  if (hold !== undefined && ofHold === undefined) {
    return fresh(refused(state, { kind: "conflict", reason: "seq" }))
  }
  const result = yield* perform()
  if (!isStored(result)) return fresh(result)
  // What a hold came to is stored by its end.
  const isOver = state.answersOf(request.session)?.get(request.seq) !== undefined
  if (!isOver && state.session(request.session) !== undefined) {
    storeAnswer(state, request.session, request.seq, result)
  }
  return fresh(result)
}

export function fresh(result: CommandResult): Outcome {
  return { result, isRepeat: false }
}

function sessionLost(state: State, { session }: Request): StoredResult {
  return refused(state, { kind: "session-lost", cause: state.ended.get(session)?.cause })
}

function isStored(result: CommandResult): result is StoredResult {
  return STORED.has(result.kind)
}

const STORED: ReadonlySet<CommandResult["kind"]> = new Set<StoredResult["kind"]>([
  "ended",
  "opened",
  "written",
  "removed",
  "refused",
])
