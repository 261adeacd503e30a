import { unknownCommand } from "./terminal/arguments.ts"
import type { CommandSpec, Context } from "./terminal/command.ts"
import { EXIT } from "./terminal/failure.ts"
import { commandHelp, exitCodeHelp, overview } from "./terminal/usage.ts"

/** `help [COMMAND]`, `help errors`; under `--json` the table of commands. */
export function help({ commands, given, output }: Context): Promise<number> {
  const topic = given.args.join(" ")
  const found = commands.filter((each) => each.name === topic || each.name.startsWith(`${topic} `))
  if (topic !== "" && topic !== "errors" && found.length === 0) throw unknownCommand(topic, commands)
  if (output.isJson) output.json({ items: (topic === "" ? commands : found).map(plain) })
  else if (topic === "errors") process.stdout.write(exitCodeHelp())
  else process.stdout.write(topic === "" ? overview(commands) : found.map(commandHelp).join("\n"))
  return Promise.resolve(EXIT.ok)
}

function plain({ name, summary, usage, flags, examples }: CommandSpec): object {
  return { name, summary, usage: usage ?? "", flags: flags ?? [], examples }
}
