import {
  type Change,
  ChunkWriter,
  type Command,
  type Machine,
  NO_TERMS,
  type RestoreId,
  restorable,
  type SessionId,
} from "@conclave/consensus"
import { decodeRecord, type StateRecord } from "@conclave/consensus/machine/wire-record"
import { test } from "tap"
import { RaftBench } from "./raft-bench.ts"

const RESTORE = `${"r".repeat(25)}a` as RestoreId
/** The shortest that a session may have. */
const TTL_MS = 2000
const SAVED_MS = 1_700_000_000_000

/** Each record that a restore takes over in a part of its own, so that something can happen between any two. */
function partsOf(machine: Machine): readonly Uint8Array[] {
  const parts: Uint8Array[] = []
  const reader = machine.snapshot()
  for (let record = reader.next(); record !== undefined; record = reader.next()) {
    if (!restorable(decodeRecord(record) as StateRecord).isTaken) continue
    const writer = new ChunkWriter()
    writer.add(record)
    parts.push(writer.take() as Uint8Array)
  }
  return parts
}

function acquire(session: SessionId, seq: number, name: string): Command {
  return {
    ...{ kind: "acquire", session, seq, floor: 0, hold: "lock", names: [name], mode: "exclusive", priority: 0 },
    ...{ waitMs: undefined, maxHoldMs: undefined, lockDelayMs: 0, ...NO_TERMS, note: undefined, value: undefined },
  } as Command
}

test("a restore that goes on through a change of leader is one on every host, and nobody is granted too soon", (t) => {
  const bench = new RaftBench({ agents: 5, never: [4] })
  t.ok(bench.until(() => bench.voters() === 3 && bench.host(4).consensus.running === undefined))
  const client = bench.host(4).consensus
  const does = (command: Command) => {
    const asked = bench.propose(4, command, 20_000)
    t.ok(bench.until(() => asked.outcome !== undefined))
    return asked.outcome?.kind === "applied" ? asked.outcome.result : undefined
  }
  const old = bench.open(4, 5000, TTL_MS)
  t.ok(bench.until(() => old.asked.outcome?.kind === "applied"))
  t.match(does(acquire(old.id, 1, "a")), { kind: "granted" })
  t.match(does({ kind: "cancel", session: old.id, seq: 1, floor: 0 }), { kind: "ended" })
  const leader = bench.leader() as number
  const parts = partsOf(bench.host(leader).consensus.state.local()?.state as Machine)
  t.ok(parts.length > 1)
  const held = does(acquire(old.id, 2, "b")) as { readonly kind: "granted"; readonly token: number }
  t.match(held, { kind: "granted" })
  const heard: Change[] = []
  t.teardown(client.state.listen({ changed: (_rev, changes) => void heard.push(...changes), replaced: () => {} }))

  for (const [part, data] of parts.entries()) {
    t.match(does({ kind: "stage", restore: RESTORE, part, data }), { kind: "done" })
    if (part === 0) bench.fleet.kill(bench.member(bench.leader() as number))
  }
  const when = { parts: parts.length, wallMs: SAVED_MS + 2_000_000_000_000, savedWallMs: SAVED_MS, quietMs: TTL_MS }
  const next = bench.open(4, 5000, 60_000)
  t.ok(bench.until(() => next.asked.outcome?.kind === "applied"))
  t.match(does({ kind: "restore", restore: RESTORE, ...when }), { kind: "done" })
  const atMs = client.state.local()?.state.timeMs ?? 0
  t.ok(
    heard.some((change) => change.kind === "hold" && change.end === "revoked" && change.before?.token === held.token),
  )
  t.match(does({ kind: "restore", restore: RESTORE, ...when }), { kind: "done" }, "asked again after a lost answer")

  const last = bench.open(4, 5000, 60_000)
  t.ok(bench.until(() => last.asked.outcome?.kind === "applied"))
  t.match(does(acquire(last.id, 1, "b")), { kind: "queued" })
  const hold = () => client.state.local()?.state.hold(last.id, 1)
  t.ok(bench.until(() => hold()?.token !== undefined))
  t.ok((hold()?.grantedAtMs ?? 0) >= atMs + 60_000 - TTL_MS, "after what was promised to anybody")
  t.ok(Number(hold()?.token) > held.token)

  bench.fleet.boot(bench.member(leader))
  const states = (): readonly (string | undefined)[] =>
    [0, 1, 2, 3, 4].map((index) => bench.host(index).consensus.state.local()?.state.hash)
  t.ok(bench.until(() => new Set(states()).size === 1 && states()[0] !== undefined))
  t.equal(bench.host(leader).consensus.state.local()?.state.session(old.id), undefined)
  t.end()
})
