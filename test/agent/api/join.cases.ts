import { join } from "conclave/api/join"
import { test } from "tap"
import { FakeAgent } from "../fake-view.ts"

test("who answered and who did not, each list by its bytes", (t) => {
  const fake = new FakeAgent()
  const failed = [
    { addr: "y:1", message: "refused" },
    { addr: "x:1", message: "unreachable" },
  ]
  fake.joinOutcome = { joined: ["c", "B"], failed }
  join(fake.view, { addrs: ["x:1", "y:1"] }, (result) => {
    t.same(result, { joined: ["B", "c"], failed: [failed[1], failed[0]] })
    t.equal(fake.joinOutcome === "never" ? "" : fake.joinOutcome.joined[0], "c", "what the agent holds is not touched")
    t.end()
  })
})
