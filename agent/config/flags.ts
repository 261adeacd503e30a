import { checkValue, fromText, mapOf } from "./check-value.ts"
import { closest } from "./closest.ts"
import type { ConfigProblem, Entry, SourceRead } from "./problem.ts"

type Flag =
  | { readonly kind: "value"; readonly key: string }
  | { readonly kind: "switch"; readonly key: string }
  | { readonly kind: "list"; readonly key: string }
  | { readonly kind: "option"; readonly option: keyof AgentOptions; readonly takesValue: boolean }

/** What flags say that is not configuration. */
export interface AgentOptions {
  config?: string
  enableFaultInjection?: boolean
  json?: boolean
  help?: boolean
  version?: boolean
  verbose?: boolean
  /** Global flags that mean nothing to an agent. */
  ignored?: boolean
}

const FLAGS: ReadonlyMap<string, Flag> = new Map<string, Flag>([
  ["--name", { kind: "value", key: "name" }],
  ["--cluster", { kind: "value", key: "cluster" }],
  ["--data-dir", { kind: "value", key: "dataDir" }],
  ["--bind", { kind: "value", key: "bind" }],
  ["--advertise", { kind: "value", key: "advertise" }],
  ["--join", { kind: "list", key: "join" }],
  ["--profile", { kind: "value", key: "profile" }],
  ["--zone", { kind: "value", key: "zone" }],
  ["--tag", { kind: "list", key: "tags" }],
  ["--http-addr", { kind: "value", key: "httpAddr" }],
  ["--insecure", { kind: "switch", key: "insecure" }],
  ["--log-level", { kind: "value", key: "logLevel" }],
  ["--log-format", { kind: "value", key: "logFormat" }],
  ["--socket", { kind: "value", key: "socket" }],
  ["--admin-socket", { kind: "value", key: "adminSocket" }],
  ["--config", { kind: "option", option: "config", takesValue: true }],
  ["--enable-fault-injection", { kind: "option", option: "enableFaultInjection", takesValue: false }],
  ["--json", { kind: "option", option: "json", takesValue: false }],
  ["--help", { kind: "option", option: "help", takesValue: false }],
  ["-h", { kind: "option", option: "help", takesValue: false }],
  ["--version", { kind: "option", option: "version", takesValue: false }],
  ["--verbose", { kind: "option", option: "verbose", takesValue: false }],
  ["-v", { kind: "option", option: "verbose", takesValue: false }],
  ["--quiet", { kind: "option", option: "ignored", takesValue: false }],
  ["-q", { kind: "option", option: "ignored", takesValue: false }],
  ["--yes", { kind: "option", option: "ignored", takesValue: false }],
  ["-y", { kind: "option", option: "ignored", takesValue: false }],
  ["--color", { kind: "option", option: "ignored", takesValue: true }],
  ["--timeout", { kind: "option", option: "ignored", takesValue: true }],
])

export interface FlagsRead extends SourceRead {
  readonly options: Readonly<AgentOptions>
  /** What cannot be understood at all: exit 2. */
  readonly usage: readonly string[]
}

/** Reads the flags of `conclave agent`; `--flag value` and `--flag=value`. */
export function readFlags(argv: readonly string[]): FlagsRead {
  const reader = new FlagReader()
  reader.read(argv)
  return reader.result()
}

class FlagReader {
  readonly #options: AgentOptions = {}
  readonly #usage: string[] = []
  readonly #texts: Map<string, { readonly flag: string; readonly texts: string[] }> = new Map()

  read(argv: readonly string[]): void {
    for (let at = 0; at < argv.length; at++) {
      const word = argv[at] ?? ""
      const equals = word.startsWith("--") ? word.indexOf("=") : -1
      const name = equals < 0 ? word : word.slice(0, equals)
      const flag = FLAGS.get(name)
      if (flag === undefined) {
        this.#usage.push(unknown(name))
        // `--wrong value`: the value is not a second mistake.
        if (equals < 0 && name.startsWith("-") && argv[at + 1]?.startsWith("-") === false) at++
        continue
      }
      const attached = equals < 0 ? undefined : word.slice(equals + 1)
      if (!takesValue(flag)) {
        this.#switch(name, flag, attached)
        continue
      }
      const value = attached ?? argv[at + 1]
      if (value === undefined || (attached === undefined && FLAGS.has(value))) {
        this.#usage.push(`${name} needs a value`)
        continue
      }
      if (attached === undefined) at++
      this.#value(name, flag, value)
    }
  }

  result(): FlagsRead {
    const entries: Entry[] = []
    const problems: ConfigProblem[] = []
    for (const [key, { flag, texts }] of this.#texts) {
      const place = { file: "flags" }
      const checked = checkValue(key, rawOf(key, texts))
      if (checked.ok) entries.push({ key, value: checked.value, origin: `flag ${flag}`, place })
      else for (const { message } of checked.problems) problems.push({ ...place, key: flag, message })
    }
    return { entries, problems, options: this.#options, usage: this.#usage }
  }

  #switch(name: string, flag: Flag, attached: string | undefined): void {
    if (attached !== undefined) this.#usage.push(`${name} takes no value`)
    else if (flag.kind === "option") Object.assign(this.#options, { [flag.option]: true })
    else this.#texts.set(flag.key, { flag: name, texts: ["true"] })
  }

  #value(name: string, flag: Flag, value: string): void {
    if (flag.kind === "option") {
      Object.assign(this.#options, { [flag.option]: value })
      return
    }
    const held = this.#texts.get(flag.key)
    if (flag.kind === "list" && held !== undefined) held.texts.push(value)
    else if (held !== undefined) this.#usage.push(`${name} is given twice`)
    else this.#texts.set(flag.key, { flag: name, texts: [value] })
  }
}

function takesValue(flag: Flag): boolean {
  return flag.kind === "option" ? flag.takesValue : flag.kind !== "switch"
}

/** A repeated flag gives one item each time; commas mean nothing in it. */
function rawOf(key: string, texts: readonly string[]): unknown {
  if (key === "tags") return mapOf(texts)
  return key === "join" ? texts : fromText(key, texts[0] ?? "")
}

function unknown(name: string): string {
  if (!name.startsWith("-")) return `agent takes no argument ${JSON.stringify(name)}`
  const meant = closest(name, FLAGS.keys())
  return `unknown flag ${name}${meant === undefined ? "" : `; did you mean ${meant}?`}`
}
