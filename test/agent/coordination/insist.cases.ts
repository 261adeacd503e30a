import { insist } from "conclave/coordination/insist"
import { test } from "tap"
import { BookStage } from "./book-stage.ts"

test("what may be applied twice is proposed until it is decided, or nobody wants it any more", (t) => {
  const stage = new BookStage()
  const { cluster, clock } = stage
  const { session } = stage.open()
  const end = { kind: "end", session: session.id, of: undefined, cause: "closed", isGone: false } as const
  cluster.hasQuorum = false
  const done: string[] = []
  let isWanted = true
  insist(end, { cluster, clock, isWanted: () => true, done: ({ kind }) => done.push(kind) })
  insist(end, { cluster, clock, isWanted: () => isWanted, done: () => done.push("unwanted") })
  isWanted = false
  stage.pass(3000)
  t.same(done, [])
  cluster.hasQuorum = true
  stage.pass(1100)
  t.same(done, ["done"])
  t.end()
})
