import { type ClusterId, foundingState, logIndex, type ReplicaId, term } from "@conclave/consensus"
import { DiskTruth } from "@conclave/sim/group/disk-truth"
import type { Machine } from "@conclave/sim/machine"
import { encodeWrite } from "conclave/wal/records"
import { test } from "tap"
import { memberId } from "../agent/fake-view.ts"

const REPLICA = "r".repeat(26) as ReplicaId
const MACHINE = { name: "a1", files: { unsynced: () => [] } } as unknown as Machine

function stage() {
  const broken: string[] = []
  const truth = new DiskTruth(
    (invariant) => broken.push(invariant),
    () => 0,
  )
  let calls = 0
  const done = (call: number): void => truth.said(MACHINE, { kind: "result", call, result: { ok: true } })
  const make = (): void => {
    const mint = { cluster: "c".repeat(26) as ClusterId, replica: REPLICA, owner: memberId("a") }
    truth.asked(MACHINE, { kind: "create", call: ++calls, mint: { ...mint, state: foundingState(REPLICA) } })
    done(calls)
  }
  const retire = (): void => {
    truth.asked(MACHINE, { kind: "retire", call: ++calls })
    done(calls)
  }
  const write = (): void => {
    const hardState = { term: term(2), vote: REPLICA, commit: logIndex(1) }
    const records = encodeWrite({ write: 1, epoch: 1, entries: [], hardState })
    truth.asked(MACHINE, {
      ...{ kind: "persist", write: 1, epoch: 1, records, last: undefined, hardState, snapshot: undefined },
    })
  }
  return { broken, truth, make, retire, write }
}

test("a replica is made once; one that was put aside before it began may be made anew", (t) => {
  const fresh = stage()
  for (const step of [fresh.make, fresh.retire, fresh.make, fresh.write]) step()
  t.same(fresh.broken, [])
  const used = stage()
  for (const step of [used.make, used.write, used.retire, used.make]) step()
  t.same(used.broken, ["ids-are-used-once"])
  const twice = stage()
  for (const step of [twice.make, twice.make]) step()
  t.same(twice.broken, ["ids-are-used-once"])
  t.end()
})

test("a replica whose log no disk has is gone: one that was never made, put aside, lost or overwritten", (t) => {
  const { truth, make, retire } = stage()
  t.ok(truth.isGone(REPLICA))
  make()
  t.notOk(truth.isGone(REPLICA))
  retire()
  t.ok(truth.isGone(REPLICA))
  make()
  truth.said(MACHINE, { kind: "opened", opened: { kind: "nothing" } } as never)
  t.ok(truth.isGone(REPLICA), "its disk did not take it")
  make()
  truth.wiped(MACHINE)
  t.ok(truth.isGone(REPLICA))
  t.end()
})
