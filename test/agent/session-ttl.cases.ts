import { TTL_MS_MAX, TTL_MS_MIN } from "@conclave/consensus/machine/limits"
import { SESSION_TTL_MAX_MS, SESSION_TTL_MIN_MS, SESSION_TTL_MS } from "conclave/session-ttl"
import { test } from "tap"

test("what may be configured is what the state machine takes, the defaults included", async (t) => {
  t.same([SESSION_TTL_MIN_MS, SESSION_TTL_MAX_MS], [TTL_MS_MIN, TTL_MS_MAX])
  for (const ttlMs of Object.values(SESSION_TTL_MS)) t.ok(ttlMs >= TTL_MS_MIN && ttlMs <= TTL_MS_MAX)
})
