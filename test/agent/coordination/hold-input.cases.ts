import { acquireOf } from "conclave/coordination/hold-input"
import { test } from "tap"

const OWN = { session: "s".repeat(26), seq: 4 } as never

test("a lock has names, once each, a mode and a delay; an election a value and a priority; nothing else counts", (t) => {
  const all = {
    kind: "",
    name: "a",
    names: ["b", "a"],
    mode: "shared" as const,
    lockDelayMs: 5,
    value: { x: 1 },
    priority: 2,
  }
  const lock = acquireOf("lock", all, OWN)
  t.match(lock, {
    hold: "lock",
    names: ["a", "b"],
    mode: "shared",
    lockDelayMs: 5,
    priority: 0,
    value: undefined,
    seq: 4,
  })
  const election = acquireOf("election", { ...all, waitMs: 0 }, OWN)
  t.match(election, { names: ["a"], mode: "exclusive", lockDelayMs: 0, priority: 2, value: '{"x":1}', waitMs: 0 })
  const names = Array.from({ length: 64 }, (_, each) => `n${each}`)
  t.match(
    acquireOf("lock", { kind: "", name: "n0", names }, OWN),
    { kind: "acquire" },
    "the path's name is one of them",
  )
  t.match(acquireOf("lock", { kind: "", name: "a", names }, OWN), {
    code: "RESOURCE_EXHAUSTED",
    details: { limit: 64 },
  })
  t.end()
})
