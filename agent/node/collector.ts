import { setFlagsFromString } from "node:v8"
import { runInNewContext } from "node:vm"

type Collect = (options: { readonly type: "minor" }) => void

let collect: Collect | undefined

/**
 * Collects what was made last, by a function of V8 that Node has no name for (decision 0120). It costs what of that is
 * still in use, which is all of it where something is built up: then many little stops are had for one long one.
 */
export function collectYoung(): void {
  collect ??= openCollector()
  collect({ type: "minor" })
}

function openCollector(): Collect {
  setFlagsFromString("--expose-gc")
  return runInNewContext("gc") as Collect
}
