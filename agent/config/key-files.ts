import type { AgentConfig } from "./agent-config.ts"
import { type Merged, placeOf } from "./merge.ts"
import type { ConfigProblem } from "./problem.ts"

const KEY_FILES = ["gossipKeyFile", "joinKeyFile"] as const

const CONTENTS = {
  gossipKeyFile: "the key that seals gossip",
  joinKeyFile: "the secret that lets agents in",
}

type Encrypting = Pick<AgentConfig, (typeof KEY_FILES)[number] | "insecure">

/** Where it says that traffic between agents shall not be encrypted, and how. */
export function contradictions(config: Encrypting, merged: Merged): readonly ConfigProblem[] {
  if (!config.insecure) return []
  const excluded = KEY_FILES.filter((key) => config[key] !== undefined)
  const [first = merged.has("gossip.seal") ? "gossip.seal" : undefined] = excluded
  if (first === undefined) return []
  const message = `runs without encryption; leave it out to use ${first}`
  return [{ ...placeOf(merged, "insecure"), key: "insecure", message }]
}

/** The files that an agent cannot start without: one would protect one half of its traffic, and look like both. */
export function missingKeyFiles(config: Encrypting, merged: Merged): readonly ConfigProblem[] {
  if (config.insecure) return []
  return KEY_FILES.filter((key) => config[key] === undefined).map((key) => {
    const file = key === "gossipKeyFile" ? "gossip.key" : "join.key"
    const make = `conclave keyring gen > ${file}`
    const message = `is not set: ${CONTENTS[key]}; make it once (${make}) and give it to every host, or set insecure`
    return { ...placeOf(merged, key), key, message, hint: make }
  })
}
