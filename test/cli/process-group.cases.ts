import { spawn } from "node:child_process"
import { createRequire } from "node:module"
import { pathToFileURL } from "node:url"
import { isGroupGone, signalGroup } from "conclave/cli/hold/process-group"
import { type Test, test } from "tap"
import { until } from "../agent/node/until.ts"
import { Program } from "../program.ts"

const SHELL = ["sh", "-c", "echo ready; while :; do sleep 0.05; done"] as const

/** A process group of its own; its number is that of its first process. */
function group(t: Test, ...command: readonly string[]): Promise<number> {
  const [file = "", ...argv] = command
  const child = spawn(file, argv, { detached: true, stdio: ["ignore", "pipe", "ignore"] })
  const { pid = 0 } = child
  t.teardown(() => signalGroup(pid, "SIGKILL"))
  return new Promise((resolve) => child.stdout.once("data", () => resolve(pid)))
}

test("a group is gone when the last of it is, and not with its first", async (t) => {
  const alone = await group(t, ...SHELL)
  t.notOk(isGroupGone(alone))
  signalGroup(alone, "SIGKILL")
  await until("it is gone", () => isGroupGone(alone))
  const left = await group(t, "sh", "-c", "sleep 1000 & echo ready")
  t.notOk(isGroupGone(left), "what it left behind is of the group")
  signalGroup(left, "SIGKILL")
  await until("it is gone", () => isGroupGone(left))
  signalGroup(left, "SIGTERM")
})

test("where the table of processes cannot be read a group that is there is not gone", async (t) => {
  const held = await group(t, ...SHELL)
  const module = pathToFileURL(createRequire(import.meta.url).resolve("conclave/cli/hold/process-group"))
  const script = `
    import { openSync } from "node:fs"
    import { isGroupGone } from "${module}"
    try { for (;;) openSync("/dev/null") } catch {}
    process.stdout.write(String(isGroupGone(${held})) + "\\n", () => process.exit())`
  const full = new Program(t, [
    "sh",
    "-c",
    'ulimit -n 64; exec "$@"',
    "sh",
    process.execPath,
    "--input-type=module",
    "-e",
    script,
  ])
  const { stdout, stderr } = await full.ended
  t.equal(stdout, "false\n", stderr)
})
