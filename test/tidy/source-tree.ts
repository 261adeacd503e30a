import { readdirSync, readFileSync, statSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"

/** The repository: this file runs as test/dist/tidy/source-tree.js. */
export const ROOT: string = fileURLToPath(new URL("../../..", import.meta.url))

/** A text file of the repository; `path` from its root, with slashes. */
export interface Source {
  readonly path: string
  readonly text: string
}

/** Written by tools, each compared with its source in the gate. */
export const GENERATED: readonly string[] = [
  "agent/wire/calls.d.ts",
  "agent/wire/calls.js",
  "consensus/wire/machine.d.ts",
  "consensus/wire/machine.js",
  "consensus/wire/raft.d.ts",
  "consensus/wire/raft.js",
  "docs/openapi.json",
  "package-lock.json",
  "sdk/wire.gen.ts",
  "swim/wire/gossip.d.ts",
  "swim/wire/gossip.js",
]

const LEFT_OUT = new Set([".git", ".tap", "dist", "node_modules"])
const TEXT = /\.(ts|js|mjs|json|md|ya?ml|proto|service|sh|html|css|txt)$|^(LICENSE|run|\.taprc|\.npmrc|\.gitignore)$/
const BYTES_MAX = 1_000_000

let own: readonly Source[] | undefined

/** Every file of this repository that somebody wrote, and the generated ones. Read once. */
export function ownTree(): readonly Source[] {
  own ??= pathsUnder(ROOT, "").map((path) => ({ path, text: readFileSync(join(ROOT, path), "utf8") }))
  return own
}

/** The code that people wrote. */
export function codeOf(sources: readonly Source[]): readonly Source[] {
  return sources.filter(({ path }) => /\.(ts|mjs|js)$/.test(path) && !GENERATED.includes(path))
}

function pathsUnder(root: string, folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = folder === "" ? entry.name : `${folder}/${entry.name}`
    if (entry.isDirectory()) {
      const isLeftOut = LEFT_OUT.has(entry.name) || /^(agent|test\/kit)\/bundle/.test(path)
      return isLeftOut ? [] : pathsUnder(root, path)
    }
    return TEXT.test(entry.name) && statSync(join(root, path)).size <= BYTES_MAX ? [path] : []
  })
}
