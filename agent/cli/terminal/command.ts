import type { FlagSpec } from "../../config/command-line.ts"
import type { Given } from "./arguments.ts"
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
  /** What one should know beyond the summary; wrapped at 80 columns. */
  readonly more?: string
  readonly examples: readonly string[]
  /** Each command is a chunk of its own, so that none pays for another. */
  readonly load: () => Promise<(context: Context) => Promise<number>>
}

/** What a command gets. */
export interface Context {
  readonly command: CommandSpec
  readonly given: Given
  readonly output: Output
  readonly env: Readonly<Record<string, string | undefined>>
}
