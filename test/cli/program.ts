import { spawn } from "node:child_process"
import { launcherPath } from "conclave/cli/fleet/reaper-link"

export interface Ended {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** Runs the launcher as a shell would, without the test runner's preloads; `until` closes its stdout early. */
export function conclave(
  argv: readonly string[],
  o: { readonly env?: Readonly<Record<string, string>>; readonly until?: RegExp } = {},
): Promise<Ended> {
  const env = { ...process.env, NODE_OPTIONS: "", NO_COLOR: "1", XDG_RUNTIME_DIR: "/nonexistent", ...o.env }
  const child = spawn(
    "/usr/bin/env",
    ["-u", "NODE_OPTIONS", "-u", "FORCE_COLOR", process.execPath, launcherPath(), ...argv],
    {
      env,
      stdio: ["ignore", "pipe", "pipe"],
    },
  )
  let stdout = ""
  let stderr = ""
  child.stdout.setEncoding("utf8").on("data", (chunk: string) => {
    stdout += chunk
    if (o.until?.test(stdout) === true) child.kill("SIGTERM")
  })
  child.stderr.setEncoding("utf8").on("data", (chunk: string) => {
    stderr += chunk
  })
  return new Promise((resolve) => child.once("close", (code) => resolve({ code, stdout, stderr })))
}
