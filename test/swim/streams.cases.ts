import { test } from "tap"
import { addrOf, alive, idOf, Stage } from "./stage.ts"

test("a reply goes to its request once; late, repeated and unknown replies are nothing", async (t) => {
  const stage = new Stage({ members: 1 })
  stage.answering = false
  stage.step({ kind: "join", addrs: [addrOf(1), addrOf(2)] })
  const [first, second] = stage.of("streamRequest").map(({ request }) => request)
  t.not(first, second)
  const rows = { kind: "rows", from: idOf(1), updates: [alive(1)], wanted: [] } as const
  for (const request of [first ?? 0, first ?? 0, 999]) {
    stage.step({ kind: "streamReply", request, pages: [rows], failure: "" })
  }
  t.equal(stage.of("joined").length, 1)
})

test("a reply without a page is a failure", async (t) => {
  const stage = new Stage({ members: 1 })
  stage.answering = false
  stage.step({ kind: "join", addrs: [addrOf(1)] })
  const request = stage.of("streamRequest")[0]?.request ?? 0
  stage.step({ kind: "streamReply", request, pages: [], failure: "protocol" })
  t.equal(stage.of("joinFailed")[0]?.reason, "protocol")
  t.notOk(stage.swim.hasJoined)
})
