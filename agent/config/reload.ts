import type { ConfigItem } from "../api/view.ts"

/** What can change under a running agent; everything else waits for its next start. */
const LIVE: ReadonlySet<string> = new Set([
  "discovery.dns",
  "discovery.mdns",
  "gossip.seal",
  "join",
  "logLevel",
  "restartGrace",
])

export interface ReloadPlan {
  readonly applied: readonly { readonly key: string; readonly from: unknown; readonly to: unknown }[]
  readonly needsRestart: readonly string[]
}

/** Compares two configurations, key by key; a key that is gone counts as null. */
export function planReload(before: readonly ConfigItem[], after: readonly ConfigItem[]): ReloadPlan {
  const old = new Map(before.map(({ key, value }) => [key, value]))
  const fresh = new Map(after.map(({ key, value }) => [key, value]))
  const applied: { key: string; from: unknown; to: unknown }[] = []
  const needsRestart: string[] = []
  for (const key of [...new Set([...old.keys(), ...fresh.keys()])].sort()) {
    const from = old.get(key) ?? null
    const to = fresh.get(key) ?? null
    if (JSON.stringify(from) === JSON.stringify(to)) continue
    if (isLive(key)) applied.push({ key, from, to })
    else needsRestart.push(key)
  }
  return { applied, needsRestart }
}

/** What is in force after a reload: all that waits for a restart stays as it was. */
export function afterReload(before: readonly ConfigItem[], after: readonly ConfigItem[]): readonly ConfigItem[] {
  const items = [...before.filter(({ key }) => !isLive(key)), ...after.filter(({ key }) => isLive(key))]
  return items.sort((a, b) => (a.key < b.key ? -1 : 1))
}

function isLive(key: string): boolean {
  return LIVE.has(key) || key.startsWith("tags.")
}
