import { type CST, Parser } from "yaml"

/** Levels of lists and maps: a configuration has four. */
export const YAML_LEVELS_MAX = 64

/**
 * Where a text is nested deeper than any configuration; undefined = nowhere. Of a few thousand levels the library would
 * run out of stack, and the process with it: it is looked at here level by level, before anybody goes down into it.
 */
export function tooDeepAt(text: string): number | undefined {
  for (const token of new Parser().parse(text)) {
    let level: readonly CST.Token[] = [token]
    for (let depth = 0; level.length > 0; depth++) {
      if (depth > YAML_LEVELS_MAX) return level[0]?.offset
      level = level.flatMap(inner)
    }
  }
  return undefined
}

function inner(token: CST.Token): readonly CST.Token[] {
  if (token.type === "document") return token.value === undefined ? [] : [token.value]
  if (!("items" in token)) return []
  return token.items.flatMap(({ key, value }) => [key, value].filter((each) => each != null))
}
