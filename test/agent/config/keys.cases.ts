import { checkValue } from "conclave/config/check-value"
import { knownKeys, specOf } from "conclave/config/keys"
import { test } from "tap"

function takes(key: string, raw: unknown): boolean {
  return checkValue(key, raw).ok
}

test("names follow the contract to the letter", (t) => {
  for (const key of ["name", "cluster", "zone"]) {
    for (const good of ["a", "0", "a.b-c_d", "x".repeat(128)]) t.ok(takes(key, good), good)
    for (const bad of ["", "-a", ".a", "_a", "a b", "a/b", "ä", "x".repeat(129), 5, null, ["a"]])
      t.notOk(takes(key, bad), String(bad))
  }
  t.end()
})

test("each key takes its kind and refuses others", (t) => {
  const cases: [string, readonly unknown[], readonly unknown[]][] = [
    ["bind", ["1.2.3.4:5", ":0", "[::]:7951", "localhost:0", "1.2.3.4"], ["host:1", "1.2.3.4:99999", "", 7951]],
    ["advertise", ["1.2.3.4:5", "1.2.3.4", "[fd00::1]:5"], ["0.0.0.0:5", "[::]:5", ":5", "host"]],
    ["join", [[], ["a", "1.2.3.4:5"]], ["a", [""], [":5"], ["a:0"], Array(257).fill("a")]],
    ["tags", [{}, { "a/b:c": "" }], [{ "": "x" }, { a: "line\n" }, { a: 1 }, [], "a=b"]],
    ["httpAddr", ["off", false, "127.0.0.1:0", ":9"], [true, "on", "host:1", 5]],
    ["restartGrace", ["0s", "30s"], [30, "30", "x", "169h"]],
    ["insecure", [true, false], ["true", 1]],
    ["profile", ["local", "lan", "wan"], ["LAN", ""]],
    ["logLevel", ["debug", "error"], ["trace", "silent"]],
    ["socket", ["/a"], ["", 5]],
    ["gossip.fanout", [0, 4], [-1, 1.5, "4"]],
    ["gossip.suspicionMult", [2.2], [-1, "2.2", 5000]],
  ]
  for (const [key, good, bad] of cases) {
    for (const each of good) t.ok(takes(key, each), `${key} takes ${JSON.stringify(each)}`)
    for (const each of bad) t.notOk(takes(key, each), `${key} refuses ${JSON.stringify(each)}`)
  }
  t.end()
})

test("keys of later steps are not known yet", (t) => {
  for (const key of [
    "sockets",
    "gossipKeyFile",
    "joinKeyFile",
    "discovery.mdns",
    "raft.election",
    "session.ttl",
    "toString",
  ]) {
    t.equal(specOf(key), undefined, key)
  }
  t.ok([...knownKeys()].length > 40)
  t.end()
})
