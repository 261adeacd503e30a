import { spawn } from "node:child_process"
import { once } from "node:events"
import { hostname } from "node:os"
import { connect } from "@conclave/sdk"

/**
 * Limits a rollout: runs a command, on no more than so many hosts of the fleet at once.
 *
 *   node rollout.js LIMIT COMMAND [ARGUMENT…]        on every host, for example: rollout.js 2 systemctl restart web
 */
const [, , limit = "", command = "", ...words] = process.argv

// Should we be killed, our permit is nobody's before the command is gone, too, or these five minutes are over. The
// price: so long is that of a host that died kept.
const client = await connect({ name: "rollout", ttlMs: 300_000 })
const permit = await client.semaphore("rollout/web", { limit: Number(limit) }).acquire({ note: hostname() })
// A process group of its own, which acts for us. The command begins when the agent knows that; a shell waits until
// then.
const args = ["-c", 'read -r go && exec "$@" < /dev/null', "sh", command, ...words]
const child = spawn("sh", args, { detached: true, stdio: ["pipe", "inherit", "inherit"] })
const exited = once(child, "exit")
const group = child.pid
if (group === undefined) throw new Error("there is no sh")
await client.bind(group)
child.stdin.end("go\n")
const lost = () => process.kill(-group, "SIGKILL")
permit.signal.addEventListener("abort", lost)
const [code] = (await exited) as [number | null]
permit.signal.removeEventListener("abort", lost)
process.exitCode = code ?? 1
await client.close()
