import { ok } from "node:assert/strict"
import { setImmediate as turn } from "node:timers/promises"
import { Random } from "@conclave/base"
import type { Client } from "@conclave/sdk"
import { connectOver } from "@conclave/sdk/connect"
import { ConclaveError } from "@conclave/sdk/errors"
import { test } from "tap"
import { fuzzInputs } from "../fuzz.ts"
import { OddAgent } from "./odd-agent.ts"

type Call = (client: Client, signal: AbortSignal) => Promise<unknown>

const WAIT = { waitMs: 3000 }
const CALLS: Readonly<Record<string, Call>> = {
  status: (client) => client.status(),
  ready: (client) => client.ready(WAIT),
  members: (client) => client.members(),
  list: (client) => client.request("hold.list", { kind: "lock" }),
  get: (client) => client.kv.get("k"),
  put: (client) => client.kv.put("k", { a: 1 }, { ifRev: 3n }),
  delete: (client) => client.kv.delete("k"),
  entries: (client) => client.kv.list("k"),
  lock: async (client) => (await client.lock("l", WAIT)).release(),
  tryLock: async (client) => (await client.tryLock("l"))?.release(),
  withLock: (client) => client.withLock("m", async (lock) => lock.token, WAIT),
  permit: async (client) => (await client.semaphore("s", { limit: 2 }).acquire(WAIT)).release(),
  resize: (client) => client.semaphore("s", { limit: 2 }).resize(3),
  campaign: async (client) => (await client.election("e").campaign(WAIT)).release(),
  leader: (client) => client.election("e").leader(),
  join: async (client) => (await client.group("g").join({ id: "w", value: 1, ...WAIT })).release(),
  group: (client) => client.group("g").list(),
  barrier: (client) => client.barrier("b", { parties: 2, ...WAIT }),
  configure: (client) => client.work("p").configure({ maxAttempts: 3 }),
  task: (client) => client.work("p").put("x", { payload: [1] }),
  items: (client) => client.work("p").items(),
  explain: (client) => client.work("p").explain("x"),
  run: (client, signal) => client.work("p").run(async () => {}, { signal, id: "w" }),
  watchMembers: (client, signal) => last(client.watchMembers({ signal })),
  watchKeys: (client, signal) => last(client.kv.watch("k", { signal })),
  watchLeader: (client, signal) => last(client.election("e").observe({ signal })),
  watchItems: (client, signal) => last(client.work("p").watch({ signal })),
  events: (client, signal) => last(client.events({ signal })),
}

async function last(lines: AsyncIterable<unknown>): Promise<void> {
  for await (const _ of lines);
}

const ROUNDS = 40

test("whatever an agent says, a call settles, with an error of the library's own, and nothing is thrown besides", async (t) => {
  const random = new Random(1101)
  let [said, settled] = [0, 0]
  const ends = new Set<string>()
  for (const inputs = fuzzInputs(3000); said < inputs; ) {
    const agent = new OddAgent(random, random.pick([1, 2, 6]))
    const stop = new AbortController()
    const connecting = connectOver({ ports: agent.ports, path: "odd", trace: undefined }, { name: "t", ...WAIT })
    const open = new Map<string, Promise<void>>()
    const watch = (name: string, call: Promise<unknown>): void => {
      const over = call.then(
        () => "no error",
        (error: unknown) => {
          const isOwn = ConclaveError.is(error) || error === stop.signal.reason
          ok(isOwn, `${name}: ${error instanceof Error ? error.stack : String(error)}`)
          return ConclaveError.is(error) ? error.code : "aborted"
        },
      )
      const done = over.then((how) => {
        settled++
        ends.add(how)
        open.delete(name)
      })
      open.set(name, done)
      done.catch(() => {})
    }
    let client: Client | undefined
    watch(
      "connect",
      connecting.then((each) => (client = each)),
    )
    for (let round = 0; round < ROUNDS; round++) {
      for (let turns = 0; turns < 4; turns++) await turn()
      agent.advance(random.pick([1, 20, 100, 1000]))
      if (random.chance(1, 3)) agent.stir()
      const [name, call] = random.pick(Object.entries(CALLS))
      if (client !== undefined && !open.has(name)) watch(name, call(client, stop.signal))
      if (round === ROUNDS - 10) stop.abort(new Error("enough"))
      if (round === ROUNDS - 5) void client?.close()
    }
    for (let waits = 0; waits < 200 && open.size > 0; waits++) {
      for (let turns = 0; turns < 4; turns++) await turn()
      agent.advance(5000)
    }
    await Promise.all([...open.entries()].map(([name, done]) => Promise.race([done, never(name)])))
    said += Math.max(1, agent.said)
  }
  t.ok(settled > said / 20, `${settled} calls settled by ${said} words`)
  const usual = ["no error", "CLOSED", "INTERNAL", "NO_QUORUM", "GRANT_LOST", "SESSION_LOST", "TIMEOUT"]
  t.same(
    usual.filter((each) => !ends.has(each)),
    [],
  )
})

async function never(name: string): Promise<never> {
  for (let turns = 0; turns < 20; turns++) await turn()
  throw new Error(`${name} never ends`)
}
