import type { Acquire } from "@conclave/consensus"
import { isByLog } from "conclave/api/problem"
import type { StateView } from "conclave/coordination/cluster"
import { waitTimeout } from "conclave/coordination/wait-timeout"
import { test } from "tap"

const LOCK = { hold: "lock", names: ["a", "b"], session: "s", seq: 1, waitMs: 1500 } as unknown as Acquire

/** A state in which these sessions hold every name, and so many others wait there. */
function stateOf(sessions: readonly object[], waiters: readonly object[] = []): StateView {
  const holders = sessions.map((_, at) => ({ session: at }))
  return { name: () => ({ holders, waiters }), session: (at: number) => sessions[at] } as unknown as StateView
}

test("what was not granted says who has it, as far as that is known", (t) => {
  const told = (state: StateView | undefined, more: Partial<Acquire> = {}) =>
    waitTimeout({ ...LOCK, ...more }, state).message
  const n1 = { member: "n1", app: "backup", pid: 7 }
  t.equal(told(stateOf([n1])), "a,b was not granted in 1500 ms, and never will be: held by n1 (backup, pid 7)")
  t.match(told(stateOf([{ ...n1, app: "", pid: undefined }, n1, n1]), { names: ["a"] }), /: held by n1 and 2 more$/)
  t.match(told(stateOf([{ ...n1, app: "" }])), /: held by n1 \(pid 7\)$/)
  for (const state of [undefined, stateOf([])]) t.match(told(state, { waitMs: 0 }), /at once, and never will be$/)
  const why = waitTimeout(LOCK, undefined)
  t.match(why, { code: "WAIT_TIMEOUT", outcome: "not-applied", retryable: true })
  t.ok(isByLog(why))
  t.end()
})

test("a barrier that did not open says how many had come, the one that gave up with them", (t) => {
  const arrival = { ...LOCK, hold: "barrier", names: ["st"], limit: 3 } as Acquire
  const own = { session: "s", seq: 1 }
  const message = "the barrier st did not open in 1500 ms: 2 of 3 had come"
  t.equal(waitTimeout(arrival, stateOf([], [{ session: "s", seq: 2 }])).message, message)
  t.equal(waitTimeout(arrival, stateOf([], [own, { session: "r", seq: 1 }])).message, message, "also before it is out")
  t.equal(waitTimeout(arrival, undefined).message, "the barrier st did not open in 1500 ms")
  t.end()
})
