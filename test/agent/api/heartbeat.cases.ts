import { heartbeatMs } from "conclave/api/heartbeat"
import { test } from "tap"

test("an application is heard of five times in the agent's time to live, and four times in its own where that is shorter", (t) => {
  t.equal(heartbeatMs(10_000, 10_000), 2000)
  t.equal(heartbeatMs(10_000, 60_000), 2000)
  t.equal(heartbeatMs(10_000, 2000), 500)
  t.end()
})
