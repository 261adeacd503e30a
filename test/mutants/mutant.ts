import { readFileSync } from "node:fs"
import { fileURLToPath } from "node:url"

/** A mistake planted in the compiled code while it is loaded, and the check that must see it. */
export interface Mutant {
  readonly name: string
  /** What tsc made of a source, from the root of the repository, without its `dist`. */
  readonly module: string
  /** Code that stands there exactly once. */
  readonly search: string
  readonly replace: string
  readonly catcher: Catcher
}

/** One test by its name, or one seed of the runs of the Raft core. */
export type Catcher =
  | { readonly kind: "test"; readonly cases: string; readonly test: string }
  | { readonly kind: "seed"; readonly seed: number }

export function test(cases: string, name: string): Catcher {
  return { kind: "test", cases, test: name }
}

export function seed(number: number): Catcher {
  return { kind: "seed", seed: number }
}

/** This file runs as test/dist/mutants/mutant.js. */
const ROOT = new URL("../../../", import.meta.url)
const PACKAGES = ["sdk", "consensus", "agent", "swim", "base", "dht"]

export function urlOf({ module }: Mutant): string {
  const folder = PACKAGES.find((each) => module.startsWith(`${each}/`))
  if (folder === undefined) throw new Error(`${module} belongs to no package`)
  return new URL(`${folder}/dist${module.slice(folder.length)}`, ROOT).href
}

export function codeOf(mutant: Mutant): string {
  return readFileSync(fileURLToPath(urlOf(mutant)), "utf8")
}

/** The code with the mistake; throws unless there is exactly one place for it. */
export function mutated(code: string, { name, search, replace }: Mutant): string {
  const [before, after, ...more] = code.split(search)
  if (before === undefined || after === undefined || more.length > 0) {
    throw new Error(`"${name}" has ${more.length === 0 ? "no place" : "several places"}: ${search}`)
  }
  return `${before}${replace}${after}`
}
