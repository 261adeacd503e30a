import type { Source } from "./source-tree.ts"

/** Folders and files of these names hold what nobody found a place for. */
const BANNED = new Set(["utils", "util", "helpers", "helper", "common", "misc", "shared", "lib"])
const KEBAB = /^[a-z0-9]+(-[a-z0-9]+)*(\.(cases|test|gen|config))?\.(ts|mjs|js|d\.ts)$/

/** Paths whose name says nothing or is not written as the others are. */
export function poorNames(sources: readonly Source[]): readonly string[] {
  return sources.flatMap(({ path }) => {
    const parts = path.split("/")
    const banned = parts.map((part) => part.replace(/\..*$/, "")).filter((stem) => BANNED.has(stem))
    const file = parts.at(-1) ?? ""
    const isCode = /\.(ts|mjs|js)$/.test(file)
    return [
      ...banned.map((stem) => `${path}: "${stem}" is no name of a thing`),
      ...(isCode && !KEBAB.test(file) ? [`${path} is not in kebab-case`] : []),
    ]
  })
}
