import type { Entry, Place } from "./problem.ts"

/** The strongest value of each key. */
export type Merged = ReadonlyMap<string, Entry>

/** Entries from the weakest source to the strongest; a map is merged entry by entry, a list is replaced as a whole. */
export function merge(entries: readonly Entry[]): Merged {
  const merged = new Map<string, Entry>()
  for (const entry of entries) {
    if (entry.key !== "tags") merged.set(entry.key, entry)
    else
      for (const [tag, value] of Object.entries(entry.value as Record<string, string>)) {
        merged.set(`tags.${tag}`, { ...entry, key: `tags.${tag}`, value })
      }
  }
  return merged
}

/** The tags among merged entries. */
export function mergedTags(merged: Merged): Readonly<Record<string, string>> {
  const tags: [string, string][] = []
  for (const [key, { value }] of merged) {
    if (key.startsWith("tags.")) tags.push([key.slice("tags.".length), String(value)])
  }
  return Object.fromEntries(tags)
}

/** Where a key was written; a default has no place. */
export function placeOf(merged: Merged, key: string): Place {
  return merged.get(key)?.place ?? { file: "defaults" }
}
