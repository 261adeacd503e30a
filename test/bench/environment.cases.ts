import { agentSettings, environment } from "@conclave/bench/environment"
import { test } from "tap"

test("what the environment sets of agents is named, sorted, and nothing else is", async (t) => {
  const env = { PATH: "/bin", CONCLAVE_TAGS: "", CONCLAVE_PROFILE: "wan", CONCLAVE_GOSSIP_FANOUT: "2" }
  t.same(agentSettings(env), ["CONCLAVE_GOSSIP_FANOUT=2", "CONCLAVE_PROFILE=wan"])
  t.same(agentSettings({}), [])
})

test("a record's environment is of this machine and this moment", async (t) => {
  const before = Date.now()
  const found = environment()
  t.match(found, { node: process.version, kernel: /./, commit: /^([0-9a-f]{12}\+?|unknown)$/ })
  t.ok(found.cpus >= 1 && found.memBytes > 0)
  t.ok(Date.parse(found.time) >= before && Date.parse(found.time) <= Date.now())
})
