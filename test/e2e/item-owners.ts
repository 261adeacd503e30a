import type { HistoryLine } from "./history.ts"

interface Owned {
  readonly process: string
  readonly key: string
  readonly token: bigint
  readonly from: bigint
  /** undefined = to the end of the history. */
  to: bigint | undefined
}

/** Items of work that two processes had at once, or whose tokens do not grow, as the applications' own words say. */
export function wrongOwners(lines: readonly HistoryLine[]): readonly string[] {
  return [...ownedIn(lines)].flatMap(([item, owned]) =>
    owned.flatMap((one, index) =>
      owned
        .slice(index + 1)
        .flatMap((next) => [
          ...(one.to === undefined || one.to > next.from
            ? [`${item}: ${one.process} and ${next.process} at once`]
            : []),
          ...(one.token >= next.token ? [`${item}: token ${next.token} after ${one.token}`] : []),
        ]),
    ),
  )
}

/** By its key and name, in the order in which they came to have it. */
function ownedIn(lines: readonly HistoryLine[]): ReadonlyMap<string, readonly Owned[]> {
  const byItem = new Map<string, Owned[]>()
  const all: Owned[] = []
  const killed = new Map<string, bigint>()
  for (const line of lines) {
    const { k, f, t, p, key, type, token, item, spec } = line
    const at = BigInt(String(t ?? 0))
    const process = String(p).split(".").slice(0, 2).join(".")
    if (k === "hold" && type === "assigned") {
      const owned = { process, key: String(key), token: BigInt(String(token)), from: at, to: undefined }
      const name = `${key}/${item}`
      byItem.set(name, [...(byItem.get(name) ?? []), owned])
      all.push(owned)
    }
    const isEnd = k === "hold" && item !== undefined && (type === "released" || type === "lost")
    if (isEnd) for (const each of all) if (each.process === process && String(each.token) === token) each.to ??= at
    if (k !== "fault" || f !== "kill-client") continue
    const { procs } = spec as { readonly procs: readonly string[] }
    for (const each of procs) killed.set(each, at)
  }
  // What a process said last may come to the file after the word that it was killed.
  for (const each of all) each.to ??= killed.get(each.process)
  for (const owned of byItem.values()) owned.sort((one, other) => (one.from < other.from ? -1 : 1))
  return byItem
}
