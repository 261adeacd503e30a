import { type HoldListener, HoldListeners } from "@conclave/sdk/hold-listeners"
import { test } from "tap"

const LOCKS = { kind: "lock", name: "a", names: ["a", "b"] } as const
const GRANTED = { kind: "granted", token: 7n, rev: 9n, id: undefined } as const

function stage() {
  const heard: unknown[] = []
  let alive = 0
  const holds = new HoldListeners((by) => {
    alive += by
  })
  const listener: HoldListener = {
    granted: (token) => void heard.push(["granted", token]),
    lost: (reason) => void heard.push(["lost", reason]),
    failed: ({ code }) => void heard.push(["failed", code]),
  }
  const ask = (hold: number): void => holds.add(hold, LOCKS, listener)
  return { heard, holds, ask, alive: () => alive }
}

test("a grant is found by its kind, its token and each of its names, until it is lost", (t) => {
  const { holds, ask } = stage()
  ask(1)
  const named = { kind: "lock", name: "b", token: 7n }
  t.equal(holds.granted(named), undefined, "it waits")
  holds.tell({ ...GRANTED, hold: 1 })
  t.equal(holds.granted(named), 1)
  t.equal(holds.granted({ ...named, name: "a" }), 1)
  for (const other of [{ name: "c" }, { token: 8n }, { kind: "semaphore" }, { kind: undefined }]) {
    const { kind, ...rest } = { ...named, ...other }
    t.equal(holds.granted(kind === undefined ? rest : { ...rest, kind }), undefined)
  }
  holds.tell({ kind: "lost", hold: 1, reason: "expired" })
  t.equal(holds.granted(named), undefined)
  t.end()
})

test("of a hold that is given up nothing is heard, and each keeps the process alive until it is over", (t) => {
  const { heard, holds, ask, alive } = stage()
  for (const hold of [1, 2, 3]) ask(hold)
  t.equal(alive(), 3)
  holds.forget(1)
  holds.forget(1)
  holds.tell({ ...GRANTED, hold: 1 })
  t.same([heard, alive()], [[], 2])
  const failure = { code: "TIMEOUT", message: "it waited long enough", outcome: "not-applied" } as const
  holds.tell({ kind: "failed", hold: 2, failure: { ...failure, retryable: true, hint: undefined, details: {} } })
  holds.tell({ kind: "lost", hold: 3, reason: "released" })
  t.same(
    [heard, alive()],
    [
      [
        ["failed", "TIMEOUT"],
        ["lost", "released"],
      ],
      0,
    ],
  )
  t.end()
})

test("whoever waits for a release is told once, and the process lives until then", (t) => {
  const { heard, holds, ask, alive } = stage()
  ask(1)
  holds.tell({ ...GRANTED, hold: 1 })
  const released: unknown[] = []
  holds.awaitRelease(1, (error, rev) => void released.push([error, rev]))
  holds.tell({ kind: "lost", hold: 1, reason: "released" })
  t.same([heard.at(-1), released, alive()], [["lost", "released"], [], 1])
  const told = { kind: "released", hold: 1, failure: undefined, rev: 10n } as const
  holds.tell(told)
  holds.tell(told)
  t.same([released, alive()], [[[undefined, 10n]], 0])
  t.end()
})
