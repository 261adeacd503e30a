import { test } from "tap"
import { Stage } from "./stage.ts"

test("under the number of a hold that lives its own request stands, a cancel ends it, and any other is refused", (t) => {
  const stage = new Stage()
  const session = stage.open(1)
  const token = stage.granted(session, 1)
  t.match(stage.acquire(session, 1), { kind: "granted", token })
  t.match(stage.release(session, 1, token), { refusal: { kind: "conflict", reason: "seq" } })
  t.match(stage.cancel(session, 1), { kind: "ended", how: "released", token })
  t.match(stage.acquire(session, 1), { kind: "ended", how: "released" }, "and then its end is the answer")
  t.end()
})

test("a number below what its session has answers to is forgotten", (t) => {
  const stage = new Stage()
  const session = stage.open(1)
  const put = (seq: number, floor: number) =>
    stage.result({
      ...{ kind: "kvPut", key: "k", value: String(seq), ifRev: undefined, guard: undefined },
      request: { session, seq, floor },
    })
  t.match(put(1, 0), { kind: "written" })
  t.match(put(5, 5), { kind: "written" })
  t.match(put(1, 0), { refusal: { kind: "forgotten" } })
  t.equal(stage.machine.entry("k")?.value, "5")
  t.end()
})
