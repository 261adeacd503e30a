import { setFlagsFromString } from "node:v8"
import { runInNewContext } from "node:vm"

/**
 * How V8 collects garbage in a process whose loop has to turn: measured in decision 0120. Node has no name of its own
 * for either; a flag that a later V8 does not know costs a line on stderr and nothing else.
 */

/**
 * Of the threads that mark what is in use while the program runs, one: a collection stops all of them, and on a machine
 * with fewer processors waits for one that has none.
 */
export function markWithOneThread(): void {
  setFlagsFromString("--concurrent-marking-max-worker-num=1")
}

type Collect = (options: { readonly type: "minor" }) => void

let collect: Collect | undefined

/**
 * Collects what was made last. It costs what of that is still in use, which is all of it where something is built up:
 * then many little stops are had for one long one.
 */
export function collectYoung(): void {
  collect ??= openCollector()
  collect({ type: "minor" })
}

function openCollector(): Collect {
  setFlagsFromString("--expose-gc")
  return runInNewContext("gc") as Collect
}
