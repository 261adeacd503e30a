import { AGENT_FLAGS } from "./agent-flags.ts"
import { checkValue, fromText, mapOf } from "./check-value.ts"
import { closest } from "./closest.ts"
import { type FlagProblem, GLOBAL_FLAGS, readCommandLine } from "./command-line.ts"
import { shownInput } from "./key-like.ts"
import { type Key, specOf } from "./keys.ts"
import type { ConfigProblem, Entry, SourceRead } from "./problem.ts"

/** What flags say that is not configuration. */
export interface AgentOptions {
  readonly config?: string
  readonly enableFaultInjection?: boolean
  readonly bootstrap?: boolean
  readonly json?: boolean
  readonly verbose?: boolean
}

export interface FlagsRead extends SourceRead {
  readonly options: AgentOptions
  /** What cannot be understood at all: exit 2. */
  readonly usage: readonly string[]
}

/** Reads the flags of `conclave agent`. */
export function readFlags(argv: readonly string[]): FlagsRead {
  const { words, flags, problems } = readCommandLine(argv, [...GLOBAL_FLAGS, ...AGENT_FLAGS])
  const config = flags.get("config")?.[0]
  const options = {
    ...(config === undefined ? {} : { config }),
    enableFaultInjection: flags.has("enable-fault-injection"),
    bootstrap: flags.has("bootstrap"),
    json: flags.has("json"),
    verbose: flags.has("verbose"),
  }
  const mistakes = problems.map(textOf)
  // What follows an unknown flag, or the value that one took for its own, is not a second mistake.
  const strays = problems.some(({ kind }) => kind === "unknown" || kind === "needs value") ? [] : words
  const both = flags.has("bootstrap") && flags.has("bootstrap-expect")
  const usage = [
    ...mistakes,
    ...(both ? ["--bootstrap founds alone, --bootstrap-expect with others: give one of the two"] : []),
    ...strays.map((word) => `agent takes no argument ${shownInput(word)}`),
  ]
  return { ...settings(flags), options, usage }
}

function settings(flags: ReadonlyMap<string, readonly string[]>): SourceRead {
  const entries: Entry[] = []
  const problems: ConfigProblem[] = []
  const place = { file: "flags" }
  for (const [name, texts] of flags) {
    const key = AGENT_FLAGS.find((flag) => flag.name === name)?.key
    if (key === undefined) continue
    const pairless = key === "tags" ? texts.find((text) => !text.includes("=")) : undefined
    if (pairless !== undefined) {
      problems.push({ ...place, key: `--${name}`, message: `takes k=v, not ${shownInput(pairless)}` })
      continue
    }
    const checked = checkValue(key, rawOf(key, texts))
    if (checked.ok) entries.push({ key, value: checked.value, origin: `flag --${name}`, place })
    else for (const { message } of checked.problems) problems.push({ ...place, key: `--${name}`, message })
  }
  return { entries, problems }
}

/** A repeated flag gives one item each time; commas mean nothing in it. */
function rawOf(key: Key, texts: readonly string[]): unknown {
  if (key === "tags") return mapOf(texts)
  return specOf(key)?.notation === "list" ? texts : fromText(key, texts[0] ?? "")
}

function textOf({ kind, flag }: FlagProblem): string {
  switch (kind) {
    case "unknown": {
      const meant = closest(
        flag,
        [...AGENT_FLAGS, ...GLOBAL_FLAGS].map(({ name }) => `--${name}`),
      )
      return `unknown flag ${flag}${meant === undefined ? "" : `; did you mean ${meant}?`}`
    }
    case "needs value":
      return `${flag} needs a value`
    case "takes no value":
      return `${flag} takes no value`
    case "twice":
      return `${flag} is given twice`
  }
}
