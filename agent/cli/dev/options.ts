import { randomInt } from "node:crypto"
import { appendFileSync, mkdirSync } from "node:fs"
import { resolve } from "node:path"
import { nextHelp, numberOf } from "../terminal/arguments.ts"
import type { Context } from "../terminal/command.ts"
import { usageError } from "../terminal/failure.ts"
import { wantsColor } from "../terminal/paint.ts"
import { BUDGET_NAMES, SCRIPTS, type ScriptName } from "./checks.ts"
import { newRunFolder } from "./runs.ts"

export interface DevOptions {
  readonly agents: number
  /** undefined = the live view. */
  readonly script: ScriptName | undefined
  readonly budgets: Readonly<Record<string, number>>
  readonly budgetScale: number
  /** How often the script that kills at random does so. */
  readonly rounds: number
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
const ROUNDS_MAX = 10_000
const PROFILES = ["local", "lan", "wan"]

/** Reads the flags of `dev`; throws a usage error. */
export function readDevOptions({ given, env }: Context, isTerminal: boolean): DevOptions {
  const { flags } = given
  const text = (name: string): string | undefined => flags.get(name)?.[0]
  const json = flags.has("json")
  const script = text("script") ?? (isTerminal && !json ? undefined : "story")
  if (script !== undefined && !isScript(script)) {
    throw usageError(`there is no script ${JSON.stringify(script)}; there are ${SCRIPTS.join(", ")}`, nextHelp(given))
  }
  const profile = text("profile") ?? "local"
  if (!PROFILES.includes(profile)) throw usageError(`--profile is ${PROFILES.join(", ")}`, nextHelp(given))
  const dir = text("dir")
  const history = text("history")
  if (dir !== undefined) mustWork("dir", nextHelp(given), () => mkdirSync(dir, { recursive: true, mode: 0o700 }))
  if (history !== undefined) mustWork("history", nextHelp(given), () => appendFileSync(history, ""))
  return {
    agents: numberOf(given, "agents", { min: AGENTS_MIN, max: AGENTS_MAX, byDefault: 5 }),
    script,
    budgets: readBudgets(text("budget") ?? "", nextHelp(given)),
    budgetScale: readScale(text("budget-scale") ?? "1", nextHelp(given)),
    rounds: numberOf(given, "rounds", { min: 1, max: ROUNDS_MAX, byDefault: 10 }),
    folder: dir === undefined ? newRunFolder() : resolve(dir),
    history,
    keep: flags.has("keep"),
    json,
    color: wantsColor(text("color") ?? "auto", env, process.stdout.isTTY === true),
    profile,
    seed: numberOf(given, "seed", { min: 0, max: 2 ** 48, byDefault: randomInt(2 ** 31) }),
  }
}

/** Said before anything runs, not when the first line is to be written. */
function mustWork(flag: string, next: string, make: () => void): void {
  try {
    make()
  } catch (cause) {
    throw usageError(`--${flag} cannot be written: ${(cause as Error).message}`, next)
  }
}

function readScale(text: string, next: string): number {
  const scale = Number(text)
  if (scale >= 0.01 && scale <= 1000) return scale
  throw usageError("--budget-scale is a number from 0.01 to 1000", next)
}

function readBudgets(text: string, next: string): Record<string, number> {
  const budgets: Record<string, number> = {}
  for (const pair of text.split(",").filter((each) => each !== "")) {
    const [check = "", value = ""] = pair.split("=")
    const number = value === "" ? Number.NaN : Number(value)
    if (!(number >= 0)) throw usageError(`--budget takes check=number pairs, not ${JSON.stringify(pair)}`, next)
    if (!BUDGET_NAMES.has(check)) {
      throw usageError(`there is no check ${JSON.stringify(check)}; there are ${[...BUDGET_NAMES].join(", ")}`, next)
    }
    budgets[check] = number
  }
  return budgets
}

function isScript(text: string): text is ScriptName {
  return (SCRIPTS as readonly string[]).includes(text)
}
