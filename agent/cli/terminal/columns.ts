import { printable } from "../printable.ts"
import { type Color, paint } from "./paint.ts"

export type Cell = string | { readonly text: string; readonly color: Color }

const GAP = "  "

/**
 * Lines of columns as wide as their widest cell; the last one is not padded. An empty cell is `-`, so that no column
 * moves.
 */
export function formatColumns(
  header: readonly string[] | undefined,
  rows: readonly (readonly Cell[])[],
  isColored: boolean,
): readonly string[] {
  const all = header === undefined ? rows : [header, ...rows]
  const widths: number[] = []
  for (const row of all) {
    for (const [index, cell] of row.entries()) widths[index] = Math.max(widths[index] ?? 0, textOf(cell).length)
  }
  return all.map((row, line) => {
    const isHeader = header !== undefined && line === 0
    const cells = row.map((cell, index) => {
      const text = textOf(cell)
      const padding = index === row.length - 1 ? "" : " ".repeat((widths[index] ?? 0) - text.length)
      const color = typeof cell === "string" ? (isHeader ? "bold" : undefined) : cell.color
      return `${isColored && color !== undefined ? paint(text, color) : text}${padding}`
    })
    return cells.join(GAP)
  })
}

function textOf(cell: Cell): string {
  const text = typeof cell === "string" ? cell : cell.text
  return text === "" ? "-" : printable(text)
}
