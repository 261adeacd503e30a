import { rmSync } from "node:fs"
import { join } from "node:path"
import type { Millis } from "@conclave/base"
import type { Proposed } from "conclave/group/shared-state"
import type { Daemon } from "conclave/node/daemon"
import { type Test, test } from "tap"
import { temporaryDirectory } from "../local-stage.ts"
import { agentIn } from "./daemon-stage.ts"
import { until } from "./until.ts"

/** A proposal outlasts an election. */
const LIMIT_MS = 30_000

interface Stage {
  readonly directory: string
  readonly others: readonly [Daemon, Daemon]
  readonly start: () => Promise<Daemon>
}

/** Two agents of a cluster, and a third one that is started and ended by the test. */
async function stageFor(t: Test): Promise<Stage> {
  const directory = temporaryDirectory(t)
  const a = await agentIn(directory, "a").start("--bootstrap")
  const join = ["--join", a.ready["addr"] as string]
  const b = await agentIn(directory, "b").start(...join)
  t.teardown(() => Promise.all([a.close("restart"), b.close("restart")]))
  return { directory, others: [a, b], start: () => agentIn(directory, "c").start(...join) }
}

/** It has a seat, as all see it, is heard by all, and what it proposes is agreed. */
async function isInside(daemon: Daemon, others: readonly Daemon[]): Promise<void> {
  const { id } = daemon.host
  const hasSeat = ({ host }: Daemon): boolean => /learner|voter/.test(host.memberById(id)?.record.seat?.role ?? "")
  await until("it has a seat", () => [daemon, ...others].every(hasSeat))
  for (const { host } of others) {
    const ping = (): Promise<number | undefined> => new Promise((done) => host.ping(id, "udp", done))
    while ((await ping()) === undefined) if (host.memberById(id)?.state === "dead") throw new Error("it is dead")
  }
  const deadline = (performance.now() + LIMIT_MS) as Millis
  const proposed: Proposed = await new Promise((done) =>
    daemon.host.consensus.state.propose({ kind: "tick" }, deadline, done),
  )
  if (proposed.kind !== "applied") throw new Error(`what it proposes is ${proposed.kind}`)
}

function replicaOf(daemon: Daemon, { host }: Daemon): string | undefined {
  return host.memberById(daemon.host.id)?.record.seat?.replica
}

test("a host that has left comes back with another key, under its old name, and has a seat again", async (t) => {
  const { directory, others, start } = await stageFor(t)
  const [a] = others
  const first = await start()
  await isInside(first, others)
  await new Promise((done) => first.host.leave({ force: true, timeoutMs: 10_000, graceMs: 0 }, done))
  await first.close("left")
  rmSync(join(directory, "c-data", "node.key"))
  const second = await start()
  t.not(second.host.id, first.host.id)
  await isInside(second, others)
  t.equal(a.host.memberById(first.host.id)?.state, "left")
  t.equal(a.host.byName("c")?.id, second.host.id)
  t.not(replicaOf(second, a), replicaOf(first, a), "what the former member had voted is not gone on with")
  await second.close("restart")
})

test("a host whose key was lost waits until the old one is known to be dead, and then is let in", async (t) => {
  const { directory, others, start } = await stageFor(t)
  const [a, b] = others
  const first = await start()
  await isInside(first, others)
  await first.close("fatal")
  rmSync(join(directory, "c-data", "node.key"))
  const second = await start()
  await isInside(second, others)
  for (const { host } of [a, b]) t.equal(host.byName("c")?.id, second.host.id)
  t.equal(a.host.memberById(first.host.id)?.state, "dead")
  t.not(replicaOf(second, a), replicaOf(first, a))
  await second.close("restart")
})
