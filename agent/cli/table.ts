import { type Color, paint } from "./color.ts"
import { printable } from "./printable.ts"

/** One value of a row; an empty one is shown as `-`. */
export interface Cell {
  readonly text: string
  readonly color?: Color
}

export type Row = readonly (string | Cell)[]

const GAP = "  "

/** Aligned columns under their names. Every value is made printable; the last column is not padded. */
export function tableText(columns: readonly string[], rows: readonly Row[], hasColor: boolean): string {
  const heads = columns.map((text): Cell => ({ text, color: "grey" }))
  return columnsText([heads, ...rows], hasColor)
}

/** The same without names. */
export function columnsText(rows: readonly Row[], hasColor: boolean): string {
  const cells = rows.map((row) => row.map(shown))
  const widths: number[] = []
  for (const row of cells) {
    for (const [index, { text }] of row.entries()) widths[index] = Math.max(widths[index] ?? 0, width(text))
  }
  return cells.map((row) => `${rowText(row, widths, hasColor)}\n`).join("")
}

function rowText(row: readonly Cell[], widths: readonly number[], hasColor: boolean): string {
  const parts = row.map(({ text, color }, index) => {
    const pad = index === row.length - 1 ? "" : " ".repeat((widths[index] ?? 0) - width(text))
    return `${hasColor && color !== undefined ? paint(text, color) : text}${pad}`
  })
  return parts.join(GAP).trimEnd()
}

function shown(cell: string | Cell): Cell {
  const { text, color } = typeof cell === "string" ? { text: cell, color: undefined } : cell
  const clean = text === "" ? "-" : printable(text)
  return color === undefined ? { text: clean } : { text: clean, color }
}

/** In characters, not UTF-16 units. */
function width(text: string): number {
  return [...text].length
}
