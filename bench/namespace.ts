import { spawn, spawnSync } from "node:child_process"

/** Set in the process that runs inside; agents inherit it and do not care. */
const INSIDE = "BENCH_INSIDE_NAMESPACE"

export function insideNamespace(): boolean {
  return process.env[INSIDE] === "1"
}

const FLAGS = ["--map-root-user", "--net", "--pid", "--fork", "--kill-child", "--mount-proc"]
/** `"$@"` is the command: nothing is quoted by hand. */
const LOOPBACK_UP = 'ip link set lo up && exec "$@"'

/**
 * Runs this program again where it has a loopback device and process ids of its own: traffic of others is
 * not counted, addresses cannot collide, UDP loss hits nobody else, and the kernel ends every
 * process of the bench with it. Resolves to the exit code; undefined when the machine does not let us.
 */
export async function runInNamespace(script: string, argv: readonly string[]): Promise<number | undefined> {
  const inside = (command: readonly string[]): string[] => [...FLAGS, "sh", "-c", LOOPBACK_UP, "sh", ...command]
  const tried = spawnSync("unshare", inside(["true"]), { stdio: "ignore", timeout: 10_000 })
  if (tried.status !== 0) return undefined
  // stdin is the life line: when this process is killed, the inner one reads its end and stops.
  const child = spawn("unshare", inside([process.execPath, script, ...argv]), {
    stdio: ["pipe", "inherit", "inherit"],
    env: { ...process.env, [INSIDE]: "1" },
  })
  // Ctrl-C reaches the whole group by itself; the life line passes on everything else.
  process.on("SIGINT", () => undefined)
  for (const signal of ["SIGTERM", "SIGHUP"] as const) process.on(signal, () => child.stdin.destroy())
  return new Promise((resolve) => {
    child.once("error", () => resolve(undefined))
    child.once("exit", (code) => resolve(code ?? 130))
  })
}

/** Ends the inner process when the outer one is gone. */
export function endWithParent(): void {
  process.stdin.on("end", () => process.exit(130)).on("error", () => process.exit(130))
  process.stdin.resume()
  process.stdin.unref?.()
}
