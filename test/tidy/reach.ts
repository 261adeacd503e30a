import ts from "typescript"
import { importsOf, parsed, resolved } from "./imports.ts"
import type { Source } from "./source-tree.ts"

/** Where a program or a library begins, and the types of others' code; what nobody reaches from here is dead. */
const ENTRIES =
  /^(setup\.mjs|agent\/bin\/.*|(agent|test\/kit)\/rolldown\.config\.mjs|agent\/compile\.mjs|(base|swim|consensus|sdk|test\/sim|test\/kit)\/index\.ts|dht\/(main|nodes)\.ts|(swim|consensus)\/wire\.ts|.*\.d\.ts)$/
const TEST_ENTRIES = /^(test\/.*\.test\.ts|examples\/.*)$/
const PRODUCT = /^(base|swim|consensus|sdk|agent|dht)\//

/** Files that no entry reaches, and product files that only tests reach. */
export function deadFiles(sources: readonly Source[]): readonly string[] {
  const edges = new Map(sources.map((source) => [source.path, targetsOf(source)]))
  const byProduct = reached(edges, (path) => ENTRIES.test(path))
  const byAnybody = reached(edges, (path) => ENTRIES.test(path) || TEST_ENTRIES.test(path))
  return sources.flatMap(({ path }) => {
    if (!byAnybody.has(path)) return [`${path} is reached by nothing`]
    return PRODUCT.test(path) && !byProduct.has(path) ? [`${path} is reached by tests alone`] : []
  })
}

function reached(
  edges: ReadonlyMap<string, readonly string[]>,
  isEntry: (path: string) => boolean,
): ReadonlySet<string> {
  const found = new Set<string>()
  const open = [...edges.keys()].filter(isEntry)
  for (let path = open.pop(); path !== undefined; path = open.pop()) {
    if (found.has(path)) continue
    found.add(path)
    open.push(...(edges.get(path) ?? []))
  }
  return found
}

/** Imports, and paths to programs in strings: processes are started by the name of what tsc makes of a file. */
function targetsOf(source: Source): readonly string[] {
  const found = importsOf(source).map(({ specifier }) => resolved(source.path, specifier))
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteralLike(node) && /^[\w@./-]+\.(js|mjs)$/.test(node.text)) {
      const relative = new URL(node.text, new URL(source.path, "file:///")).pathname.slice(1)
      for (const path of [relative, node.text]) found.push(path, path.replace("dist/", "").replace(/\.js$/, ".ts"))
    }
    ts.forEachChild(node, visit)
  }
  visit(parsed(source))
  return found
}
