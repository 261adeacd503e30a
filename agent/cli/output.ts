import { toJsonText } from "@conclave/sdk"
import { wantsColor } from "./color.ts"
import { type Row, tableText } from "./table.ts"
import type { Words } from "./words.ts"

/** Where a command says things: results on stdout, the rest on stderr. */
export interface Output {
  readonly json: boolean
  readonly isTerminal: boolean
  readonly hasColor: boolean
  readonly isVerbose: boolean
  /** A result as it is. */
  readonly text: (text: string) => void
  /** One line of many: resolves when the reader has room for the next. */
  readonly line: (line: string) => Promise<void>
  readonly table: (columns: readonly string[], rows: readonly Row[]) => void
  /** The result as one line of JSON under `--json`, else what `asText` writes. */
  readonly result: (value: unknown, asText: () => void) => void
  /** For people, unless `--quiet` or `--json`. */
  readonly note: (text: string) => void
}

export function openOutput(words: Words): Output {
  const isTerminal = process.stdout.isTTY === true
  const json = words.has("--json")
  const hasColor = wantsColor(words.text("--color"), process.env, isTerminal)
  const text = (each: string): void => {
    process.stdout.write(each)
  }
  return {
    json,
    isTerminal,
    hasColor,
    isVerbose: words.has("--verbose"),
    text,
    line: writeLine,
    table: (columns, rows) => text(tableText(columns, rows, hasColor)),
    result: (value, asText) => (json ? text(`${toJsonText(value)}\n`) : asText()),
    note: (each) => {
      if (!json && !words.has("--quiet")) process.stderr.write(`${each}\n`)
    },
  }
}

function writeLine(line: string): Promise<void> {
  if (process.stdout.write(`${line}\n`)) return Promise.resolve()
  return new Promise((resolve) => process.stdout.once("drain", resolve))
}
