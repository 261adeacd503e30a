import { type Command, planWork } from "@conclave/consensus"
import { waitOf } from "conclave/coordination/item-wait"
import { test } from "tap"
import { DeskStage } from "./desk-stage.ts"

class Stage extends DeskStage {
  put(item: string, more: { readonly weight?: number; readonly pin?: string } = {}): void {
    const { weight = 1, pin } = more
    this.cluster.apply({ kind: "workPut", request: undefined, pool: "q", item, payload: undefined, weight, pin })
  }

  plan(): void {
    const seen = this.cluster.machine.planView("q")
    const moves = seen === undefined ? [] : planWork(seen)
    if (moves.length > 0) this.cluster.apply({ kind: "workAssign", pool: "q", moves })
  }

  wait(item: string): string | null | undefined {
    const { machine } = this.cluster
    const found = machine.item("q", item)
    return found === undefined ? undefined : waitOf(machine, found, this.time)
  }
}

test("of an item that nobody works on it is said what it waits for", (t) => {
  const stage = new Stage()
  const config = { partitions: undefined, handoffTimeoutMs: undefined, spread: undefined, maxAttempts: 1 }
  const configure = { kind: "workConfigure", request: undefined, pool: "q", ifRev: undefined } as const
  stage.cluster.apply({ ...configure, config: { ...config, restartGraceMs: 5000 } })
  stage.put("a")
  stage.put("heavy", { weight: 50 })
  stage.put("pinned", { pin: "w2" })
  t.equal(stage.wait("a"), "there is no worker that takes items")
  const { session } = stage.open()
  const worker = { capacity: 10, zone: undefined, tags: [], isLeaving: false }
  const hold = stage.hold(session, 1, { hold: "work", names: ["q"], id: "w1", worker })
  t.equal(stage.wait("a"), "it is given out next")
  stage.plan()
  t.equal(stage.wait("a"), null)
  t.equal(stage.wait("heavy"), "no worker has room for its weight of 50")
  t.equal(stage.wait("pinned"), "it is pinned to w2, which is not here or leaves")
  stage.put("heavy", { weight: 50, pin: "w1" })
  t.equal(stage.wait("heavy"), "it is pinned to w1, which has no room for its weight of 50")
  hold.finish()
  t.match(stage.wait("a"), /^w1 is to hand it back by 20\d\d-.*Z$/)
  t.equal(stage.wait("heavy"), "it is pinned to w1, which is not here or leaves")
  const token = stage.cluster.machine.item("q", "a")?.owner?.token as never
  const settle = { kind: "workSettle", request: { session: session.id, seq: 2, floor: 0 }, pool: "q" } as const
  stage.cluster.apply({ ...settle, item: "a", token, result: "failed", message: undefined } as Command)
  t.match(stage.wait("a"), /^it failed too often/)
  stage.cluster.apply({ kind: "workRetry", request: undefined, pool: "q", item: "a" })
  t.equal(stage.wait("a"), "there is no worker that takes items")
  t.end()
})

test("what is kept for a worker that was lost, or rests after a failure, waits for a time", (t) => {
  const stage = new Stage()
  const config = { handoffTimeoutMs: undefined, spread: undefined, maxAttempts: undefined, restartGraceMs: 5000 }
  const configure = { kind: "workConfigure", request: undefined, pool: "q", ifRev: undefined } as const
  stage.cluster.apply({ ...configure, config: { ...config, partitions: 2 } })
  const { session } = stage.open()
  stage.hold(session, 1, { hold: "work", names: ["q"], id: "w1" })
  stage.plan()
  const token = stage.cluster.machine.item("q", "0")?.owner?.token as never
  const settle = { kind: "workSettle", request: { session: session.id, seq: 2, floor: 0 }, pool: "q" } as const
  stage.cluster.apply({ ...settle, item: "0", token, result: "failed", message: undefined } as Command)
  t.match(stage.wait("0"), /^it rests after its last try until 20\d\d-/)
  stage.cluster.apply({ kind: "end", session: session.id, of: undefined, cause: "exited", isGone: true })
  t.match(stage.wait("1"), /^it is kept for w1 until 20.*: its worker was lost and may come back$/)
  t.end()
})

test("what was removed while a worker had it and is put again waits until that worker cannot believe in it", (t) => {
  const stage = new Stage()
  stage.put("a")
  const worker = { capacity: 10, zone: undefined, tags: [], isLeaving: false }
  stage.hold(stage.open().session, 1, { hold: "work", names: ["q"], id: "w1", worker })
  stage.plan()
  stage.cluster.apply({ kind: "workRemove", request: undefined, pool: "q", item: "a" })
  stage.put("a")
  t.match(stage.wait("a"), /^one of its name was removed, and w1 may believe that it has that until 20\d\d-.*Z$/)
  t.end()
})
