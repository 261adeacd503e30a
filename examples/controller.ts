import { setTimeout as sleep } from "node:timers/promises"
import { ConclaveError, connect, type Leadership } from "@conclave/sdk"

/**
 * A controller of which one in the fleet is at work. Start it on several hosts: the leader looks at what is asked for
 * under `apps/` and says under `placements/` which hosts shall run it, of those that are alive. When it dies another
 * goes on.
 *
 *   node controller.js
 *   conclave kv put apps/web '{"replicas":2}'
 *   conclave kv get placements/web
 */
type App = { readonly replicas: number }

/** `token`: the leadership under which it was written. */
type Placement = { readonly hosts: readonly string[]; readonly token: string }

const EVERY_MS = 200

const client = await connect({ name: "controller" })
const election = client.election<{ pid: number }>("controller")
// It stands again after each loss, and ends with whatever this function throws.
await election.lead(control, { value: { pid: process.pid } })

async function control(leadership: Leadership): Promise<void> {
  console.log(`leads under token ${leadership.token}`)
  while (leadership.held) {
    try {
      await reconcile(leadership)
    } catch (error) {
      if (!ConclaveError.is(error)) throw error
      console.error(`${error.code}: ${error.message}`)
    }
    await sleep(EVERY_MS)
  }
  console.log("leads no more")
}

async function reconcile(leadership: Leadership): Promise<void> {
  const alive = (await client.members()).filter(({ status }) => status === "alive").map(({ name }) => name)
  const { items } = await client.kv.list<App>("apps/")
  for (const { key, value } of items)
    await place(key.replace("apps/", "placements/"), alive.slice(0, value.replicas), leadership)
}

async function place(key: string, hosts: readonly string[], leadership: Leadership): Promise<void> {
  const placed = await client.kv.get<Placement>(key)
  if (placed?.value.hosts.join() === hosts.join()) return
  // Applied only while this leadership holds, in the same step: an old leader that wakes up late changes nothing.
  const value = { hosts, token: String(leadership.token) }
  await client.kv.put(key, value, { ifRev: placed?.modRev ?? 0n, guard: leadership })
  console.log(`${key} on ${hosts.join(", ")}`)
}
