import type { Command, Request } from "@conclave/consensus"
import { test } from "tap"
import { Stage, sessionId } from "./stage.ts"

function put(request: Request | undefined, value = "1"): Command {
  return { kind: "kvPut", request, key: "k", value, ifRev: undefined, guard: undefined }
}

function remove(request: Request | undefined): Command {
  return { kind: "kvDelete", request, key: "k", ifRev: undefined, guard: undefined }
}

test("a write of a session is applied once: whoever repeats it gets the first answer", (t) => {
  const stage = new Stage()
  const session = stage.open(1)
  const request = (seq: number): Request => ({ session, seq, floor: 0 })
  const first = stage.apply(put(request(1)))
  const between = stage.apply(put(request(2), "2"))
  const again = stage.apply(put(request(1)))
  t.match(again, { result: first.result, isRepeat: true, rev: between.rev, changes: [] })
  t.equal(stage.machine.entry("k")?.value, "2")
  const gone = stage.apply(remove(request(3)))
  stage.apply(put(request(4), "4"))
  t.same(stage.result(remove(request(3))), gone.result, "a deletion as well")
  t.equal(stage.machine.entry("k")?.value, "4")
  t.end()
})

test("a write without a session is nobody's: each time that it comes it is applied", (t) => {
  const stage = new Stage()
  const first = stage.apply(put(undefined))
  const second = stage.apply(put(undefined))
  t.match([second.isRepeat, second.rev], [false, first.rev + 1])
  t.match(stage.apply(remove(undefined)), { isRepeat: false, result: { isRemoved: true } })
  t.match(stage.apply(remove(undefined)), { isRepeat: false, result: { isRemoved: false } })
  t.end()
})

test("what was refused is refused again, whatever has become of it; a session that is over writes nothing", (t) => {
  const stage = new Stage()
  const session = stage.open(1)
  const request = { session, seq: 1, floor: 0 }
  const refused = stage.result({ ...put(request), ifRev: 7 } as Command)
  t.match(refused, { kind: "refused", refusal: { kind: "conflict" } })
  t.same(stage.result(put(request)), refused)
  stage.granted(session, 2)
  t.match(stage.result(put({ ...request, seq: 2 })), { refusal: { kind: "conflict", reason: "seq" } })
  stage.end(session)
  t.match(stage.result(put({ ...request, seq: 3 })), { refusal: { kind: "session-lost", cause: "closed" } })
  t.match(stage.result(put({ ...request, session: sessionId(9) })), { refusal: { kind: "session-lost" } })
  t.equal(stage.machine.entry("k"), undefined)
  t.end()
})
