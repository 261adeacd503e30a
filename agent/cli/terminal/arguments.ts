import { closest } from "../../config/closest.ts"
import {
  type CommandLine,
  type FlagProblem,
  type FlagSpec,
  GLOBAL_FLAGS,
  readCommandLine,
} from "../../config/command-line.ts"
import { parseDuration } from "../../config/duration.ts"
import { shownInput } from "../../config/key-like.ts"
import type { CommandSpec, Given } from "./command.ts"
import { usageError } from "./failure.ts"

/**
 * Takes the words of a call apart and finds its command; flags may stand before and after it. Throws a usage error with
 * the nearest known word.
 */
export function parseArguments(argv: readonly string[], commands: readonly CommandSpec[]): Given {
  // Which flags take a value depends on the command, so its word is looked for first.
  const [family] = readCommandLine(argv, GLOBAL_FLAGS).words
  const own = commands.filter((each) => each.name.split(" ")[0] === family)
  const known = [...GLOBAL_FLAGS, ...own.flatMap((each) => each.flags ?? [])]
  const line = readCommandLine(argv, known)
  const [problem] = line.problems
  if (family !== undefined && own.length === 0) throw unknownCommand(family, commands)
  if (problem !== undefined) throw refusedFlag(problem, specOf(line.words, commands)?.name ?? family, known)
  return assign(line, commands)
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

/** Unlike a time to wait `--grace` may be nothing. */
export function graceOf(given: Given): number | undefined {
  const text = given.flags.get("grace")?.[0]
  if (text === undefined) return undefined
  const ms = text === "0" ? 0 : parseDuration(text)
  if (ms !== undefined) return ms
  throw usageError(`--grace takes a duration such as 0s, 10s or 5m, not ${JSON.stringify(text)}`, nextHelp(given))
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

/** All commands that begin with the same word share their flags here; which of them has which is checked later. */
function refusedFlag({ kind, flag, spec }: FlagProblem, name: string | undefined, known: readonly FlagSpec[]): Error {
  const next = `conclave help ${name ?? ""}`.trimEnd()
  switch (kind) {
    case "unknown":
      return unknownFlag(flag, name, known)
    case "needs value":
      return usageError(`${flag} needs a value: ${spec?.value}`, next)
    case "takes no value":
      return usageError(`${flag} takes no value`, next)
    case "twice":
      return usageError(`${flag} is given twice`, next)
  }
}

function unknownFlag(word: string, name: string | undefined, known: readonly FlagSpec[]): Error {
  const meant = closest(
    word,
    known.map((each) => `--${each.name}`),
  )
  const where = name === undefined ? "" : ` of ${name}`
  return usageError(`unknown flag ${word}${where}${didYouMean(meant)}`, `conclave help ${name ?? ""}`.trimEnd())
}

export function unknownCommand(name: string, commands: readonly CommandSpec[]): Error {
  const meant = closest(
    name,
    commands.map((each) => each.name),
  )
  return usageError(
    `unknown command ${shownInput(name)}${didYouMean(meant)}`,
    meant === undefined ? "conclave help" : `conclave ${meant}`,
  )
}

function didYouMean(meant: string | undefined): string {
  return meant === undefined ? "" : `; did you mean ${meant}?`
}

/** Finds the command, the longer name first, and checks that its flags and arguments are its own. */
function assign({ words, wordsBefore, flags }: CommandLine, commands: readonly CommandSpec[]): Given {
  if (words.length === 0) return { name: "", args: [], flags }
  const spec = specOf(words, commands)
  if (spec === undefined) return ofFamily(words, flags, commands)
  const own = spec.name.split(" ").length
  const end = spec.takesCommand === true ? wordsBefore : undefined
  const args = words.slice(own, end)
  const known = [...GLOBAL_FLAGS, ...(spec.flags ?? [])]
  const foreign = [...flags.keys()].find((name) => !known.some((each) => each.name === name))
  if (foreign !== undefined) throw unknownFlag(`--${foreign}`, spec.name, known)
  const given = {
    name: spec.name,
    args,
    flags,
    ...(end === undefined ? {} : { command: words.slice(Math.max(own, end)) }),
  }
  if (!flags.has("help") && !flags.has("version")) checkCount(spec, given)
  return given
}

/** Two words make one command; the longer name first. */
function specOf(words: readonly string[], commands: readonly CommandSpec[]): CommandSpec | undefined {
  const two = words.slice(0, 2).join(" ")
  return commands.find((each) => each.name === two) ?? commands.find((each) => each.name === words[0])
}

/** The first word of several commands alone: their help, where that is asked for. */
function ofFamily(words: readonly string[], flags: Given["flags"], commands: readonly CommandSpec[]): Given {
  const [family = ""] = words
  const isAsked = words.length === 1 && (flags.has("help") || flags.has("version"))
  if (!isAsked || !commands.some(({ name }) => name.startsWith(`${family} `))) throw unknownWords(words, commands)
  return { name: "help", args: words, flags: new Map([...flags].filter(([name]) => name !== "help")) }
}

function unknownWords(words: readonly string[], commands: readonly CommandSpec[]): Error {
  const [first = "", second] = words
  const family = commands.filter((each) => each.name.startsWith(`${first} `)).map((each) => each.name)
  if (family.length === 0) return unknownCommand(first, commands)
  const meant = second === undefined ? undefined : closest(`${first} ${second}`, family)
  const what =
    second === undefined ? `${first} needs a second word` : `unknown command ${shownInput(`${first} ${second}`)}`
  return usageError(`${what}: ${family.join(", ")}`, `conclave help ${meant ?? family[0] ?? ""}`)
}

function checkCount(spec: CommandSpec, given: Given): void {
  const { name, argsMin = 0, argsMax = argsMin, usage, takesCommand = false } = spec
  const { args } = given
  if (given.command?.length === 0) throw usageError(`${name} -- needs a command after it`, nextHelp(given))
  if (takesCommand && args.length > argsMax) {
    const next = `conclave ${name} ${args.slice(0, argsMax).join(" ")} -- ${args.slice(argsMax).join(" ")}`
    throw usageError(`${name} takes a command only after --`, next)
  }
  if (args.length > argsMax) {
    const extra = shownInput(args[argsMax] ?? "")
    throw usageError(
      `${name} takes ${argsMax === 0 ? "no argument" : `at most ${argsMax}`}: ${extra} is too much`,
      nextHelp(given),
    )
  }
  if (args.length < argsMin) throw usageError(`${name} needs ${usage ?? "an argument"}`, nextHelp(given))
}
