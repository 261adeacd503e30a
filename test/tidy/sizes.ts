import ts from "typescript"
import { parsed } from "./imports.ts"
import type { Source } from "./source-tree.ts"

export const FILE_LINES_MAX = 500
export const FUNCTION_LINES_MAX = 70

/** Files and functions beyond what a reader can hold in mind. */
export function tooLarge(sources: readonly Source[]): readonly string[] {
  return sources.flatMap((source) => {
    const lines = source.text.split("\n").length - 1
    const ofFile = lines > FILE_LINES_MAX ? [`${source.path} has ${lines} lines of ${FILE_LINES_MAX}`] : []
    return [...ofFile, ...functionsTooLarge(source)]
  })
}

function functionsTooLarge(source: Source): readonly string[] {
  const file = parsed(source)
  const found: string[] = []
  const visit = (node: ts.Node): void => {
    if (ts.isFunctionLike(node) && "body" in node && node.body !== undefined) {
      const first = file.getLineAndCharacterOfPosition(node.getStart(file)).line
      const lines = file.getLineAndCharacterOfPosition(node.getEnd()).line - first + 1
      if (lines > FUNCTION_LINES_MAX) found.push(`${source.path}:${first + 1} is a function of ${lines} lines`)
    }
    ts.forEachChild(node, visit)
  }
  visit(file)
  return found
}
