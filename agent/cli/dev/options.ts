import { randomInt } from "node:crypto"
import { userInfo } from "node:os"

export const SCRIPTS = ["story", "kill-agent", "stop-agent", "partition", "restart"] as const
export type ScriptName = (typeof SCRIPTS)[number]

export interface DevOptions {
  readonly agents: number
  /** undefined = the live view. */
  readonly script: ScriptName | undefined
  readonly budgets: Readonly<Record<string, number>>
  readonly budgetScale: number
  readonly folder: string
  readonly history: string | undefined
  readonly keep: boolean
  readonly json: boolean
  readonly color: boolean
  readonly profile: string
  readonly seed: number
}

const AGENTS_MIN = 3
const AGENTS_MAX = 64
const VALUED = new Set(["agents", "script", "budget", "budget-scale", "dir", "history", "profile", "seed", "color"])
const SWITCHES = new Set(["keep", "json", "quiet", "verbose", "yes"])

/** Where the runs of this user are. */
export function runsFolder(): string {
  return `/tmp/conclave-dev-${userInfo().uid}`
}

/** Reads the flags of `dev`; a text says what is wrong with them. */
export function readDevOptions(argv: readonly string[], isTerminal: boolean): DevOptions | string {
  const flags = readFlags(argv)
  if (typeof flags === "string") return flags
  const script = flags.get("script") ?? (isTerminal && !flags.has("json") ? undefined : "story")
  if (script !== undefined && !isScript(script)) return `there is no script ${script}; there are ${SCRIPTS.join(", ")}`
  const agents = Number(flags.get("agents") ?? 5)
  if (!Number.isInteger(agents) || agents < AGENTS_MIN || agents > AGENTS_MAX) {
    return `--agents is a whole number from ${AGENTS_MIN} to ${AGENTS_MAX}`
  }
  const budgetScale = Number(flags.get("budget-scale") ?? 1)
  if (!(budgetScale >= 0.01 && budgetScale <= 1000)) return "--budget-scale is a number from 0.01 to 1000"
  const budgets = readBudgets(flags.get("budget") ?? "")
  if (typeof budgets === "string") return budgets
  const seed = Number(flags.get("seed") ?? randomInt(2 ** 31))
  if (!Number.isSafeInteger(seed) || seed < 0) return "--seed is a whole number from 0"
  const profile = flags.get("profile") ?? "lan"
  if (!["local", "lan", "wan"].includes(profile)) return "--profile is local, lan or wan"
  return {
    agents,
    script,
    budgets,
    budgetScale,
    folder: flags.get("dir") ?? `${runsFolder()}/conclave-${process.pid}-${Date.now().toString(36)}`,
    history: flags.get("history"),
    keep: flags.has("keep"),
    json: flags.has("json"),
    color: process.stdout.isTTY === true && (process.env["NO_COLOR"] ?? "") === "" && flags.get("color") !== "never",
    profile,
    seed,
  }
}

function readFlags(argv: readonly string[]): Map<string, string> | string {
  const flags = new Map<string, string>()
  for (let at = 0; at < argv.length; at++) {
    const word = argv[at] ?? ""
    const [name = "", attached] = word.startsWith("--") ? split(word.slice(2)) : [""]
    if (SWITCHES.has(name) && attached === undefined) flags.set(name, "true")
    else if (VALUED.has(name)) {
      const value = attached ?? argv[++at]
      if (value === undefined) return `--${name} needs a value`
      flags.set(name, value)
    } else return `dev knows no ${word}`
  }
  return flags
}

function split(text: string): [string, string | undefined] {
  const equals = text.indexOf("=")
  return equals < 0 ? [text, undefined] : [text.slice(0, equals), text.slice(equals + 1)]
}

function readBudgets(text: string): Record<string, number> | string {
  const budgets: Record<string, number> = {}
  for (const pair of text.split(",").filter((each) => each !== "")) {
    const [check, value] = split(pair)
    const number = Number(value)
    if (check === "" || value === undefined || !(number >= 0)) return `--budget takes check=number pairs, not "${pair}"`
    budgets[check] = number
  }
  return budgets
}

function isScript(text: string): text is ScriptName {
  return (SCRIPTS as readonly string[]).includes(text)
}
