import { parseArgs } from "node:util"

export interface FlagSpec {
  /** Without the dashes. */
  readonly name: string
  readonly short?: string
  /** What stands for the value in help; absent = a switch. */
  readonly value?: string
  /** May be given several times. */
  readonly isList?: true
  readonly help: string
}

/** What every command takes, the agent too. */
export const GLOBAL_FLAGS: readonly FlagSpec[] = [
  { name: "socket", value: "PATH", help: "the agent's application socket" },
  { name: "admin-socket", value: "PATH", help: "the agent's admin socket" },
  { name: "json", help: "print JSON, errors too" },
  { name: "quiet", short: "q", help: "results only: no header, no notes" },
  { name: "verbose", short: "v", help: "say more on stderr" },
  { name: "color", value: "auto|always|never", help: "default auto: on a terminal without NO_COLOR" },
  { name: "timeout", value: "D", help: "how long to wait for an answer (default 5s)" },
  { name: "yes", short: "y", help: "do not ask" },
  { name: "help", short: "h", help: "explain the command" },
  { name: "version", help: "print the version" },
]

/** What cannot be understood. */
export interface FlagProblem {
  readonly kind: "unknown" | "needs value" | "takes no value" | "twice"
  /** As typed, with its dashes. */
  readonly flag: string
  readonly spec: FlagSpec | undefined
}

/** The words of one call, taken apart; a switch has the value "true". */
export interface CommandLine {
  readonly words: readonly string[]
  /** How many of the words stand before `--`; undefined where there is none. */
  readonly wordsBefore: number | undefined
  readonly flags: ReadonlyMap<string, readonly string[]>
  readonly problems: readonly FlagProblem[]
}

/** No flag is a digit: `-5` is a value. */
const NEGATIVE = /^-\.?\d/
const PLACEHOLDER = "0"

/**
 * Takes a call apart: `--flag value`, `--flag=value`, `-qv`; after `--` nothing is a flag. Of two specs of one name the
 * later counts.
 */
export function readCommandLine(argv: readonly string[], specs: readonly FlagSpec[]): CommandLine {
  const byName = new Map(specs.map((spec) => [spec.name, spec]))
  const typed = new Set(
    specs.flatMap(({ name, short }) => [`--${name}`, ...(short === undefined ? [] : [`-${short}`])]),
  )
  const words: string[] = []
  const flags = new Map<string, string[]>()
  const problems: FlagProblem[] = []
  const options = Object.fromEntries(specs.map((spec) => [spec.name, optionOf(spec)]))
  const args = argv.map((each) => (NEGATIVE.test(each) ? PLACEHOLDER : each))
  const { tokens } = parseArgs({ args, options, strict: false, allowPositionals: true, tokens: true })
  let wordsBefore: number | undefined
  for (const token of tokens) {
    if (token.kind === "option-terminator") wordsBefore ??= words.length
    if (token.kind === "positional") words.push(argv[token.index] ?? token.value)
    if (token.kind !== "option") continue
    const spec = byName.get(token.name)
    const held = flags.get(token.name) ?? []
    // A known flag is nobody's value: the value before it was forgotten.
    const given = token.inlineValue === false ? argv[token.index + 1] : token.value
    const value = token.inlineValue === false && typed.has(token.value) ? undefined : given
    const kind = problemOf(spec, value, held)
    if (kind !== undefined) problems.push({ kind, flag: token.rawName, spec })
    else flags.set(token.name, [...held, value ?? "true"])
  }
  return { words, wordsBefore, flags, problems }
}

function optionOf({ short, value }: FlagSpec): { type: "boolean" | "string"; multiple: true; short?: string } {
  return {
    type: value === undefined ? "boolean" : "string",
    multiple: true,
    ...(short === undefined ? {} : { short }),
  }
}

function problemOf(
  spec: FlagSpec | undefined,
  value: string | undefined,
  held: readonly string[],
): FlagProblem["kind"] | undefined {
  if (spec === undefined) return "unknown"
  if (spec.value === undefined) return value === undefined ? undefined : "takes no value"
  if (value === undefined) return "needs value"
  return held.length > 0 && spec.isList !== true ? "twice" : undefined
}
