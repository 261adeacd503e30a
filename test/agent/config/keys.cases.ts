import { AssertionError } from "@conclave/base"
import { makeRecord } from "@conclave/swim/record"
import { checkValue } from "conclave/config/check-value"
import { knownKeys, specOf } from "conclave/config/keys"
import { test } from "tap"
import { fieldsOf } from "../../swim/stage.ts"

function takes(key: string, raw: unknown): boolean {
  return checkValue(key, raw).ok
}

test("names follow the contract to the letter", (t) => {
  for (const [key, longest] of [
    ["name", 128],
    ["cluster", 128],
    ["zone", 96],
  ] as const) {
    for (const good of ["a", "0", "a.b-c_d", "x".repeat(longest)]) t.ok(takes(key, good), good)
    for (const bad of ["", "-a", ".a", "_a", "a b", "a/b", "a\n", "ä", "x".repeat(longest + 1), 5, null, ["a"]])
      t.notOk(takes(key, bad), String(bad))
  }
  t.end()
})

test("whatever is taken for an agent's own description fits its record", (t) => {
  const [name, zone] = ["n".repeat(500), "z".repeat(500)].map((text, index) => {
    const key = index === 0 ? "name" : "zone"
    return text.slice(
      0,
      [...text].findIndex((_, at) => !takes(key, text.slice(0, at + 1))),
    )
  })
  const longest = fieldsOf(1, { name: String(name), zone: String(zone) })
  t.equal(makeRecord(longest).zone, zone)
  t.throws(() => makeRecord({ ...longest, zone: `${zone}z` }), AssertionError)
  t.end()
})

test("each key takes its kind and refuses others", (t) => {
  const cases: [string, readonly unknown[], readonly unknown[]][] = [
    ["bind", ["1.2.3.4:5", ":0", "[::]:7951", "localhost:0", "1.2.3.4"], ["host:1", "1.2.3.4:99999", "", 7951]],
    ["advertise", ["1.2.3.4:5", "1.2.3.4", "[fd00::1]:5"], ["0.0.0.0:5", "[::]:5", ":5", "host"]],
    ["join", [[], ["a", "1.2.3.4:5"]], ["a", [""], [":5"], ["a:0"], Array(257).fill("a")]],
    [
      "discovery.dns",
      ["seed", "seed.example.org:80", "_conclave._udp.example.org"],
      ["", "10.0.0.5", ":5", ["a"], "[::1]:5"],
    ],
    ["discovery.file", ["/etc/seeds", "seeds"], ["", 5, ["a"]]],
    ["discovery.mdns", [true, false], ["yes", 1]],
    ["discovery.dht", [true, false], ["yes", ["h:1"]]],
    [
      "discovery.dhtBootstrap",
      [["h:49737", "10.0.0.5:1"], []],
      ["h:1", ["h"], ["h:0"], ["[::1]:1"], [1], Array(33).fill("h:1")],
    ],
    ["tags", [{}, { "a/b:c": "" }], [{ "": "x" }, { a: "line\n" }, { a: 1 }, [], "a=b"]],
    ["httpAddr", ["off", false, "127.0.0.1:0", ":9"], [true, "on", "host:1", 5]],
    ["restartGrace", ["0s", "30s"], [30, "30", "x", "169h"]],
    ["session.ttl", ["2s", "5m", "2000ms"], ["1999ms", "300001ms", 10, "10", "x"]],
    ["gossipKeyFile", ["/etc/conclave/gossip.key", "gossip.key"], ["", true]],
    ["gossip.seal", ["accept", "send", "require"], ["", true, "off"]],
    ["insecure", [true, false], ["true", 1]],
    ["profile", ["local", "lan", "wan"], ["LAN", ""]],
    ["logLevel", ["debug", "error"], ["trace", "silent"]],
    ["socket", ["/a"], ["", 5]],
    ["joinKeyFile", ["/a"], ["", 5]],
    ["gossip.seal", ["accept", "send", "require"], ["open", true]],
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
  for (const key of ["raft.election", "toString"]) {
    t.equal(specOf(key), undefined, key)
  }
  t.ok([...knownKeys()].length > 40)
  t.end()
})
