import { ConclaveError, toJsonText } from "@conclave/sdk"
import { VERSION } from "../version.ts"
import { SocketPathError } from "./agent-call.ts"
import type { Command } from "./command.ts"
import { COMMANDS, GLOBAL_FLAGS } from "./commands.ts"
import { exitCode } from "./exit-code.ts"
import { findCommand } from "./find-command.ts"
import { openOutput } from "./output.ts"
import { readWords } from "./words.ts"

/** Runs one command of the CLI and resolves to its exit code. */
export async function run(argv: readonly string[]): Promise<number> {
  quietPipes()
  let name = ""
  try {
    const found = findCommand(argv, COMMANDS, GLOBAL_FLAGS)
    if (found.command === undefined) return await withoutCommand(found.argv)
    name = found.command.name
    if (asksFor(found.argv, "--help", "-h")) return await help(found.command)
    // Its flags and its errors are its own.
    if (name === "dev") return await (await import("./dev/dev.ts")).dev(found.argv)
    const words = readWords(found.argv, found.command, GLOBAL_FLAGS)
    return await found.command.run({ words, out: openOutput(words) })
  } catch (error) {
    return await refuse(error, { name, isJson: asksFor(argv, "--json") })
  }
}

async function withoutCommand(argv: readonly string[]): Promise<number> {
  if (asksFor(argv, "--version")) process.stdout.write(`conclave ${VERSION}\n`)
  else if (asksFor(argv, "--help", "-h")) return await help(undefined)
  else {
    const { overview } = await import("./help.ts")
    process.stderr.write(overview(COMMANDS))
    return 2
  }
  return 0
}

async function help(command: Command | undefined): Promise<number> {
  const { commandHelp, overview } = await import("./help.ts")
  process.stdout.write(command === undefined ? overview(COMMANDS) : commandHelp(command, GLOBAL_FLAGS))
  return 0
}

/** Says what went wrong and resolves to the exit code. What is no ConclaveError is a bug of ours. */
async function refuse(error: unknown, at: { readonly name: string; readonly isJson: boolean }): Promise<number> {
  const known = ConclaveError.is(error) ? error : bug(error)
  if (at.isJson) process.stderr.write(`${toJsonText({ error: known })}\n`)
  else {
    const { explain, explanationText } = await import("./explain.ts")
    process.stderr.write(explanationText(explain(known, at.name), at.name))
  }
  return known instanceof SocketPathError ? known.exit : exitCode(known.code)
}

function bug(error: unknown): ConclaveError {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error)
  return new ConclaveError("INTERNAL", text, { outcome: "unknown", hint: "conclave version", cause: error })
}

function asksFor(argv: readonly string[], ...flags: readonly string[]): boolean {
  const end = argv.indexOf("--")
  return (end < 0 ? argv : argv.slice(0, end)).some((word) => flags.includes(word))
}

/** A reader that has seen enough, such as `head`, is no error. */
function quietPipes(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "EPIPE") process.exit(0)
      throw error
    })
  }
}
