import { AssertionError } from "@conclave/base"
import type { Message } from "@conclave/swim"
import { test } from "tap"
import { addrOf, alive, idOf } from "../../swim/stage.ts"
import { HostStage } from "../host-stage.ts"

test("before the start there is no core to ask, and a good-bye is said at once", (t) => {
  const { host } = new HostStage()
  t.throws(() => host.swim, AssertionError)
  t.equal(host.malformedPackets, 0)
  let told = 0
  host.announceRestart(() => told++)
  host.leave({ force: false, timeoutMs: 1000, graceMs: undefined }, () => told++)
  host.setHealth(1)
  host.stop()
  t.equal(told, 2)
  t.end()
})

test("each ping gets its own answer, once", (t) => {
  const stage = new HostStage().start()
  stage.hear(1, alive(1))
  stage.hear(2, alive(2))
  stage.sent.splice(0)
  const heard: [string, boolean][] = []
  stage.host.ping(idOf(1), "udp", (rttMs) => heard.push(["silent", rttMs !== undefined]))
  stage.host.ping(idOf(2), "udp", (rttMs) => heard.push(["answering", rttMs !== undefined]))
  const asked = stage.sent.find(({ to }) => to === addrOf(2))?.message
  if (asked?.kind !== "ping") throw new Error("no ping was sent")
  const ack: Message = { kind: "ack", from: idOf(2), digest: 0, updates: [], nonce: asked.nonce }
  for (let times = 0; times < 2; times++) stage.message(2, ack)
  t.same(heard, [["answering", true]])
  stage.pass(10_000)
  t.same(heard, [
    ["answering", true],
    ["silent", false],
  ])
  t.end()
})
