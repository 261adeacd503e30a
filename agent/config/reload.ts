import type { ConfigItem } from "../api/view.ts"

type Items = readonly ConfigItem[]

/** What can change under a running agent; everything else waits for its next start. */
const LIVE: ReadonlySet<string> = new Set([
  "discovery.dht",
  "discovery.dhtBootstrap",
  "discovery.dns",
  "discovery.file",
  "discovery.mdns",
  "gossip.seal",
  "join",
  "logLevel",
  "restartGrace",
])
/** The files that are read under `gossip.seal`: it says nothing about those of before once others are named. */
const KEY_FILES = ["gossipKeyFile", "joinKeyFile"]

export interface ReloadPlan {
  readonly applied: readonly { readonly key: string; readonly from: unknown; readonly to: unknown }[]
  readonly needsRestart: readonly string[]
}

/** Compares two configurations, key by key; a key that is gone counts as null. */
export function planReload(before: Items, after: Items): ReloadPlan {
  const isLive = liveBetween(before, after)
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
export function afterReload(before: Items, after: Items): Items {
  const isLive = liveBetween(before, after)
  const items = [...before.filter(({ key }) => !isLive(key)), ...after.filter(({ key }) => isLive(key))]
  return items.sort((a, b) => (a.key < b.key ? -1 : 1))
}

/** `after` with one key as it is in `before`, which has it. */
export function keeping(key: string, before: Items, after: Items): Items {
  const kept = before.find((item) => item.key === key)
  return after.map((item) => (item.key === key ? (kept ?? item) : item))
}

export function settingIn(key: string, items: Items): unknown {
  return items.find((item) => item.key === key)?.value
}

function liveBetween(before: Items, after: Items): (key: string) => boolean {
  const hasSameFiles = KEY_FILES.every((key) => settingIn(key, before) === settingIn(key, after))
  return (key) => key.startsWith("tags.") || (LIVE.has(key) && (key !== "gossip.seal" || hasSameFiles))
}
