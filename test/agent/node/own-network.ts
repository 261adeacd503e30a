import { spawn, spawnSync } from "node:child_process"
import { once } from "node:events"

/** A network that nobody else is in, with a loopback interface that multicast stays on. */
const NETWORK = `ip link set lo up; ip route add 224.0.0.0/4 dev lo`

/** False: this machine has none, which is said loudly. */
export function canHaveNetworks(what: string): boolean {
  if (spawnSync("unshare", ["-Urn", "sh", "-ec", NETWORK]).status === 0) return true
  console.error(`SKIPPED: ${what} needs a network namespace; on Debian: apt-get install iproute2 util-linux`)
  return false
}

/** Runs a script in a network of its own; the lines that it prints. */
export async function inNetwork(script: string, ...args: readonly string[]): Promise<readonly string[]> {
  const node = [process.execPath, "--input-type=module", "-e", script, ...args]
  const child = spawn("unshare", ["-Urn", "sh", "-ec", `${NETWORK}; exec "$@"`, "sh", ...node], {
    env: { PATH: process.env["PATH"] },
    stdio: ["ignore", "pipe", "inherit"],
  })
  let text = ""
  child.stdout.on("data", (chunk) => {
    text += String(chunk)
  })
  await once(child, "close")
  return text.trim().split("\n")
}
