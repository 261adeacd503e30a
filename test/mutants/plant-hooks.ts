import type { InitializeHook, LoadHook } from "node:module"
import { type Mutant, mutated, urlOf } from "./mutant.ts"

/** Node runs these on a thread of their own, for every module that is loaded. */

let mutant: Mutant | undefined

export const initialize: InitializeHook<Mutant> = (data) => {
  mutant = data
}

export const load: LoadHook = async (url, context, nextLoad) => {
  const loaded = await nextLoad(url, context)
  if (mutant === undefined || url !== urlOf(mutant)) return loaded
  return { ...loaded, source: mutated(textOf(loaded.source), mutant) }
}

function textOf(source: Awaited<ReturnType<LoadHook>>["source"]): string {
  if (typeof source === "string") return source
  if (source === undefined) throw new Error("a module of this repository has a source")
  return new TextDecoder().decode(source)
}
