import { FrameReader } from "@conclave/base"
import type { Member } from "@conclave/sdk"
import { readCondition, type Seen } from "conclave/cli/wait"
import { test } from "tap"
import { framed } from "../agent/local-stage.ts"
import { garbageServer } from "../sdk/garbage-server.ts"
import { conclave } from "./program.ts"

function seen(ready: boolean, statuses: Readonly<Record<string, string>>): Seen {
  const members = Object.entries(statuses).map(([name, status]) => ({ name, status }) as Member)
  return { status: { ready, raft: null } as Seen["status"], members }
}

function holds(text: string, at: Seen): boolean | undefined {
  return readCondition(text)?.(at)
}

test("conditions hold when they do, and not else", (t) => {
  const at = seen(true, { n1: "alive", n2: "alive", n3: "dead" })
  t.equal(holds("ready", at), true)
  t.equal(holds("ready", seen(false, {})), false)
  t.equal(holds("leader", at), false)
  t.equal(holds("members=2", at), true)
  t.equal(holds("members=3", at), false, "the dead one does not count")
  t.equal(holds("members=1", at), false, "as many, not at least as many")
  t.equal(holds("member:n3=dead", at), true)
  t.equal(holds("member:n3=alive", at), false)
  t.equal(holds("member:n9=dead", at), false, "nobody of that name")
  t.end()
})

test("what is no condition is told", (t) => {
  for (const text of ["", "redy", "members", "members=", "members=x", "member:n1", "member:n1=gone", "member:=alive"]) {
    t.equal(readCondition(text), undefined, JSON.stringify(text))
  }
  t.end()
})

/** An agent that answers `looks` looks and then says nothing more. */
function answering(looks: number): Parameters<typeof garbageServer>[1] {
  const answers: Readonly<Record<string, object>> = {
    hello: { protocol: 1, agent: { name: "a", id: "x", version: "1" } },
    status: { ready: true, raft: null },
    "members.list": { version: "1", items: [] },
  }
  const left = new Map([
    ["hello", 1],
    ["status", looks],
    ["members.list", looks],
  ])
  return (socket) => {
    const reader = new FrameReader(1024 * 1024)
    socket.once("data", () => {
      socket.write("HTTP/1.1 101 Switching Protocols\r\n\r\n")
      socket.on("data", (chunk) => {
        for (const body of reader.push(chunk) as readonly Uint8Array[]) {
          const { id, op } = JSON.parse(new TextDecoder().decode(body)) as { id: number; op: string }
          const more = left.get(op) ?? 0
          left.set(op, more - 1)
          if (more > 0) socket.write(framed({ id, out: answers[op] }))
        }
      })
    })
  }
}

test("what was seen last counts when the time is over, not the look that it cut short", async (t) => {
  const argv = ["wait", "--for", "ready", "--for", "members=3", "--timeout", "2s", "--json"]
  const seen = await conclave([...argv, "--socket", await garbageServer(t, answering(2))])
  t.equal(seen.code, 8)
  t.match(JSON.parse(seen.stdout).items, [
    { condition: "ready", ok: true },
    { condition: "members=3", ok: false },
  ])
  const never = await conclave([...argv, "--socket", await garbageServer(t, answering(0))])
  t.equal(never.code, 8)
  t.match(JSON.parse(never.stdout).items, [{ ok: false }, { ok: false }])
})
