// Set-up of the workspace in plain JavaScript, so that it runs before anything is built.
import { spawnSync } from "node:child_process"

function run(script, args, cwd = ".") {
  const done = spawnSync(process.execPath, [script, ...args], { stdio: ["inherit", 2, "inherit"], cwd })
  if (done.status !== 0) process.exit(done.status ?? 1)
}

run("node_modules/typescript/bin/tsc", ["-b", "base", "swim", "sdk", "agent"])
run("../node_modules/rolldown/bin/cli.mjs", ["-c", "rolldown.config.mjs"], "agent")
