import type { Output } from "./output.ts"
import type { Words } from "./words.ts"

/** A flag as parser and help know it. */
export interface Flag {
  /** With its dashes. */
  readonly name: string
  readonly short?: string
  /** What the value is called in the help; absent for a switch. */
  readonly value?: string
  /** How the value is checked; text by default. */
  readonly type?: "duration" | "count" | readonly string[]
  readonly isRepeatable?: boolean
  readonly about: string
}

/** One invocation, parsed and checked. */
export interface Call {
  readonly words: Words
  readonly out: Output
}

/** Which of the agent's sockets a command speaks to. */
export type Door = "application" | "admin"

/** One command: parser, help and did-you-mean come from this. */
export interface Command {
  /** One word, or two as in `config show`. */
  readonly name: string
  readonly about: string
  /** As after the name in the usage line. */
  readonly args?: string
  readonly argsMin?: number
  /** 0 by default. */
  readonly argsMax?: number
  readonly flags?: readonly Flag[]
  /** More text for its help. */
  readonly notes?: string
  readonly examples?: readonly string[]
  /** Imports the command when it is called, so that no command pays for another. Resolves to the exit code. */
  readonly run: (call: Call) => Promise<number>
}
