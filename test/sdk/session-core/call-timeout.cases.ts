import { agentTimeoutMs } from "@conclave/sdk/session-core/call-timeout"
import { test } from "tap"

test("the agent gives up a little before nobody listens any more, within what it takes", async (t) => {
  const told: readonly (readonly [number, number])[] = [
    [5000, 4800],
    [1000, 900],
    [10, 9],
    [1, 1],
    [0.3, 1],
    [-5, 1],
    [600_200, 600_000],
    [Number.POSITIVE_INFINITY, 600_000],
  ]
  for (const [leftMs, timeoutMs] of told) t.equal(agentTimeoutMs(leftMs), timeoutMs, `${leftMs} ms left`)
})
