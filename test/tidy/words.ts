import type { Source } from "./source-tree.ts"

/** The repository speaks of the product alone: not of the place where somebody wrote it. */
const BANNED: readonly RegExp[] = [
  /(?<![\w.])\/(work|root)\//,
  /\bissues show\b/,
  /\bhelper-/,
  /\/tmp\/brief\b/,
  /\bTODO\b|\bFIXME\b|\bXXX\b/,
]
/** Where these words are defined and tried. */
const EXEMPT = /^test\/tidy\/words\./

export function strayWords(sources: readonly Source[]): readonly string[] {
  return sources
    .filter(({ path }) => !EXEMPT.test(path) && path !== "package-lock.json")
    .flatMap(({ path, text }) =>
      BANNED.flatMap((word) => {
        const match = word.exec(text)
        return match === null ? [] : [`${path}: ${match[0]}`]
      }),
    )
}
