import { spawn } from "node:child_process"

/** systemd-notify takes 10 ms; without an answer by then nobody waits for it. */
const LIMIT_MS = 5000

/**
 * Tells systemd about this service (sd_notify(3)): `READY=1`, `STOPPING=1`, `STATUS=…`. The notify socket takes Unix
 * datagrams, which Node cannot send, so systemd's own program does; the unit needs NotifyAccess=all. Resolves to what
 * went wrong, or undefined; at once where no service manager waits.
 */
export function notifySystemd(
  assignments: readonly string[],
  env: NodeJS.ProcessEnv = process.env,
): Promise<string | undefined> {
  if ((env["NOTIFY_SOCKET"] ?? "") === "") return Promise.resolve(undefined)
  return new Promise((resolve) => {
    const child = spawn("systemd-notify", [...assignments], { env, stdio: "ignore" })
    const timer = setTimeout(() => child.kill("SIGKILL"), LIMIT_MS)
    const end = (problem: string | undefined): void => {
      clearTimeout(timer)
      resolve(problem)
    }
    child.on("error", (error) => end(`systemd-notify cannot be run: ${error.message}`))
    child.on("exit", (code, signal) => {
      end(code === 0 ? undefined : `systemd-notify ended with ${signal ?? `exit code ${code}`}`)
    })
  })
}
