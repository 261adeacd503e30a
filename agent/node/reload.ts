import type { ConfigItem } from "../api/view.ts"
import type { LoadedConfig } from "../config/load.ts"
import { formatProblems } from "../config/problem.ts"
import { afterReload, keeping, planReload, settingIn } from "../config/reload.ts"
import type { Host } from "../host.ts"
import type { SealMode } from "../seal-mode.ts"
import type { Daemon } from "./daemon.ts"
import { tooEarly } from "./encryption.ts"
import type { OpenLog } from "./log.ts"
import { clearMembers, tellSeals } from "./seals.ts"

type Loaded = Extract<LoadedConfig, { ok: true }>

export interface ReloadOptions {
  readonly load: () => LoadedConfig
  /** What the agent started with. */
  readonly first: Loaded
  readonly daemon: Pick<Daemon, "seals" | "discover"> & {
    readonly host: Pick<Host, "config" | "setItems" | "memberById" | "setTags" | "setRestartGrace" | "setJoin">
  }
  readonly log: OpenLog
}

/**
 * What reads the configuration again and puts in force what can change under a running agent. One at a time; what is
 * asked for meanwhile is done once more after it, so that the last wish holds.
 */
export function reloader(options: ReloadOptions): () => void {
  let inForce = options.first.items
  let isRunning = false
  let isWanted = false
  const run = async (): Promise<void> => {
    isRunning = true
    while (isWanted) {
      isWanted = false
      inForce = await reload(inForce, options)
    }
    isRunning = false
  }
  return () => {
    isWanted = true
    if (!isRunning) void run()
  }
}

/** Resolves to what is in force then. */
async function reload(
  inForce: readonly ConfigItem[],
  { load, daemon, log }: ReloadOptions,
): Promise<readonly ConfigItem[]> {
  const after = load()
  if (!after.ok) {
    const problems = after.kind === "problems" ? formatProblems(after.problems) : "the flags cannot be read"
    log.write("error", "config.invalid", `nothing was reloaded: ${problems}`)
    return inForce
  }
  const next = afterReload(inForce, after.items)
  const isSealed = await reloadSeals(settingIn("gossip.seal", next) as SealMode, daemon, log)
  const items = isSealed ? after.items : keeping("gossip.seal", inForce, after.items)
  const plan = planReload(inForce, items)
  const applied = plan.applied.map(({ key }) => key)
  daemon.host.setItems(afterReload(daemon.host.config(), items))
  apply(applied, after, daemon, log)
  log.write("info", "config.reloaded", "the configuration was read again", { ...plan })
  return afterReload(inForce, items)
}

/** Keys and secrets are read again whatever the configuration says: it only names their files. */
async function reloadSeals(mode: SealMode, { host, seals }: ReloadOptions["daemon"], log: OpenLog): Promise<boolean> {
  try {
    const names = clearMembers(seals, (id) => host.memberById(id)?.record.name)
    const why = tooEarly(seals.mode(), mode, names)
    if (why !== undefined) throw new Error(why)
    await seals.reload(mode)
    tellSeals(seals, log)
    return true
  } catch (cause) {
    // Whatever it is, the agent has keys with which it ran so far.
    const message = `keys, secrets and gossip.seal stay as they were: ${(cause as Error).message}`
    log.write("error", "config.invalid", message)
    return false
  }
}

function apply(
  keys: readonly string[],
  { config }: Loaded,
  { host, discover }: ReloadOptions["daemon"],
  log: OpenLog,
): void {
  if (keys.includes("logLevel")) log.setLevel(config.logLevel)
  if (keys.some((key) => key.startsWith("tags."))) host.setTags(config.tags)
  if (keys.includes("restartGrace")) host.setRestartGrace(config.restartGraceMs)
  if (keys.includes("join")) host.setJoin(config.join)
  if (keys.some((key) => key.startsWith("discovery."))) discover(config.discovery)
}
