import type { NodeId } from "@conclave/base"
import { RemovedHosts } from "conclave/group/removed-hosts"
import { test } from "tap"
import { memberId } from "../fake-view.ts"

test("each host that was removed is told once, whoever says so, and none is forgotten", (t) => {
  const told: NodeId[] = []
  const removed = new RemovedHosts((host) => told.push(host))
  const [a, b, c] = ["a", "b", "c"].map((name) => memberId(name)) as [NodeId, NodeId, NodeId]
  removed.heard([a])
  const list = [a, b]
  t.ok(removed.list(list))
  t.notOk(removed.list(list))
  removed.heard([b, c])
  removed.list([b])
  t.same(told, [a, b, c])
  t.ok([a, b, c].every((host) => removed.has(host)))
  t.same(removed.listed, [b])
  t.notOk(removed.has(memberId("d")))
  t.end()
})
