import { toJsonText } from "@conclave/sdk/u64"
import { printable } from "../printable.ts"
import { type Cell, formatColumns } from "./columns.ts"
import { COLOR_CODE, type Color, paint } from "./paint.ts"

/** Where a command writes: the result to stdout, everything else to stderr. */
export class Output {
  readonly isJson: boolean
  readonly isQuiet: boolean
  readonly isVerbose: boolean
  readonly #isColored: boolean

  constructor(options: {
    readonly json: boolean
    readonly quiet: boolean
    readonly verbose: boolean
    readonly color: boolean
  }) {
    this.isJson = options.json
    this.isQuiet = options.quiet
    this.isVerbose = options.verbose
    this.#isColored = options.color
  }

  /** A line for people: what tags and names of other hosts contain cannot drive the terminal. */
  line(text: string): void {
    process.stdout.write(`${this.#isColored ? withColors(text) : printable(text)}\n`)
  }

  /** One JSON value on one line; 64-bit numbers are decimal strings. */
  json(value: unknown): void {
    process.stdout.write(`${toJsonText(value)}\n`)
  }

  /** Aligned columns under a header, on a terminal and in a pipe alike. */
  table(header: readonly string[], rows: readonly (readonly Cell[])[]): void {
    for (const line of formatColumns(this.isQuiet ? undefined : header, rows, this.#isColored)) this.line(line)
  }

  /** A remark for people. */
  note(text: string): void {
    if (!this.isQuiet && !this.isJson) process.stderr.write(`${text}\n`)
  }

  paint(text: string, color: Color): string {
    return this.#isColored ? paint(text, color) : text
  }
}

/** Everything is made printable but the codes that `paint` writes. */
function withColors(text: string): string {
  return text
    .split(COLOR_CODE)
    .map((part, index) => (index % 2 === 1 ? part : printable(part)))
    .join("")
}
