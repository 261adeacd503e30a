import { setFaults } from "conclave/api/faults"
import { test } from "tap"
import { FakeAgent } from "../fake-view.ts"

test("only an agent that was started for it takes faults", (t) => {
  const fake = new FakeAgent()
  const rule = { drop: ["b"], in: false, out: true }
  t.same(setFaults(fake.view, rule), rule)
  t.same(fake.faults, [rule])
  fake.faultInjection = false
  t.match(setFaults(fake.view, rule), { code: "PERMISSION_DENIED", hint: /--enable-fault-injection/ })
  t.equal(fake.faults.length, 1)
  t.end()
})
