import { closest } from "../config/closest.ts"
import { parseDuration } from "../config/duration.ts"
import type { Command, Flag } from "./command.ts"
import { usageError } from "./usage.ts"

/** Largest number that a flag may carry. */
const COUNT_MAX = 1_000_000

/** The words of one call: flags by name, and what is left. */
export class Words {
  readonly args: readonly string[]
  readonly #values: ReadonlyMap<string, readonly string[]>

  constructor(args: readonly string[], values: ReadonlyMap<string, readonly string[]>) {
    this.args = args
    this.#values = values
  }

  has(flag: string): boolean {
    return this.#values.has(flag)
  }

  text(flag: string): string | undefined {
    return this.#values.get(flag)?.[0]
  }

  texts(flag: string): readonly string[] {
    return this.#values.get(flag) ?? []
  }

  /** In milliseconds. The parser has checked it. */
  durationMs(flag: string): number | undefined {
    const text = this.text(flag)
    return text === undefined ? undefined : parseDuration(text)
  }

  count(flag: string): number | undefined {
    const text = this.text(flag)
    return text === undefined ? undefined : Number(text)
  }
}

/**
 * Reads `--flag value`, `--flag=value`, `-f` and plain words in any order; after `--` every word is plain. Throws
 * INVALID_ARGUMENT at the first thing that cannot be meant.
 */
export function readWords(argv: readonly string[], command: Command, global: readonly Flag[]): Words {
  const next = `conclave help ${command.name}`
  const flags = [...(command.flags ?? []), ...global]
  const args: string[] = []
  const values = new Map<string, string[]>()
  for (let at = 0; at < argv.length; at++) {
    const word = argv[at] ?? ""
    if (word === "--") {
      args.push(...argv.slice(at + 1))
      break
    }
    if (!word.startsWith("-") || word === "-") {
      args.push(word)
      continue
    }
    const [name, attached] = split(word)
    const flag = flags.find((each) => each.name === name || each.short === name)
    if (flag === undefined) throw unknownFlag(name, command, flags)
    if (flag.value !== undefined && attached === undefined) at++
    const value = checkedValue(flag, attached, { following: argv[at], next })
    const held = values.get(flag.name)
    if (held === undefined) values.set(flag.name, [value])
    else if (flag.isRepeatable === true) held.push(value)
    else if (flag.value !== undefined) throw usageError(`${flag.name} is given twice`, next, flag.name)
  }
  checkArgs(args, command, next)
  return new Words(args, values)
}

function checkedValue(
  flag: Flag,
  attached: string | undefined,
  { following, next }: { readonly following: string | undefined; readonly next: string },
): string {
  const { name, type } = flag
  if (flag.value === undefined) {
    if (attached !== undefined) throw usageError(`${name} takes no value`, next, name)
    return ""
  }
  const value = attached ?? following
  if (value === undefined || (attached === undefined && value.startsWith("--"))) {
    throw usageError(`${name} needs a value: ${name} ${flag.value}`, next, name)
  }
  const quoted = JSON.stringify(value)
  if (type === "duration" && parseDuration(value) === undefined) {
    throw usageError(`${name} is a duration such as 200ms, 5s or 10m, not ${quoted}`, next, name)
  }
  if (type === "count" && !(/^\d{1,7}$/.test(value) && Number(value) >= 1 && Number(value) <= COUNT_MAX)) {
    throw usageError(`${name} is a whole number from 1, not ${quoted}`, next, name)
  }
  if (Array.isArray(type) && !type.includes(value)) {
    throw usageError(`${name} is one of ${type.join(", ")}, not ${quoted}`, next, name)
  }
  return value
}

function checkArgs(args: readonly string[], command: Command, next: string): void {
  const { name, argsMin = 0, argsMax = 0 } = command
  if (args.length < argsMin) throw usageError(`${name} needs ${command.args}`, next)
  const extra = args[argsMax]
  if (extra === undefined) return
  const many = argsMax === 0 ? "no argument" : argsMax === 1 ? "one argument" : `${argsMax} arguments`
  throw usageError(`${name} takes ${many}; ${JSON.stringify(extra)} is too much`, next)
}

function unknownFlag(name: string, command: Command, flags: readonly Flag[]): Error {
  const meant = closest(
    name,
    flags.map((flag) => flag.name),
  )
  const ask = meant === undefined ? "" : `; did you mean ${meant}?`
  return usageError(`${command.name} knows no flag ${name}${ask}`, `conclave help ${command.name}`, name)
}

function split(word: string): readonly [string, string | undefined] {
  const equals = word.startsWith("--") ? word.indexOf("=") : -1
  return equals < 0 ? [word, undefined] : [word.slice(0, equals), word.slice(equals + 1)]
}
