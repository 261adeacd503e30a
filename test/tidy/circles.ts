import { importsOf, resolved } from "./imports.ts"
import type { Source } from "./source-tree.ts"

/** The parts of a model of the whole, and the model, may know each other. */
const MODELS = /^test\//

/** Files that import each other in a loop, types included: neither can be understood, or moved, without the other. */
export function circles(all: readonly Source[]): readonly string[] {
  const sources = all.filter(({ path }) => !MODELS.test(path))
  const known = new Set(sources.map(({ path }) => path))
  const walk = new Walk(
    new Map(
      sources.map((source) => [
        source.path,
        importsOf(source).flatMap(({ specifier }) => {
          const path = resolved(source.path, specifier)
          return known.has(path) ? [path] : []
        }),
      ]),
    ),
  )
  for (const path of known) walk.visit(path)
  return walk.found.map((each) => each.join(" ↔ ")).sort()
}

/** Tarjan's strongly connected components: R. Tarjan, Depth-first search and linear graph algorithms, 1972. */
class Walk {
  readonly found: string[][] = []
  readonly #edges: ReadonlyMap<string, readonly string[]>
  readonly #order = new Map<string, number>()
  readonly #open: string[] = []

  constructor(edges: ReadonlyMap<string, readonly string[]>) {
    this.#edges = edges
  }

  /** The earliest file of those still open that can be reached from this one. */
  visit(path: string): number {
    const known = this.#order.get(path)
    if (known !== undefined) return this.#open.includes(path) ? known : Number.POSITIVE_INFINITY
    const at = this.#order.size
    this.#order.set(path, at)
    this.#open.push(path)
    const low = Math.min(at, ...(this.#edges.get(path) ?? []).map((each) => this.visit(each)))
    if (low === at) this.#close(path)
    return low
  }

  #close(path: string): void {
    const members = this.#open.splice(this.#open.indexOf(path))
    if (members.length > 1) this.found.push(members.sort())
  }
}
