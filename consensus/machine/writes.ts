import type { WriteCommand } from "./command.ts"
import { deleteEntry, putEntry } from "./kv.ts"
import { fresh, type Outcome, once } from "./once.ts"
import { resize } from "./semaphore.ts"
import type { State, Work } from "./state.ts"
import type { CommandResult } from "./types.ts"
import { configure } from "./work/pools.ts"
import { checkpoint, settle } from "./work/settle.ts"
import { put, removeTask, retry } from "./work/tasks.ts"

/** A write: of a session once, whoever repeats it; without a session each time that it comes. */
export function* applyWrite(state: State, command: WriteCommand): Work<Outcome> {
  const { request } = command
  if (request === undefined) return fresh(yield* perform(state, command))
  return yield* once(state, request, { perform: () => perform(state, command) })
}

function* perform(state: State, command: WriteCommand): Work<CommandResult> {
  switch (command.kind) {
    case "resize":
      return yield* resize(state, command)
    case "kvPut":
      return putEntry(state, command)
    case "kvDelete":
      return deleteEntry(state, command)
    case "workConfigure":
      return yield* configure(state, command)
    case "workPut":
      return put(state, command)
    case "workRemove":
      return removeTask(state, command)
    case "workRetry":
      return retry(state, command)
    case "workSettle":
      return settle(state, command)
    case "workCheckpoint":
      return checkpoint(state, command)
  }
}
