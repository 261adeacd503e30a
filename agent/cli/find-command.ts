import { closest } from "../config/closest.ts"
import type { Command, Flag } from "./command.ts"
import { usageError } from "./usage.ts"

/** A command and the words for it, the global flags before its name included. */
export interface Found {
  readonly command: Command | undefined
  readonly argv: readonly string[]
}

/** Finds the command: the first word that is neither a global flag nor its value. None = only flags were given. */
export function findCommand(argv: readonly string[], commands: readonly Command[], global: readonly Flag[]): Found {
  let at = 0
  for (; at < argv.length; at++) {
    const word = argv[at] ?? ""
    if (!word.startsWith("-")) break
    const name = word.split("=", 1)[0] ?? word
    const flag = global.find((each) => each.name === name || each.short === name)
    if (flag === undefined) throw unknown(`there is no global flag ${name}`, name, names(global))
    if (flag.value !== undefined && name === word) at++
  }
  const before = argv.slice(0, at)
  const [first, second] = argv.slice(at)
  if (first === undefined) return { command: undefined, argv: before }
  const two = commands.find((each) => each.name === `${first} ${second}`)
  if (two !== undefined) return { command: two, argv: [...before, ...argv.slice(at + 2)] }
  const one = commands.find((each) => each.name === first)
  if (one !== undefined) return { command: one, argv: [...before, ...argv.slice(at + 1)] }
  const verbs = commands.filter((each) => each.name.startsWith(`${first} `)).map((each) => each.name)
  if (verbs.length === 0) throw unknown(`there is no command ${JSON.stringify(first)}`, first, names(commands))
  if (second === undefined || second.startsWith("-")) {
    throw usageError(`${first} needs a verb: ${verbs.join(" or ")}`, `conclave help ${verbs[0]}`)
  }
  throw unknown(`there is no command ${JSON.stringify(`${first} ${second}`)}`, `${first} ${second}`, verbs)
}

function unknown(message: string, word: string, known: readonly string[]): Error {
  const meant = closest(word, known)
  return meant === undefined
    ? usageError(message, "conclave help")
    : usageError(
        `${message}; did you mean ${meant}?`,
        meant.startsWith("-") ? "conclave help" : `conclave help ${meant}`,
      )
}

function names(of: readonly { readonly name: string }[]): readonly string[] {
  return of.map(({ name }) => name)
}
