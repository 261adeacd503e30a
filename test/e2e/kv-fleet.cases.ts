import { mkdtempSync, rmSync } from "node:fs"
import { request } from "node:http"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { type Client, ConclaveError, connect, type Entry } from "@conclave/sdk"
import { type Test, test } from "tap"
import { untilVoters } from "./recovering.ts"
import { type StartedAgent, startAgent } from "./started-agent.ts"

const TTL_MS = 20_000

interface Place {
  readonly agent: StartedAgent
  readonly client: Client
}

async function fleetFor(t: Test): Promise<{ readonly folder: string; readonly places: readonly Place[] }> {
  const folder = mkdtempSync(join(tmpdir(), "conclave-test-"))
  t.teardown(() => rmSync(folder, { recursive: true, force: true }))
  const n1 = await startAgent(t, { folder, name: "n1" }, "--bootstrap")
  const others = await Promise.all(["n2", "n3"].map((name) => startAgent(t, { folder, name }, "--join", n1.addr)))
  const agents = [n1, ...others]
  await untilVoters(t, n1, 3)
  const places = await Promise.all(
    agents.map(async (agent) => ({ agent, client: await connect({ socket: agent.socket, ttlMs: TTL_MS }) })),
  )
  for (const { client } of places) t.teardown(() => client.close())
  return { folder, places }
}

/** Whatever a watch has said, from its beginning: the newest view, and each change once. */
class Watched {
  readonly values: unknown[] = []
  items: readonly Entry[] = []
  resets = 0
  error: unknown
  #wake: () => void = () => {}

  constructor(client: Client, prefix: string, signal: AbortSignal) {
    void this.#follow(client, prefix, signal)
  }

  async until(isSeen: () => boolean): Promise<void> {
    while (!isSeen() && this.error === undefined)
      await new Promise<void>((resolve) => {
        this.#wake = resolve
      })
  }

  async #follow(client: Client, prefix: string, signal: AbortSignal): Promise<void> {
    try {
      for await (const { items, changes, reset } of client.kv.watch(prefix, { signal })) {
        this.items = items
        if (reset) this.resets++
        for (const { type, item } of changes) if (type === "put") this.values.push(item.value)
        this.#wake()
      }
    } catch (error) {
      this.error = error
      this.#wake()
    }
  }
}

/** What a watch says first. */
function firstLine(socketPath: string, path: string): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const asked = request({ socketPath, path, agent: false }, (reply) => {
      let text = ""
      reply.setEncoding("utf8").on("data", (chunk: string) => {
        text += chunk
        if (!text.includes("\n")) return
        asked.destroy()
        resolve(JSON.parse(text.slice(0, text.indexOf("\n"))))
      })
    })
    asked.on("error", reject).end()
  })
}

/** One more, on whatever is there; how often somebody else was faster. */
async function increment({ kv }: Client, key: string): Promise<void> {
  for (;;) {
    const entry = await kv.get<number>(key)
    try {
      await kv.put(key, (entry?.value ?? 0) + 1, { ifRev: entry?.modRev ?? 0n })
      return
    } catch (error) {
      if (!ConclaveError.is(error, "CONFLICT")) throw error
    }
  }
}

/** Puts until it is certain: a write whose end is not known is of a value that nobody else writes. */
async function insist({ kv }: Client, key: string, value: number): Promise<void> {
  for (;;) {
    try {
      await kv.put(key, value)
      return
    } catch (error) {
      if (!ConclaveError.is(error) || !error.retryable) throw error
    }
  }
}

/** Who comes back behind a past, a future, or what nobody has watched in this life of an agent. */
async function comesBack(
  t: Test,
  at: {
    readonly past: bigint
    readonly known: StartedAgent
    readonly anew: StartedAgent
    readonly token: bigint
  },
): Promise<void> {
  const told = (agent: StartedAgent, from: bigint, what = "kv?prefix=log%2F&"): Promise<unknown> =>
    firstLine(agent.socket, `/v1/watch/${what}from=${from}`)
  const anew = { type: "view", reset: true, items: [{ key: "log/x", value: 20 }] }
  t.match(await told(at.anew, 2n ** 62n), anew, "a future of another state")
  const held = { type: "view", reset: true, items: [{ name: "site", holders: [{ token: `${at.token}` }] }] }
  t.match(await told(at.anew, at.past, "lock?"), held, "what nobody has watched in this life of the agent")
  const change = { type: "change", changes: [{ type: "put", item: { value: 1 } }] }
  t.match(await told(at.known, at.past), change, "where it is known: no view")
}

test("small state over three agents: read where it was not written, raced for, guarded, watched, and not lost", {
  timeout: 300_000,
}, async (t) => {
  const { folder, places } = await fleetFor(t)
  const [one, two, three] = places as readonly [Place, Place, Place] & readonly Place[]
  const stop = new AbortController()
  t.teardown(() => stop.abort())

  // Whoever asks after a write was answered sees it, wherever they ask.
  for (let n = 0; n < 9; n++) {
    const [writer, reader] = [places[n % 3] as Place, places[(n + 1) % 3] as Place]
    await writer.client.kv.put("seen", n)
    t.equal((await reader.client.kv.get("seen"))?.value, n)
  }

  await Promise.all(places.flatMap(({ client }) => [1, 2, 3, 4].map(() => increment(client, "count"))))
  t.equal((await two.client.kv.get("count"))?.value, 12, "of those who race each counts once")

  const largest = "x".repeat(64 * 1024 - 2)
  const large = new Watched(three.client, "large/", stop.signal)
  await one.client.kv.put("large/a", largest)
  await large.until(() => large.items.length === 1)
  t.equal(large.items[0]?.value, largest)
  await t.rejects(one.client.kv.put("large/a", `${largest}x`), { code: "INVALID_ARGUMENT" })

  const lock = await one.client.lock("site")
  const next = three.client.lock("site")
  await one.client.kv.put("site", 1, { guard: lock })
  // A copy that somebody made of the grant, and uses when it has moved.
  const { kind, name, token } = lock
  await lock.release()
  const moved = await next
  await t.rejects(two.client.kv.put("site", 2, { guard: { kind, name, token } }), { code: "GRANT_LOST" })
  await three.client.kv.put("site", 3, { guard: moved })
  t.equal((await two.client.kv.get("site"))?.value, 3)

  const watches = places.map(({ client }) => new Watched(client, "log/", stop.signal))
  const [ofOne, ofTwo, ofThree] = watches as [Watched, Watched, Watched]
  await insist(one.client, "log/x", 0)
  for (const each of watches) await each.until(() => each.items.length === 1)
  const past = (await one.client.kv.get("log/x"))?.modRev ?? 0n

  // The agent of a watcher dies and begins anew, while others write.
  two.agent.program.signal("SIGKILL")
  await two.agent.program.ended
  for (let n = 1; n <= 20; n++) await insist(three.client, "log/x", n)
  const again = await startAgent(t, { folder, name: "n2" }, "--join", one.agent.addr)
  await ofTwo.until(() => ofTwo.items[0]?.value === 20)
  // Its log may have ended where the watcher had been told: then all that followed is told, else a new view.
  const isGapless = Array.from({ length: 20 }, (_, n) => n + 1).every((n) => ofTwo.values.includes(n))
  t.ok(isGapless || ofTwo.resets > 0)
  await comesBack(t, { past, known: three.agent, anew: again, token: moved.token })

  // The leader dies in the middle: what was answered is there, in its order, and nothing twice.
  await untilVoters(t, again, 3)
  const { leader } = await three.client.request("raft.status", {})
  const leading = places.find(({ agent }) => agent.name === leader) ?? one
  const alive = places.filter((each) => each !== leading)
  const [writer, watcher] = alive as [Place, Place] & readonly Place[]
  const followed = watches[places.indexOf(watcher)] as Watched
  const before = followed.values.length
  for (let n = 21; n <= 60; n++) {
    if (n === 30) leading.agent.program.signal("SIGKILL")
    await insist(writer.client, "log/x", n)
  }
  await followed.until(() => followed.items[0]?.value === 60)
  const told = followed.values.slice(before) as readonly number[]
  const isInOrder = told.every((value, at) => at === 0 || value > (told[at - 1] ?? 0))
  t.ok(isInOrder, `each once, in order: ${told.join(" ")}`)
  t.equal((await watcher.client.kv.get("log/x"))?.value, 60)
  for (const each of [ofOne, ofTwo, ofThree]) t.equal(each.error, undefined)
})
