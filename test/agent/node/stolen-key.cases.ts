import { join } from "node:path"
import type { Addr, Incarnation } from "@conclave/base"
import { connect } from "@conclave/sdk"
import type { Update } from "@conclave/swim"
import type { Daemon } from "conclave/node/daemon"
import { test } from "tap"
import { temporaryDirectory } from "../local-stage.ts"
import { agentIn, written } from "./daemon-stage.ts"
import { newKey, openSealed } from "./sealed-stage.ts"
import { forged, recordIn, type Thief, thiefWith } from "./thief.ts"
import { until } from "./until.ts"

const LIMIT_MS = 60_000
const ROUNDS = 25
/** A TLS handshake that is broken off: what we say first, and an alert. */
const HANDSHAKE_BYTES_MAX = 1000

/** Each of the lies that gossip has words for, about each of them. */
function liesOf(thief: Thief, all: readonly Daemon[], round: number): readonly Update[] {
  const [leader, ...others] = all as [Daemon, ...Daemon[]]
  const made = newKey().id
  const lies = all.flatMap((each): readonly Update[] => {
    const record = recordIn(leader, each)
    const { id, generation, seat } = record
    const incarnation = (record.incarnation + 1) as Incarnation
    const accusers = others.map(({ host }) => ({ id: host.id, path: "direct", rttMs: 1, health: 0 }) as const)
    const claims = { id: made, name: `thief-${round}`, addr: thief.addr, ...(seat === undefined ? {} : { seat }) }
    return [
      forged(record, claims),
      forged(record, { incarnation, addr: thief.addr }),
      { kind: "suspect", id, generation, incarnation, accusers },
      { kind: "dead", id, generation, incarnation, accusers, ageMs: 0, prune: round % 2 === 0 },
    ]
  })
  return round % 3 === 0 ? [...lies].reverse() : lies
}

async function ready(all: readonly Daemon[]): Promise<void> {
  const votes = ({ host }: Daemon): boolean =>
    host.members().filter(({ record, state }) => state === "alive" && record.seat?.role === "voter").length >=
    all.length
  await until("all vote", () => all.every(votes))
}

/** Who hears of itself at a wrong address asks around again, in the rhythm of anti-entropy. */
const REFUTED_MS_MAX = 240_000

test("whoever has the gossip key alone can lie about members, and has no vote, no lock and no state", async (t) => {
  const directory = temporaryDirectory(t)
  const a = await agentIn(directory, "a").start("--bootstrap")
  const at = ["--join", String(a.ready["addr"])]
  const all = [a, await agentIn(directory, "b").start(...at), await agentIn(directory, "c").start(...at)]
  await ready(all)
  const thief = await thiefWith(t, join(directory, "shared-gossip.key"))
  const votersOf = ({ host }: Daemon): readonly string[] | undefined => host.consensus.running?.raft.group.voters
  const before = votersOf(a)
  await using client = await connect({ socket: join(directory, "a-a.sock") })
  const lock = await client.lock("held")
  for (let round = 0; round < ROUNDS; round++) {
    for (const each of all) for (const lie of liesOf(thief, all, round)) thief.tell(each, lie)
    t.match(await written(a), { kind: "applied" }, "the group goes on by the streams that it has")
  }
  t.notOk(lock.signal.aborted, "what is held is held")
  const guessing = await openSealed({ secret: "a guess of the thief's", cluster: "default" })
  const asked = new Promise((resolve) =>
    guessing.links.request(a.ready["addr"] as Addr, new Uint8Array(1), LIMIT_MS, resolve),
  )
  t.match(await asked, { ok: false, why: "notAdmitted" })
  await guessing.links.close()

  const areRefuted = (): boolean =>
    all.every((each) =>
      all.every((other) => {
        const member = each.host.memberById(other.host.id)
        return member?.state === "alive" && member.record.addr === other.ready["addr"]
      }),
    )
  await until("the lies about the living are refuted", areRefuted, REFUTED_MS_MAX)
  for (const each of all) {
    t.match(await written(each), { kind: "applied" }, "then everybody is served again")
    t.same(votersOf(each), before, "by those who voted before")
  }
  const isHandshake = (said: Buffer): boolean =>
    said.length === 0 || (said[0] === 0x16 && said.length < HANDSHAKE_BYTES_MAX)
  t.ok(thief.heard.every(isHandshake), "what was dialled where the thief listens began with TLS and went no further")
  t.ok(thief.heard.length > 0, "somebody did dial there")
  for (const each of all) await each.close("restart")
})
