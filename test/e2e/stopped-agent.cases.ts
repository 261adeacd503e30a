import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { type Client, ConclaveError, connect } from "@conclave/sdk"
import { type Test, test } from "tap"
import { type StartedAgent, startAgent } from "./started-agent.ts"

const LIMIT = { timeout: 300_000 }
const ROUNDS = 3

interface Stage {
  readonly client: Client
  readonly other: Client
  /** SIGTERM at this very moment; resolves when the agent has ended with 0 and another has taken its place. */
  readonly restart: () => Promise<void>
}

async function stageFor(t: Test): Promise<Stage> {
  const folder = mkdtempSync(join(tmpdir(), "conclave-test-"))
  t.teardown(() => rmSync(folder, { recursive: true, force: true }))
  let agent: StartedAgent = await startAgent(t, { folder, name: "n1" }, "--bootstrap")
  const { socket } = agent
  const [client, other] = [await connect({ socket, ttlMs: 10_000 }), await connect({ socket, ttlMs: 10_000 })]
  t.teardown(() => Promise.all([client.close(), other.close()]))
  await other.ready()
  const restart = async (): Promise<void> => {
    agent.program.signal("SIGTERM")
    t.equal((await agent.program.ended).code, 0)
    agent = await startAgent(t, { folder, name: "n1" })
    await other.ready()
  }
  return { client, other, restart }
}

/** What a call came to: its value, or an error that says whether it was applied. */
async function outcomeOf<T>(t: Test, call: Promise<T>): Promise<{ readonly value: T } | ConclaveError> {
  try {
    return { value: await call }
  } catch (error) {
    t.ok(ConclaveError.is(error), "an error that says what became of the request")
    return error as ConclaveError
  }
}

test("an agent that is stopped in the middle of tryLock: what it says of the lock is so", LIMIT, async (t) => {
  const { client, other, restart } = await stageFor(t)
  for (let round = 0; round < ROUNDS; round++) {
    // The first time its session is opened, too.
    const asked = outcomeOf(t, client.tryLock("a"))
    await restart()
    const outcome = await asked
    if (outcome instanceof ConclaveError) {
      t.match(outcome.outcome, /^(not-applied|unknown)$/)
      t.comment(`${outcome.code}, ${outcome.outcome}`)
    } else if (outcome.value !== null) {
      t.ok(outcome.value.held, "a grant outlives the restart")
      t.equal(await other.tryLock("a"), null)
      await outcome.value.release()
    } else t.fail("nobody held it")
    // Whatever is not known is given back in the background.
    const next = await other.lock("a")
    t.ok(next.held)
    await next.release()
  }
})

test(
  "an agent that is stopped in the middle of a release: it is committed, or goes on being asked for",
  LIMIT,
  async (t) => {
    const { client, other, restart } = await stageFor(t)
    for (let round = 0; round < ROUNDS; round++) {
      const lock = await client.lock("a")
      const waiting = other.lock("a").then((next) => ({ next, wasHeld: lock.held }))
      const asked = outcomeOf(t, lock.release({ timeoutMs: 60_000 }))
      await restart()
      t.match(await asked, { value: undefined }, "the release is asked for again at the next agent")
      const { next, wasHeld } = await waiting
      t.notOk(wasHeld)
      t.ok(next.token > lock.token)
      await next.release()
    }
  },
)
