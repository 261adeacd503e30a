import { test } from "tap"
import { Ensemble } from "./ensemble.ts"
import { at, CONFIG, id, Stage } from "./stage.ts"

function following(config = {}): Stage {
  const stage = new Stage("a", { disk: { term: 2 }, config })
  stage.heartbeat("b")
  stage.forget()
  return stage
}

test("a follower asks its leader for an index and answers with it", async (t) => {
  const group = new Ensemble("abc")
  group.elect("a")
  group.at("a", (stage) => stage.propose("x"))
  group.at("b", (stage) => stage.step({ kind: "read", call: 7 }))
  t.same(group.on("b").all("readReady"), [{ kind: "readReady", call: 7, index: 3 }])
})

test("without a leader nothing is read", async (t) => {
  const stage = new Stage("a", { disk: {} })
  stage.step({ kind: "read", call: 1 })
  t.same(stage.all("readReady"), [{ kind: "readReady", call: 1, index: undefined }])
})

test("one who does not lead answers a question at once with nothing", async (t) => {
  const stage = following()
  stage.receive("c", { kind: "readIndex", call: 5 })
  t.same(stage.one("readIndexReply").index, undefined)
})

test("without an answer for an election timeout nothing is read", async (t) => {
  const stage = following()
  stage.step({ kind: "read", call: 1 })
  t.ok(stage.raft.nextDeadlineMs <= stage.nowMs + CONFIG.electionMs)
  stage.nowMs += CONFIG.electionMs
  stage.step({ kind: "tick" })
  t.same(stage.all("readReady"), [{ kind: "readReady", call: 1, index: undefined }])
  const { call } = stage.one("readIndex")
  stage.receive("b", { kind: "readIndexReply", call, index: at(5) })
  t.equal(stage.all("readReady").length, 1, "and a late answer is nobody's")
})

test("under another leader or in another term nothing is read", async (t) => {
  for (const change of [
    (stage: Stage) => stage.heartbeat("c", { term: 3 }),
    (stage: Stage) => stage.step({ kind: "leaderGone", leader: id("b") }),
  ]) {
    const stage = following()
    stage.step({ kind: "read", call: 1 })
    change(stage)
    t.same(stage.all("readReady"), [{ kind: "readReady", call: 1, index: undefined }])
  }
})

test("questions that wait are bounded", async (t) => {
  const stage = following({ readsMax: 2 })
  for (const call of [1, 2, 3]) stage.step({ kind: "read", call })
  t.same(stage.all("readReady"), [{ kind: "readReady", call: 3, index: undefined }])
  t.equal(stage.sent("readIndex").length, 2)
})

test("the numbers that travel are not those of the callers, and another start has others", async (t) => {
  const calls = [1, 2, 3].map((seed) => {
    const stage = new Stage("a", { disk: { term: 2 }, seed })
    stage.heartbeat("b")
    stage.step({ kind: "read", call: 1 })
    return stage.one("readIndex").call
  })
  t.equal(new Set(calls).size, 3, "so an answer to a question from before a restart answers nothing")
  t.ok(calls.every((call) => Number.isSafeInteger(call + 2 ** 32)))
})
