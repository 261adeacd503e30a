/** One command of a page, and the lines that the page shows as its answer. */
export interface Step {
  /** Where it stands, from 1. */
  readonly at: number
  readonly command: string
  readonly answers: readonly string[]
}

/** The commands below one heading: what begins there and goes on, a stream for example, ends with it. */
export interface Section {
  readonly title: string
  readonly steps: readonly Step[]
}

/**
 * The commands in the shell blocks of a page. A line that begins with a brace is an answer, any other one a command.
 */
export function sectionsOf(page: string): readonly Section[] {
  const sections: OpenSection[] = [{ title: "", steps: [] }]
  let isShell = false
  let begun = ""
  for (const [index, line] of page.split("\n").entries()) {
    if (line.startsWith("```")) isShell = line === "```sh"
    else if (!isShell && line.startsWith("## ")) sections.push({ title: line.slice(3), steps: [] })
    if (!isShell || line.startsWith("```") || line === "" || line.startsWith("#")) continue
    const steps = sections.at(-1)?.steps ?? []
    if (line.startsWith("{")) {
      steps.at(-1)?.answers.push(line)
      continue
    }
    const text = `${begun}${line.trim()}`
    begun = text.endsWith("\\") ? text.slice(0, -1) : ""
    // Where the sockets are the reader says.
    if (begun === "" && !/^[A-Z]=/.test(text)) steps.push({ at: index + 1, command: text, answers: [] })
  }
  return sections.filter(({ steps }) => steps.length > 0)
}

interface OpenSection {
  readonly title: string
  readonly steps: (Step & { readonly answers: string[] })[]
}

/** Values that a page shows, and what they are in truth: what is shown twice must be the same twice. */
export class Shown {
  readonly #real: Map<string, string> = new Map()

  /** The command with the real values in the place of those that the page shows. */
  inTruth(command: string): string {
    let text = command
    for (const [shown, real] of this.#real) {
      // A number in quotes, or at the end of a query.
      if (/^\d+$/.test(shown)) text = text.replaceAll(`"${shown}"`, `"${real}"`).replaceAll(`=${shown}'`, `=${real}'`)
      else text = text.replaceAll(shown, real)
    }
    return text
  }

  /**
   * How a real answer differs from the one that is shown, in words; undefined = it does not, and its values are known
   * now.
   */
  difference(shown: string, real: string): string | undefined {
    const learned = new Map<string, string>()
    const told = this.#compare("", parsedShown(shown), parsed(real), learned)
    if (told === undefined) for (const [one, other] of learned) this.#real.set(one, other)
    return told
  }

  #compare(path: string, shown: unknown, real: unknown, learned: Map<string, string>): string | undefined {
    if (typeof shown === "string") return this.#compareText(path, shown, real, learned)
    if (Array.isArray(shown)) {
      if (!Array.isArray(real) || real.length !== shown.length) return `${path} is ${JSON.stringify(real)}`
      return firstOf(shown, (each, at) => this.#compare(`${path}[${at}]`, each, real[at], learned))
    }
    if (typeof shown === "object" && shown !== null) {
      if (typeof real !== "object" || real === null) return `${path} is ${JSON.stringify(real)}`
      const keys = [...new Set([...Object.keys(shown), ...Object.keys(real)])]
      const at = (value: object, key: string): unknown => (value as Readonly<Record<string, unknown>>)[key]
      return firstOf(keys, (key) => this.#compare(`${path}.${key}`, at(shown, key), at(real, key), learned))
    }
    const isMeasured = typeof shown === "number" && typeof real === "number" && /(Ms|\.pid|\.index)$/.test(path)
    return isMeasured || shown === real ? undefined : `${path} is ${JSON.stringify(real)}`
  }

  #compareText(path: string, shown: string, real: unknown, learned: Map<string, string>): string | undefined {
    const wrong = `${path} is ${JSON.stringify(real)}`
    if (shown.startsWith(OBJECT)) return typeof real === "object" && real !== null ? undefined : wrong
    if (typeof real !== "string") return wrong
    if (shown === "…" || /^\d{4}-\d\d-\d\dT/.test(shown)) return undefined
    const isVarying = /^\d+$/.test(shown) ? /^\d+$/.test(real) : /\.(session|secret|id)$/.test(path)
    const known = this.#real.get(shown) ?? learned.get(shown)
    if (known !== undefined) return known === real ? undefined : `${wrong}, and was ${known}`
    if (!isVarying) return shown === real ? undefined : wrong
    learned.set(shown, real)
    return undefined
  }
}

/** Stands for an object whose fields are told elsewhere. */
const OBJECT = "an object: "

function parsedShown(text: string): unknown {
  return parsed(text.replace(/([:[,])([A-Z]\w*)(?=[\],}])/g, (_, before, name) => `${before}"${OBJECT}${name}"`))
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return `no JSON: ${text}`
  }
}

function firstOf<Each>(all: readonly Each[], tell: (each: Each, at: number) => string | undefined): string | undefined {
  for (const [at, each] of all.entries()) {
    const told = tell(each, at)
    if (told !== undefined) return told
  }
  return undefined
}
