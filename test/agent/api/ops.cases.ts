import { HOLD_OPS } from "conclave/api/hold-schema"
import { HANDLERS, isProblem, STREAMS } from "conclave/api/ops"
import { RAFT_OPS, RAFT_STATUS } from "conclave/api/raft-schema"
import { OPS } from "conclave/api/schema"
import { test } from "tap"
import { FakeAgent, fakeMember } from "../fake-view.ts"

test("each operation has a handler, each stream its own", (t) => {
  const names = Object.entries(OPS)
  t.same(
    Object.keys(HANDLERS).sort(),
    names
      .filter(([, { stream }]) => !stream)
      .map(([name]) => name)
      .sort(),
  )
  t.same(
    Object.keys(STREAMS).sort(),
    names
      .filter(([, { stream }]) => stream)
      .map(([name]) => name)
      .sort(),
  )
  t.end()
})

test("what handlers answer is what the schema says", async (t) => {
  const fake = new FakeAgent()
  fake.put(fakeMember("b", { state: "dead", tags: { a: "b" } }))
  const context = { view: fake.view, feeds: { members: unused, events: unused } }
  const inputs = {
    status: {},
    "members.list": {},
    "members.get": { name: "b" },
    ping: { name: "b", count: 2 },
    join: { addrs: ["x"] },
    leave: { name: "b" },
    faults: { drop: ["b"], in: true, out: false },
    "config.show": {},
  }
  for (const name of Object.keys(inputs) as (keyof typeof inputs)[]) {
    const answer = await new Promise<object>((resolve) => HANDLERS[name](context, inputs[name] as never, resolve))
    t.notOk(isProblem(answer), name)
    t.same(OPS[name].output.strict().parse(answer), answer, `${name}: nothing more, nothing less`)
  }
})

test("before founding the group is empty, and what needs a quorum says so", async (t) => {
  const context = { view: new FakeAgent().view, feeds: { members: unused, events: unused } }
  const answers = Object.keys({ ...HOLD_OPS, ...RAFT_OPS }).filter((name) => name !== "hold")
  for (const name of answers as Exclude<keyof typeof HANDLERS, "status">[]) {
    const answer = await new Promise<object>((resolve) => HANDLERS[name](context, {} as never, resolve))
    if (name === "raft.status") t.same(RAFT_STATUS.strict().parse(answer), answer)
    else t.match(answer, { code: "NO_QUORUM", outcome: "not-applied", retryable: true, details: { needed: 1 } }, name)
  }
  t.match(STREAMS.hold(), { code: "NO_QUORUM" })
  t.match(
    STREAMS.watch(context, { kind: "lock" }, () => {}),
    { code: "NO_QUORUM" },
  )
})

test("what is of no kind cannot be watched", (t) => {
  const context = { view: new FakeAgent().view, feeds: { members: unused, events: unused } }
  const refused = STREAMS.watch(context, { kind: "clock" }, () => {})
  t.match(refused, { code: "NOT_FOUND", details: { kind: "clock" } })
  t.end()
})

function unused(): never {
  throw new Error("no stream is opened here")
}
