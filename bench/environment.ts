import { spawnSync } from "node:child_process"
import { availableParallelism, release, totalmem } from "node:os"
import { fileURLToPath } from "node:url"

/** The machine and program a record was made with. */
export interface Environment {
  readonly node: string
  readonly cpus: number
  readonly memBytes: number
  readonly kernel: string
  /** Commit of the checkout, with `+` after it when files differ; "unknown" outside a checkout. */
  readonly commit: string
  /** When the record was made, RFC 3339 UTC. */
  readonly time: string
}

/** What the environment sets of the agents under measurement, as `NAME=value`; sorted. */
export function agentSettings(env: NodeJS.ProcessEnv): string[] {
  const set = Object.entries(env).filter(([name, value]) => name.startsWith("CONCLAVE_") && value !== "")
  return set.map(([name, value]) => `${name}=${value}`).sort()
}

let commitRead: string | undefined

export function environment(): Environment {
  commitRead ??= readCommit()
  return {
    node: process.version,
    cpus: availableParallelism(),
    memBytes: totalmem(),
    kernel: release(),
    commit: commitRead,
    time: new Date().toISOString(),
  }
}

function readCommit(): string {
  const cwd = fileURLToPath(new URL("..", import.meta.url))
  const git = (args: readonly string[]): string | undefined => {
    const done = spawnSync("git", args, { cwd, encoding: "utf8", timeout: 5_000 })
    return done.status === 0 ? done.stdout.trim() : undefined
  }
  const head = git(["rev-parse", "--short=12", "HEAD"])
  if (head === undefined) return "unknown"
  return git(["status", "--porcelain", "--untracked-files=no"]) === "" ? head : `${head}+`
}
