import { checkValue, fromText } from "./check-value.ts"
import { closest } from "./closest.ts"
import { knownKeys } from "./keys.ts"
import type { ConfigProblem, Entry, SourceRead } from "./problem.ts"

const PREFIX = "CONCLAVE_"
/** Variables that are not configuration: where the configuration is, and what a hold tells its child. */
const OTHERS: ReadonlySet<string> = new Set([
  "CONCLAVE_CONFIG",
  "CONCLAVE_GRANT_KIND",
  "CONCLAVE_GRANT_NAME",
  "CONCLAVE_GRANT_TOKEN",
  "CONCLAVE_WORK_ITEM",
])

/** `gossip.probeInterval` ↔ `CONCLAVE_GOSSIP_PROBE_INTERVAL`. */
export function variableOf(key: string): string {
  return (
    PREFIX +
    key
      .replaceAll(".", "_")
      .replace(/[A-Z]/g, (letter) => `_${letter}`)
      .toUpperCase()
  )
}

export interface EnvironmentRead extends SourceRead {
  readonly warnings: readonly string[]
}

/** Reads what the environment says; an unknown variable of ours is warned about, an empty one is not set. */
export function readEnvironment(env: Readonly<Record<string, string | undefined>>): EnvironmentRead {
  const keys = new Map([...knownKeys()].map((key) => [variableOf(key), key]))
  const entries: Entry[] = []
  const problems: ConfigProblem[] = []
  const warnings: string[] = []
  for (const [name, text] of Object.entries(env)) {
    if (!name.startsWith(PREFIX) || OTHERS.has(name) || text === undefined || text === "") continue
    const key = keys.get(name)
    if (key === undefined) {
      // Without the prefix, which all of them share and which would make any two alike.
      const known = [...keys.keys(), ...OTHERS].map((each) => each.slice(PREFIX.length))
      const meant = closest(name.slice(PREFIX.length), known)
      const guess = meant === undefined ? "" : `; did you mean ${PREFIX}${meant}?`
      warnings.push(`the environment has ${name}, which means nothing${guess}`)
      continue
    }
    const place = { file: "environment" }
    const checked = checkValue(key, fromText(key, text))
    if (checked.ok) entries.push({ key, value: checked.value, origin: `environment ${name}`, place })
    else for (const { message } of checked.problems) problems.push({ ...place, key: name, message })
  }
  return { entries, problems, warnings }
}
