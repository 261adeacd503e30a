import { join } from "node:path"
import type { Incarnation } from "@conclave/base"
import type { Update } from "@conclave/swim"
import type { NotFounded } from "conclave/group/bootstrap"
import type { Daemon } from "conclave/node/daemon"
import { test } from "tap"
import { temporaryDirectory } from "../local-stage.ts"
import { agentIn, states, written } from "./daemon-stage.ts"
import { newKey } from "./sealed-stage.ts"
import { forged, recordIn, type Thief, thiefWith } from "./thief.ts"
import { until } from "./until.ts"

/** A thief that goes on is taken for dead in the rhythm of probes. */
const FORGOTTEN_MS_MAX = 120_000
const MADE_UP = newKey().id
const SEAT = { cluster: MADE_UP, replica: newKey().id, role: "voter", wish: "auto", isFull: false } as const

/** A member that never was, and one that is there, belong to a cluster that never was. */
function liesOf(thief: Thief, from: Daemon, of: Daemon): readonly Update[] {
  const record = recordIn(from, of)
  const incarnation = (record.incarnation + 1) as Incarnation
  return [
    forged(record, { id: newKey().id, name: "thief", addr: thief.addr, seat: SEAT }),
    forged(record, { incarnation, seat: SEAT }),
  ]
}

function codes({ host }: Daemon): readonly string[] {
  return host.warnings().map(({ code }) => code)
}

function bootstrapped({ host }: Daemon): Promise<NotFounded | undefined> {
  return new Promise((resolve) => host.consensus.bootstrap(resolve))
}

test("no host belongs to a cluster by the word of whoever has the gossip key; those that wait found theirs", async (t) => {
  const directory = temporaryDirectory(t)
  const expects = ["--bootstrap-expect", "3"]
  const a = await agentIn(directory, "a").start(...expects)
  const at = ["--join", String(a.ready["addr"])]
  const b = await agentIn(directory, "b").start(...expects, ...at)
  await until("they know each other", () => states(a)["b"] === "alive" && states(b)["a"] === "alive")
  const thief = await thiefWith(t, join(directory, "shared-gossip.key"))
  for (const lie of liesOf(thief, a, b)) thief.tell(a, lie)
  const isWarned = (each: Daemon): boolean => codes(each).includes("cluster-unconfirmed")
  const isOver = (each: Daemon): boolean => isWarned(each) || each.host.consensus.clusterId !== undefined
  await until("both were told, and have asked in vain", () => isOver(a) && isOver(b))
  t.same(
    [a, b].map(({ host }) => host.consensus.clusterId),
    [undefined, undefined],
  )
  t.match(await bootstrapped(a), {
    reason: "other-cluster",
    why: /^by gossip .* as soon as a member of it confirms it/,
  })
  t.ok(codes(a).includes("bootstrap-expect"), "it waits on")

  const c = await agentIn(directory, "c").start(...expects, ...at)
  const all = [a, b, c]
  const idOf = ({ host }: Daemon): string | undefined => host.consensus.clusterId
  const isOne = (): boolean => idOf(a) !== undefined && all.every((each) => idOf(each) === idOf(a))
  await until("they have founded together", isOne, FORGOTTEN_MS_MAX)
  t.not(idOf(a), MADE_UP)
  for (const each of all) t.match(await written(each), { kind: "applied" })

  // Again and again: nobody answers for it, so that each time it is soon taken for dead.
  const ghost = { id: newKey().id, name: "ghost", addr: thief.addr, seat: SEAT }
  let told = 0
  const isToldOf = (): boolean => {
    const lie = forged(recordIn(a, b), { ...ghost, incarnation: ++told as Incarnation })
    for (const each of all) thief.tell(each, lie)
    return isWarned(a)
  }
  await until("an unconfirmed cluster is told of", isToldOf)
  t.notOk(
    all.some((each) => codes(each).includes("other-cluster")),
    "and nobody is told to give up one of two",
  )
  for (const each of all) t.match(await written(each), { kind: "applied" })
  const isHandshake = (said: Buffer): boolean => said.length === 0 || said[0] === 0x16
  t.ok(thief.heard.length > 0 && thief.heard.every(isHandshake), "it was asked, and could not answer")
  for (const each of all) await each.close("restart")
})

test("a host that was lied to belongs to the cluster that a member of it names", async (t) => {
  const directory = temporaryDirectory(t)
  const waiting = await agentIn(directory, "w").start()
  const thief = await thiefWith(t, join(directory, "shared-gossip.key"))
  const [ghost] = liesOf(thief, waiting, waiting) as [Update]
  thief.tell(waiting, ghost)
  const clusterId = (): string | undefined => waiting.host.consensus.clusterId
  await until("it has asked", () => clusterId() !== undefined || codes(waiting).includes("cluster-unconfirmed"))
  t.equal(clusterId(), undefined)
  const founder = await agentIn(directory, "f").start("--bootstrap")
  await until("there is a cluster", () => founder.host.consensus.clusterId !== undefined)
  waiting.host.setJoin([String(founder.ready["addr"])])
  await until("it belongs to that", () => clusterId() === founder.host.consensus.clusterId)
  t.match(await written(waiting), { kind: "applied" })
  for (const each of [waiting, founder]) await each.close("restart")
})
