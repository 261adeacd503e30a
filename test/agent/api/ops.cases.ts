import { HANDLERS, isProblem, STREAMS } from "conclave/api/ops"
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
  for (const name of Object.keys(HANDLERS) as (keyof typeof HANDLERS)[]) {
    const answer = await new Promise<object>((resolve) => HANDLERS[name](context, inputs[name] as never, resolve))
    t.notOk(isProblem(answer), name)
    t.same(OPS[name].output.strict().parse(answer), answer, `${name}: nothing more, nothing less`)
  }
})

test("only members can be watched so far", (t) => {
  const context = { view: new FakeAgent().view, feeds: { members: unused, events: unused } }
  const refused = STREAMS.watch(context, { kind: "lock" }, () => {})
  t.match(refused, { code: "NOT_FOUND", details: { kind: "lock" } })
  t.end()
})

function unused(): never {
  throw new Error("no stream is opened here")
}
