import { FilledState } from "@conclave/bench/state/fill"
import { Mixture } from "@conclave/bench/state/mixture"
import { test } from "tap"
import { SMALL } from "./small.ts"

test("every command of the mixture is carried out, and what was taken is given back", async (t) => {
  const state = new FilledState(SMALL)
  const mixture = new Mixture(state)
  const kinds = new Map<string, number>()
  for (let batch = 0; batch < 5; batch++) {
    const { data, askers } = mixture.next(100)
    for (const [at, each] of data.entries()) {
      const { result } = state.apply(each)
      const kind = result?.kind ?? "none"
      kinds.set(kind, (kinds.get(kind) ?? 0) + 1)
      const session = askers.get(at)
      t.equal(session !== undefined, kind === "granted", "who asks for a lock gets it")
      if (session !== undefined && result?.kind === "granted") mixture.granted(session, result.token)
    }
  }
  t.same([...kinds.keys()].sort(), ["granted", "renewed", "written"])
  t.equal(kinds.get("granted"), 125)
  t.equal(kinds.get("renewed"), 25)
  t.equal(kinds.get("written"), 150 + 100 + 50 + 25, "puts, releases of four batches, updates and checkpoints")
  t.same(state.machine.problems(), [])
})
