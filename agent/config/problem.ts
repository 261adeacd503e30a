/** One thing that is wrong with a configuration. */
export interface ConfigProblem {
  /** Path of the file, `environment`, or `flags`. */
  readonly file: string
  /** From 1; absent where there are no lines. */
  readonly line?: number
  readonly column?: number
  readonly key: string
  readonly message: string
  /** The command that puts it right, where there is one. */
  readonly hint?: string
}

/** Where a value was written. */
export interface Place {
  readonly file: string
  readonly line?: number
  readonly column?: number
}

/** A value from one source, already checked by its key's schema. */
export interface Entry {
  readonly key: string
  readonly value: unknown
  /** As `config show --origin` prints it. */
  readonly origin: string
  readonly place: Place
}

/** What one source gave. */
export interface SourceRead {
  readonly entries: readonly Entry[]
  readonly problems: readonly ConfigProblem[]
}

/** All problems as people read them, one a line: place, key, message. */
export function formatProblems(problems: readonly ConfigProblem[]): string {
  const places = problems.map(({ file, line, column }) =>
    line === undefined ? file : `${file}:${line}:${column ?? 1}`,
  )
  const width = Math.max(0, ...places.map((place) => place.length))
  const keyWidth = Math.max(0, ...problems.map(({ key }) => key.length))
  const lines = problems.map(
    ({ key, message }, index) => `  ${(places[index] ?? "").padEnd(width)}  ${key.padEnd(keyWidth)}  ${message}`,
  )
  const count = problems.length === 1 ? "1 problem" : `${problems.length} problems`
  return `The configuration has ${count}:\n${lines.join("\n")}\n`
}
