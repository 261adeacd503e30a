import { toldChange } from "conclave/coordination/watch/scope"
import { Topic } from "conclave/coordination/watch/topic"
import { test } from "tap"
import { WatchStage } from "./watch-stage.ts"

function topicOf(stage: WatchStage, prefix?: string): Topic {
  return new Topic({ kind: "kv", name: undefined, prefix }, stage.scopeOf("kv"), stage.clock)
}

test("a revision that does not concern a topic leaves no link in its chain", (t) => {
  const topic = topicOf(new WatchStage(), "a")
  const before = topic.tail
  const changes = [toldChange({ name: "b", key: "b" }, "put", "1")]
  t.equal(topic.push({ rev: 2, changes, bytes: 1 }), false)
  t.equal(topic.tail, before)
  t.equal(
    topic.push({ rev: 3, changes: [...changes, toldChange({ name: "a", key: "a" }, "put", "2")], bytes: 1 }),
    true,
  )
  t.match(JSON.parse(topic.bundle(topic.tail).line.text), { rev: "3", changes: [{ item: 2 }] })
  t.equal(before.next, topic.tail)
  t.end()
})

test("all who begin at one revision share a view of it", (t) => {
  const stage = new WatchStage()
  stage.put("a")
  const topic = topicOf(stage)
  const view = topic.view(stage.cluster.machine)
  t.equal(topic.view(stage.cluster.machine), view)
  stage.put("b")
  t.not(topic.view(stage.cluster.machine), view)
  t.end()
})

test("all who stand at one place share the line that they are told, until more has come", (t) => {
  const topic = topicOf(new WatchStage())
  const told = (rev: number) => ({ rev, changes: [toldChange({ name: "a", key: "a" }, "put", String(rev))], bytes: 1 })
  topic.push(told(2))
  const first = topic.tail
  topic.push(told(3))
  const { line, last } = topic.bundle(first)
  t.equal(topic.bundle(first).line, line)
  t.equal(last, topic.tail)
  topic.push(told(4))
  t.equal(topic.bundle(first).last, topic.tail)
  t.match(JSON.parse(topic.bundle(topic.tail).line.text), { rev: "4", changes: [{ item: 4 }] }, "another is further on")
  t.end()
})
