import { type FlagSpec, GLOBAL_FLAGS } from "../../config/command-line.ts"
import { formatColumns } from "./columns.ts"
import type { CommandSpec } from "./command.ts"

const WIDTH = 80

/** Help of one command: what it does, examples, its flags. */
export function commandHelp(spec: CommandSpec): string {
  const flags = spec.flags ?? []
  const command = spec.needsCommand === true ? "-- CMD..." : spec.takesCommand === true ? "[-- CMD...]" : undefined
  const head = ["Usage: conclave", spec.name, spec.usage, flags.length > 0 ? "[flags]" : undefined, command]
  const parts = [head.filter((each) => each !== undefined).join(" "), `${spec.summary}.`]
  if (spec.more !== undefined) parts.push(wrap(spec.more))
  if (spec.examples.length > 0) parts.push(`Examples:\n${spec.examples.map((each) => `  ${each}`).join("\n")}`)
  if (flags.length > 0) parts.push(`Flags:\n${flagLines(flags)}`)
  parts.push("Flags of every command: conclave help. Exit codes: conclave help errors.")
  return `${parts.join("\n\n")}\n`
}

/** Help of the whole: every command in a line, and the flags that all of them take. */
export function overview(commands: readonly CommandSpec[]): string {
  const rows = commands.map((each) => [`  ${each.name}`, each.summary])
  return [
    "Usage: conclave COMMAND [flags]",
    "An agent on every host that knows who is alive, and tells applications.",
    `Commands:\n${formatColumns(undefined, rows, false).join("\n")}`,
    `Flags of every command:\n${flagLines(GLOBAL_FLAGS)}`,
    "Try it out with five agents on this machine: conclave dev\nMore about one: conclave help COMMAND",
    "",
  ]
    .join("\n\n")
    .trimEnd()
    .concat("\n")
}

const EXIT_CODES: readonly (readonly [string, string])[] = [
  ["0", "ok"],
  ["1", "unexpected: a bug"],
  ["2", "the command line is wrong"],
  ["3", "the agent cannot be reached"],
  ["4", "permission denied"],
  ["5", "no quorum"],
  ["6", "not found"],
  ["7", "conflict"],
  ["8", "timed out"],
  ["9", "done in part"],
  ["10", "a check or a budget failed"],
  ["78", "wrong configuration"],
  ["122", "a grant was lost; what ran under it was stopped first"],
  ["124", "not granted within --wait"],
  ["125", "failed before the command that was to run"],
  ["126", "that command cannot be executed; 127: was not found; else its own code"],
]

export function exitCodeHelp(): string {
  const rows = EXIT_CODES.map(([code, meaning]) => [`  ${code.padStart(3)}`, meaning])
  const more =
    'With --json an error is one line of JSON on stderr: {"error":{code, message, hint, outcome, retryable, details}}.'
  return `Exit codes:\n${formatColumns(undefined, rows, false).join("\n")}\n\n${wrap(more)}\n`
}

function flagLines(flags: readonly FlagSpec[]): string {
  const rows = flags.map(({ name, short, value, help }) => {
    const names = short === undefined ? `--${name}` : `-${short}, --${name}`
    return [`  ${value === undefined ? names : `${names} ${value}`}`, help]
  })
  return formatColumns(undefined, rows, false).join("\n")
}

function wrap(text: string): string {
  const lines: string[] = [""]
  for (const word of text.split(" ")) {
    const line = lines.at(-1) ?? ""
    if (line === "") lines[lines.length - 1] = word
    else if (line.length + 1 + word.length > WIDTH) lines.push(word)
    else lines[lines.length - 1] = `${line} ${word}`
  }
  return lines.join("\n")
}
