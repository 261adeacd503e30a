import { ok } from "node:assert/strict"
import { Random } from "@conclave/base"
import { loadConfig } from "conclave/config/load"
import type { ConfigProblem } from "conclave/config/problem"
import { readYaml } from "conclave/config/yaml-source"
import { test } from "tap"
import { damaged, fuzz } from "../../fuzz.ts"
import { CONFIG_FILE, machine } from "./surroundings.ts"

/** Of every notation, in block and flow style, and of JSON. */
const TEXTS = [
  "name: n1\ncluster: prod\nbind: 10.0.0.1:7951\njoin: [a:1, '[fd00::1]:2']\ntags: {dc: a, rack: \"7\"}\n",
  "profile: wan # far\ngossip:\n  probeInterval: 2s\n  fanout: 4\n  suspicionMult: 4.5\nsession:\n  ttl: 4s\n",
  "sockets:\n  - path: /run/a.sock\n    mode: '0660'\n    names: [a/*, b]\nvoter: never\nbootstrapExpect: 3\n",
  "discovery:\n  mdns: true\n  dhtBootstrap:\n  - 192.0.2.1:49737\n  file: /etc/seeds\nhttpAddr: off\n",
  '{"name": "n1", "join": ["a:1"], "gossip": {"probeInterval": "2s"}, "insecure": false, "restartGrace": null}',
  "a: &a [1, 2]\njoin: *a\nzone: >-\n  folded\n  text\nlogLevel: !!str info\n? dataDir\n: /var/lib\n--- \n...\n",
].map((text) => Buffer.from(text))

function hasPlace({ line = 1, column = 1, message }: ConfigProblem, lines: number): void {
  ok(line >= 1 && line <= lines && column >= 1 && message !== "")
}

test("whatever a file of configuration says, it is a configuration, or each problem has its place", (t) => {
  const decode = (bytes: Uint8Array): boolean => {
    const text = Buffer.from(bytes).toString()
    const lines = text.split("\n").length
    for (const each of readYaml("f", text).problems) hasPlace(each, lines)
    const loaded = loadConfig([], machine({ [CONFIG_FILE]: text }))
    if (!loaded.ok && loaded.kind === "problems") for (const each of loaded.problems) hasPlace(each, lines)
    ok(loaded.ok || loaded.kind === "problems")
    return loaded.ok
  }
  fuzz(t, 1201, { corpus: TEXTS, decode, inGate: 300 })
  t.end()
})

const ENVIRONMENT = {
  ...{ CONCLAVE_NAME: "n1", CONCLAVE_JOIN: "a:1,b:2", CONCLAVE_TAGS: "dc=a,rack=7", CONCLAVE_BOOTSTRAP_EXPECT: "3" },
  ...{ CONCLAVE_GOSSIP_PROBE_INTERVAL: "2s", CONCLAVE_SOCKETS: '[{"path":"/a.sock","names":["a/*"]}]' },
  ...{ CONCLAVE_HTTP_ADDR: "127.0.0.1:0", CONCLAVE_VOTER: "never", CONCLAVE_GOSSIP_SUSPICION_MULT: "4.5" },
}

test("whatever the environment and the flags say, they are understood or refused", (t) => {
  const random = new Random(1202)
  const words = [...Object.keys(ENVIRONMENT), ...Object.values(ENVIRONMENT)].map((text) => Buffer.from(text))
  const flags = [
    "--name",
    "--join",
    "--tag",
    "--bind",
    "--zone",
    "--http-addr",
    "--bootstrap-expect",
    "-v",
    "--",
    "--x",
  ]
  const decode = (bytes: Uint8Array): boolean => {
    const odd = Buffer.from(bytes).toString()
    const [name] = random.pick(Object.entries(ENVIRONMENT))
    const env = { ...ENVIRONMENT, [random.chance(1, 8) ? `CONCLAVE_${odd}` : name]: odd }
    const argv = [random.pick(flags), odd, Buffer.from(damaged(random, words)).toString()].slice(random.below(4))
    const loaded = loadConfig(argv, machine({}, env))
    if (loaded.ok) return true
    ok(loaded.kind === "usage" ? loaded.usage.length > 0 : loaded.problems.every(({ message }) => message !== ""))
    return false
  }
  fuzz(t, 1203, { corpus: words, decode, inGate: 500 })
  t.end()
})
