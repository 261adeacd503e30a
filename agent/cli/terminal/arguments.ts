import { closest } from "../../config/closest.ts"
import { parseDuration } from "../../config/duration.ts"
import type { CommandSpec, FlagSpec } from "./command.ts"
import { usageError } from "./failure.ts"

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

/** The words of one call, taken apart. */
export interface Given {
  /** The command's words, joined; "" when there is none. */
  readonly name: string
  readonly args: readonly string[]
  readonly flags: ReadonlyMap<string, readonly string[]>
}

/**
 * Takes a command line apart. Flags may stand before and after the command, `--flag value` and `--flag=value`; `--` ends
 * them. Throws a usage error with the nearest known word.
 */
export function parseArguments(argv: readonly string[], commands: readonly CommandSpec[]): Given {
  const words: string[] = []
  const flags = new Map<string, string[]>()
  for (let at = 0; at < argv.length; at++) {
    const word = argv[at] ?? ""
    if (word === "--") {
      words.push(...argv.slice(at + 1))
      break
    }
    if (!word.startsWith("-") || word === "-") {
      words.push(word)
      continue
    }
    const { name, attached } = splitFlag(word)
    const spec = flagSpec(name, words[0], commands)
    const value = spec.value === undefined ? switchValue(spec, attached) : (attached ?? argv[++at])
    if (value === undefined) throw usageError(`--${spec.name} needs a value: ${spec.value}`, helpCall(words, commands))
    const held = flags.get(spec.name) ?? []
    if (held.length > 0 && spec.value !== undefined && spec.isList !== true) {
      throw usageError(`--${spec.name} is given twice`, helpCall(words, commands))
    }
    flags.set(spec.name, [...held, value])
  }
  return assign(words, flags, commands)
}

/** How long a call may take, in ms. */
export function timeoutMsOf(given: Given, defaultMs: number): number {
  return durationOf(given, "timeout") ?? defaultMs
}

export function durationOf(given: Given, flag: string): number | undefined {
  const text = given.flags.get(flag)?.[0]
  if (text === undefined) return undefined
  const ms = parseDuration(text)
  if (ms !== undefined && ms > 0) return ms
  throw usageError(`--${flag} takes a duration such as 200ms, 5s or 10m, not ${JSON.stringify(text)}`, nextHelp(given))
}

/** A whole number between two bounds. */
export function numberOf(
  given: Given,
  flag: string,
  { min, max, byDefault }: { readonly min: number; readonly max: number; readonly byDefault: number },
): number {
  const text = given.flags.get(flag)?.[0]
  if (text === undefined) return byDefault
  const value = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN
  if (value >= min && value <= max) return value
  const range = `a whole number from ${min} to ${max}`
  throw usageError(`--${flag} takes ${range}, not ${JSON.stringify(text)}`, nextHelp(given))
}

export function nextHelp(given: Given): string {
  return `conclave help ${given.name}`.trimEnd()
}

function splitFlag(word: string): { readonly name: string; readonly attached: string | undefined } {
  const equals = word.indexOf("=")
  return equals < 0
    ? { name: word, attached: undefined }
    : { name: word.slice(0, equals), attached: word.slice(equals + 1) }
}

function switchValue(spec: FlagSpec, attached: string | undefined): string {
  if (attached !== undefined) throw usageError(`--${spec.name} takes no value`, "conclave help")
  return "true"
}

/** All commands that begin with the same word share their flags here; which of them has which is checked later. */
function flagSpec(word: string, family: string | undefined, commands: readonly CommandSpec[]): FlagSpec {
  const own = commands.filter((each) => each.name.split(" ")[0] === family).flatMap((each) => each.flags ?? [])
  const known = [...GLOBAL_FLAGS, ...own]
  const found = known.find(
    (each) => word === `--${each.name}` || (each.short !== undefined && word === `-${each.short}`),
  )
  if (found !== undefined) return found
  if (family !== undefined && own.length === 0) throw unknownCommandOr(word, family, commands)
  throw unknownFlag(word, family, known)
}

function unknownFlag(word: string, family: string | undefined, known: readonly FlagSpec[]): Error {
  const meant = closest(
    word,
    known.map((each) => `--${each.name}`),
  )
  const where = family === undefined ? "" : ` of ${family}`
  return usageError(`unknown flag ${word}${where}${didYouMean(meant)}`, `conclave help ${family ?? ""}`.trimEnd())
}

function unknownCommandOr(word: string, family: string, commands: readonly CommandSpec[]): Error {
  const isKnown = commands.some((each) => each.name.split(" ")[0] === family)
  return isKnown ? unknownFlag(word, family, GLOBAL_FLAGS) : unknownCommand(family, commands)
}

export function unknownCommand(name: string, commands: readonly CommandSpec[]): Error {
  const meant = closest(
    name,
    commands.map((each) => each.name),
  )
  return usageError(
    `unknown command ${JSON.stringify(name)}${didYouMean(meant)}`,
    meant === undefined ? "conclave help" : `conclave ${meant}`,
  )
}

function didYouMean(meant: string | undefined): string {
  return meant === undefined ? "" : `; did you mean ${meant}?`
}

/** Finds the command, the longer name first, and checks that its flags and arguments are its own. */
function assign(
  words: readonly string[],
  flags: ReadonlyMap<string, readonly string[]>,
  commands: readonly CommandSpec[],
): Given {
  if (words.length === 0) return { name: "", args: [], flags }
  const two = words.slice(0, 2).join(" ")
  const spec = commands.find((each) => each.name === two) ?? commands.find((each) => each.name === words[0])
  if (spec === undefined) throw unknownWords(words, commands)
  const args = words.slice(spec.name.split(" ").length)
  const known = [...GLOBAL_FLAGS, ...(spec.flags ?? [])]
  const foreign = [...flags.keys()].find((name) => !known.some((each) => each.name === name))
  if (foreign !== undefined) throw unknownFlag(`--${foreign}`, spec.name, known)
  const given = { name: spec.name, args, flags }
  if (!flags.has("help") && !flags.has("version")) checkCount(spec, given)
  return given
}

function unknownWords(words: readonly string[], commands: readonly CommandSpec[]): Error {
  const [first = "", second] = words
  const family = commands.filter((each) => each.name.startsWith(`${first} `)).map((each) => each.name)
  if (family.length === 0) return unknownCommand(first, commands)
  const meant = second === undefined ? undefined : closest(`${first} ${second}`, family)
  const what =
    second === undefined ? `${first} needs a second word` : `unknown command ${JSON.stringify(`${first} ${second}`)}`
  return usageError(`${what}: ${family.join(", ")}`, `conclave help ${meant ?? family[0] ?? ""}`)
}

function checkCount({ name, argsMin = 0, argsMax = argsMin, usage }: CommandSpec, given: Given): void {
  const { args } = given
  if (args.length > argsMax) {
    const extra = JSON.stringify(args[argsMax])
    throw usageError(
      `${name} takes ${argsMax === 0 ? "no argument" : `at most ${argsMax}`}: ${extra} is too much`,
      nextHelp(given),
    )
  }
  if (args.length < argsMin) throw usageError(`${name} needs ${usage ?? "an argument"}`, nextHelp(given))
}

function helpCall(words: readonly string[], commands: readonly CommandSpec[]): string {
  const known = commands.some((each) => each.name.split(" ")[0] === words[0])
  return known ? `conclave help ${words[0]}` : "conclave help"
}
