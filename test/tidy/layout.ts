import ts from "typescript"
import { parsed } from "./imports.ts"
import type { Source } from "./source-tree.ts"

export const LINE_CHARACTERS_MAX = 120

/** Comments that are too wide; code is the formatter's, and a message is as long as it is. */
export function tooWide(sources: readonly Source[]): readonly string[] {
  return sources.flatMap(({ path, text }) =>
    text.split("\n").flatMap((line, index) => {
      const isComment = /^ *(\/\/|\/?\*)/.test(line)
      return isComment && [...line].length > LINE_CHARACTERS_MAX ? [`${path}:${index + 1} is too wide`] : []
    }),
  )
}

/** In the product: `{ ...{ a, b }, c }` hides fields from an eye that goes down the left side. */
export function spreadLiterals(sources: readonly Source[]): readonly string[] {
  return sources.filter(({ path }) => !path.startsWith("test/")).flatMap(spreadsOf)
}

function spreadsOf(source: Source): readonly string[] {
  const file = parsed(source)
  const found: string[] = []
  const visit = (node: ts.Node): void => {
    if (ts.isSpreadAssignment(node) && ts.isObjectLiteralExpression(node.expression)) {
      const { line } = file.getLineAndCharacterOfPosition(node.getStart(file))
      found.push(`${source.path}:${line + 1} spreads a literal`)
    }
    ts.forEachChild(node, visit)
  }
  visit(file)
  return found
}
