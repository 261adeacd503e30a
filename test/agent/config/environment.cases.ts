import { readEnvironment, variableOf } from "conclave/config/environment"
import { knownKeys } from "conclave/config/keys"
import { test } from "tap"

test("every key has one variable of its own", (t) => {
  t.equal(variableOf("gossip.probeInterval"), "CONCLAVE_GOSSIP_PROBE_INTERVAL")
  t.equal(variableOf("dataDir"), "CONCLAVE_DATA_DIR")
  t.equal(variableOf("socket"), "CONCLAVE_SOCKET")
  const all = [...knownKeys()].map(variableOf)
  t.equal(new Set(all).size, all.length)
  t.end()
})

test("lists, maps, numbers and switches are written as text", (t) => {
  const { entries, problems } = readEnvironment({
    CONCLAVE_JOIN: "a:1, b",
    CONCLAVE_TAGS: "dc=a,role=web",
    CONCLAVE_GOSSIP_FANOUT: "4",
    CONCLAVE_GOSSIP_SUSPICION_MULT: "2.5",
    CONCLAVE_INSECURE: "1",
    CONCLAVE_HTTP_ADDR: "off",
  })
  t.same(problems, [])
  t.same(Object.fromEntries(entries.map(({ key, value }) => [key, value])), {
    join: ["a:1", "b"],
    tags: { dc: "a", role: "web" },
    "gossip.fanout": 4,
    "gossip.suspicionMult": 2500,
    insecure: true,
    httpAddr: "off",
  })
  const [typed, foreign] = readEnvironment({ CONCLAVE_DATADIR: "/d", CONCLAVE_GOSIP_X: "3" }).warnings
  t.match(typed, /did you mean CONCLAVE_DATA_DIR\?$/)
  t.match(foreign, /means nothing$/, "a prefix alone makes no likeness")
  t.match(readEnvironment({ CONCLAVE_GOSSIP_FANOUT: "many" }).problems, [
    { file: "environment", key: "CONCLAVE_GOSSIP_FANOUT" },
  ])
  t.end()
})
