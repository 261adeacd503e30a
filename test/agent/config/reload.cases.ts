import type { ConfigItem } from "conclave/api/view"
import { loadConfig } from "conclave/config/load"
import { afterReload, keeping, planReload, settingIn } from "conclave/config/reload"
import { test } from "tap"
import { CONFIG_FILE, KEYLESS, machine } from "./surroundings.ts"

function items(text: string, env: Readonly<Record<string, string>> = {}): readonly ConfigItem[] {
  const loaded = loadConfig([], machine({ [CONFIG_FILE]: text }, env))
  if (!loaded.ok) throw new Error("a configuration that cannot be loaded")
  return loaded.items
}

test("a reload says what is applied and what waits for a restart", (t) => {
  const before = items("logLevel: info\ntags: {a: x, gone: y}\nzone: z1\n")
  const after = items("logLevel: debug\ntags: {a: z}\nname: other\nzone: z1\ngossip: {fanout: 4}\n")
  t.same(planReload(before, after), {
    applied: [
      { key: "logLevel", from: "info", to: "debug" },
      { key: "tags.a", from: "x", to: "z" },
      { key: "tags.gone", from: "y", to: null },
    ],
    needsRestart: ["gossip.fanout", "name"],
  })
  t.same(planReload(items(""), items("discovery: {dns: seed}\n")), {
    applied: [{ key: "discovery.dns", from: null, to: "seed" }],
    needsRestart: [],
  })
  t.same(planReload(before, before), { applied: [], needsRestart: [] })
  t.end()
})

test("after a reload what waits for a restart is in force as it was, and is named by the next reload again", (t) => {
  const before = items("logLevel: info\nzone: z1\ntags: {a: x}\n")
  const after = items("logLevel: debug\nzone: z2\ntags: {b: y}\n")
  const inForce = afterReload(before, after)
  const values = Object.fromEntries(inForce.map(({ key, value }) => [key, value]))
  t.match(values, { logLevel: "debug", zone: "z1", "tags.b": "y" })
  t.notOk("tags.a" in values)
  t.same(
    inForce.map(({ key }) => key),
    inForce.map(({ key }) => key).sort(),
  )
  t.same(planReload(inForce, after), { applied: [], needsRestart: ["zone"] })
  t.end()
})

test("how gossip is sealed changes where the files with the keys are those of before, and waits with them otherwise", (t) => {
  const files = "gossipKeyFile: /g\njoinKeyFile: /j\n"
  const before = items(`${files}gossip: {seal: accept}\n`, KEYLESS)
  t.match(planReload(before, items(files, KEYLESS)), {
    applied: [{ key: "gossip.seal", from: "accept", to: "require" }],
  })
  const open = items("insecure: true\n", KEYLESS)
  t.same(planReload(before, open), {
    applied: [],
    needsRestart: ["gossip.seal", "gossipKeyFile", "insecure", "joinKeyFile"],
  })
  t.equal(settingIn("gossip.seal", afterReload(before, open)), "accept")
  t.same(planReload(before, items("gossipKeyFile: /g\njoinKeyFile: /other\n", KEYLESS)).needsRestart, [
    "gossip.seal",
    "joinKeyFile",
  ])
  t.end()
})

test("one key alone can be kept as it was", (t) => {
  const [before, after] = [items("logLevel: info\nzone: z1\n"), items("logLevel: debug\nzone: z2\n")]
  const kept = keeping("logLevel", before, after)
  t.same([settingIn("logLevel", kept), settingIn("zone", kept)], ["info", "z2"])
  t.end()
})
