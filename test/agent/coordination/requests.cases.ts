import type { Millis } from "@conclave/base"
import { NO_TERMS } from "@conclave/consensus"
import { request } from "conclave/coordination/requests"
import { test } from "tap"
import { BookStage } from "./book-stage.ts"

test("a numbered request whose answer is lost is repeated until the deadline, and applied once", (t) => {
  const stage = new BookStage()
  const { cluster, clock } = stage
  const { session } = stage.open()
  const acquire = {
    kind: "acquire",
    session: session.id,
    seq: 1,
    floor: 0,
    hold: "lock",
    names: ["a"],
    mode: "exclusive",
    waitMs: undefined,
    priority: 0,
    maxHoldMs: undefined,
    lockDelayMs: 0,
    ...NO_TERMS,
    note: undefined,
    value: undefined,
  } as const
  let lost = 0
  cluster.losesAnswers = () => lost++ < 2
  const got: object[] = []
  const options = { cluster, clock, op: "hold", deadline: (clock.now() + 1000) as Millis }
  request(acquire, options, (result) => got.push(result))
  stage.pass(300)
  t.match(got, [{ kind: "granted" }])
  t.equal(cluster.machine.holdsOf(session.id).length, 1)
  cluster.losesAnswers = () => true
  request({ ...acquire, seq: 2 }, { ...options, deadline: (clock.now() + 500) as Millis }, (result) => got.push(result))
  cluster.hasQuorum = false
  stage.pass(1000)
  t.match(got[1], { code: "TIMEOUT", outcome: "unknown" }, "once handed over it is never said to be not applied")
  request({ ...acquire, seq: 3 }, { ...options, deadline: (clock.now() + 500) as Millis }, (result) => got.push(result))
  t.match(got[2], { code: "NO_QUORUM", outcome: "not-applied" })
  t.end()
})
