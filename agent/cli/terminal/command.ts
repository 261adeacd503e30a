import type { FlagSpec } from "../../config/command-line.ts"
import type { Output } from "./output.ts"

/** One command, as the parser, the help and the dispatcher need it. */
export interface CommandSpec {
  /** One word or two, as typed. */
  readonly name: string
  /** One sentence without the final dot. */
  readonly summary: string
  /** Positional arguments as help shows them. */
  readonly usage?: string
  readonly argsMin?: number
  readonly argsMax?: number
  readonly flags?: readonly FlagSpec[]
  /** What stands after `--` is a command of the user's, to be run. */
  readonly takesCommand?: true
  /** There must be one. */
  readonly needsCommand?: true
  /** What one should know beyond the summary; wrapped at 80 columns. */
  readonly more?: string
  readonly examples: readonly string[]
  /** Each command is a chunk of its own, so that none pays for another. */
  readonly load: () => Promise<(context: Context) => Promise<number>>
}

/** The words of one call, taken apart. */
export interface Given {
  /** The command's words, joined; "" when there is none. */
  readonly name: string
  readonly args: readonly string[]
  /** What is to be run, for a command that runs others. */
  readonly command?: readonly string[]
  readonly flags: ReadonlyMap<string, readonly string[]>
}

/** What a command gets. */
export interface Context {
  readonly command: CommandSpec
  /** All that there are. */
  readonly commands: readonly CommandSpec[]
  readonly given: Given
  readonly output: Output
  readonly env: Readonly<Record<string, string | undefined>>
}
