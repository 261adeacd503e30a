import { VERSION } from "../version.ts"
import { COMMANDS } from "./commands.ts"
import { nextHelp, parseArguments } from "./terminal/arguments.ts"
import type { Context, Given } from "./terminal/command.ts"
import { EXIT, failureJson, failureOf, failureText, usageError } from "./terminal/failure.ts"
import { Output } from "./terminal/output.ts"
import { wantsColor } from "./terminal/paint.ts"
import { commandHelp, overview } from "./terminal/usage.ts"

/** Runs one command and resolves to its exit code. */
export async function run(argv: readonly string[]): Promise<number> {
  endQuietlyWhenNobodyReads()
  try {
    return await dispatch(parseArguments(argv, COMMANDS))
  } catch (error) {
    const failure = failureOf(error, argv.includes("--verbose") || argv.includes("-v"))
    process.stderr.write(wantsJson(argv) ? failureJson(failure) : failureText(failure))
    return failure.exitCode
  }
}

async function dispatch(given: Given): Promise<number> {
  const command = COMMANDS.find((each) => each.name === given.name)
  if (given.flags.has("version")) {
    process.stdout.write(`conclave ${VERSION}\n`)
    return EXIT.ok
  }
  if (command === undefined || given.flags.has("help")) {
    process.stdout.write(command === undefined ? overview(COMMANDS) : commandHelp(command))
    return EXIT.ok
  }
  const context: Context = { command, commands: COMMANDS, given, output: outputOf(given), env: process.env }
  const work = await command.load()
  return await work(context)
}

function outputOf(given: Given): Output {
  const { flags } = given
  const color = flags.get("color")?.[0] ?? "auto"
  if (!["auto", "always", "never"].includes(color)) {
    throw usageError(`--color is auto, always or never, not ${JSON.stringify(color)}`, nextHelp(given))
  }
  return new Output({
    json: flags.has("json"),
    quiet: flags.has("quiet"),
    verbose: flags.has("verbose"),
    color: wantsColor(color, process.env, process.stdout.isTTY === true),
  })
}

/** Also where the words could not be taken apart. */
function wantsJson(argv: readonly string[]): boolean {
  const end = argv.indexOf("--")
  return (end < 0 ? argv : argv.slice(0, end)).includes("--json")
}

/** `conclave events | head` is no failure. */
function endQuietlyWhenNobodyReads(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "EPIPE") process.exit(EXIT.ok)
      throw error
    })
  }
}
