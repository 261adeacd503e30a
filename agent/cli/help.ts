import type { Command, Flag } from "./command.ts"
import { columnsText } from "./table.ts"

/** What there is, in one screen. */
export function overview(commands: readonly Command[]): string {
  const rows = commands.map(({ name, args = "", about }) => [`  ${name} ${args}`.trimEnd(), about])
  return `Usage: conclave COMMAND [flags]

Knows which hosts of a fleet are alive, and tells the applications on each of them.

${columnsText(rows, false)}
Every command takes --json, and --help for more about it.
`
}

/** One command with its flags and examples. */
export function commandHelp(command: Command, global: readonly Flag[]): string {
  const { name, args = "", about, flags = [], notes, examples = [] } = command
  const parts = [
    `Usage: conclave ${[name, args, "[flags]"].filter((each) => each !== "").join(" ")}\n`,
    `${about[0]?.toUpperCase()}${about.slice(1)}.\n`,
    ...(notes === undefined ? [] : [`${notes}\n`]),
    ...(flags.length === 0 ? [] : [`Flags:\n${flagsText(flags)}`]),
    `Global flags:\n${flagsText(global)}`,
    ...(examples.length === 0 ? [] : [`Examples:\n${examples.map((each) => `  ${each}\n`).join("")}`]),
  ]
  return parts.join("\n")
}

function flagsText(flags: readonly Flag[]): string {
  const rows = flags.map(({ name, short, value, isRepeatable, about }) => {
    const head = `  ${short === undefined ? "" : `${short}, `}${name}${value === undefined ? "" : ` ${value}`}`
    return [head, isRepeatable === true ? `${about}; may be repeated` : about]
  })
  return columnsText(rows, false)
}
