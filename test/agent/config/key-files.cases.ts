import type { AgentConfig } from "conclave/config/agent-config"
import { type LoadedConfig, loadConfig, validateFile } from "conclave/config/load"
import type { ConfigProblem } from "conclave/config/problem"
import { test } from "tap"
import { CONFIG_FILE, KEYLESS, machine } from "./surroundings.ts"

function problems(result: LoadedConfig): readonly ConfigProblem[] {
  return result.ok || result.kind !== "problems" ? [] : result.problems
}

function configOf(result: LoadedConfig): AgentConfig | undefined {
  return result.ok ? result.config : undefined
}

test("an agent without one of the two keys does not start, unless it is told to run without both", (t) => {
  const join = { key: "joinKeyFile", file: "defaults", hint: "conclave keyring gen > join.key" }
  const gossip = { key: "gossipKeyFile", hint: "conclave keyring gen > gossip.key" }
  t.match(problems(loadConfig([], machine({}, KEYLESS))), [
    { ...gossip, message: /^is not set: .*or set insecure$/ },
    join,
  ])
  t.match(problems(loadConfig(["--gossip-key-file", "/g"], machine({}, KEYLESS))), [join])
  t.match(problems(loadConfig(["--join-key-file", "/j"], machine({}, KEYLESS))), [gossip])
  t.match(configOf(loadConfig(["--insecure"], machine({}, KEYLESS))), { insecure: true })
  const files = { [CONFIG_FILE]: "gossipKeyFile: /g\n", "/home/u/.config/conclave/conf.d/j.yaml": "joinKeyFile: /j\n" }
  t.match(configOf(loadConfig([], machine(files, KEYLESS))), { gossipKeyFile: "/g", joinKeyFile: "/j" })
  t.same(validateFile(CONFIG_FILE, machine(files, KEYLESS)), [], "the other key may stand elsewhere")
  t.end()
})

test("to run without encryption and how to encrypt exclude each other", (t) => {
  const said = (text: string): readonly ConfigProblem[] =>
    problems(loadConfig([], machine({ [CONFIG_FILE]: text }, KEYLESS)))
  const excludes = (key: string, line: number): unknown => [
    { key: "insecure", message: `runs without encryption; leave it out to use ${key}`, line },
  ]
  t.match(said("joinKeyFile: /j\ninsecure: true\n"), excludes("joinKeyFile", 2))
  t.match(said("insecure: true\njoinKeyFile: /j\ngossipKeyFile: /g\n"), excludes("gossipKeyFile", 1))
  t.match(said("gossip:\n  seal: send\ninsecure: true\n"), excludes("gossip.seal", 3))
  t.end()
})
