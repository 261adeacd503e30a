import { checkConfig, configProblems, type SwimConfig, swimConfig } from "@conclave/swim/config"
import { test } from "tap"

const PROFILES = ["local", "lan", "wan"] as const
const MODES = ["conclave", "lifeguard", "swim"] as const

test("every profile works in every mode", async (t) => {
  for (const profile of PROFILES) {
    for (const mode of MODES) {
      const config = swimConfig(profile, mode)
      t.same(configProblems(config), [], `${profile} ${mode}`)
      t.equal(config.mode, mode)
      checkConfig(config)
    }
  }
})

test("without a word it is the lan profile", async (t) => {
  t.same(swimConfig(), swimConfig("lan", "conclave"))
})

test("the baselines keep the constants that the papers' figures are made with", async (t) => {
  const { probeIntervalMs, probeTimeoutMaxMs, suspicionMultMilli, suspicionMaxMult, suspicionFloorMs } = swimConfig(
    "lan",
    "lifeguard",
  )
  t.same(
    [probeIntervalMs, probeTimeoutMaxMs, suspicionMultMilli, suspicionMaxMult, suspicionFloorMs],
    [1000, 500, 4000, 6, 0],
  )
  t.equal(swimConfig("lan", "swim").suspicionMaxMult, 1, "plain SWIM does not stretch its suspicion")
})

test("each bound that is broken is named with its key", async (t) => {
  const broken: readonly [keyof SwimConfig, number][] = [
    ["probeIntervalMs", 49],
    ["probeTimeoutMinMs", 9],
    ["probeTimeoutMaxMs", 1],
    ["probeTimeoutMaxMs", 900],
    ["probeWindowMinMs", 1001],
    ["indirectProbes", 17],
    ["indirectProbes", -1],
    ["suspicionMaxMult", 0],
    ["suspicionMaxMult", 21],
    ["confirmations", 6],
    ["gossipIntervalMs", 9],
    ["gossipFanout", 0],
    ["gossipFanout", 17],
    ["packetBytesMax", 1401],
    ["packetBytesMax", 0],
    ["watchedNeighbours", 9],
    ["localHealthMax", 9],
  ]
  for (const [key, value] of broken) {
    const config: SwimConfig = { ...swimConfig("lan"), [key]: value }
    const keys = configProblems(config).map((problem) => problem.key)
    t.ok(keys.includes(key), `${key} ${value}`)
    t.throws(() => checkConfig(config), { name: "AssertionError" })
  }
})

test("all problems are told at once", async (t) => {
  const config: SwimConfig = { ...swimConfig("lan"), gossipFanout: 0, confirmations: 9 }
  t.same(
    configProblems(config).map((problem) => problem.key),
    ["confirmations", "gossipFanout"],
  )
})
