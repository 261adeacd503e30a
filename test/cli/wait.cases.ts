import type { Member } from "@conclave/sdk"
import { readCondition, type Seen } from "conclave/cli/wait"
import { test } from "tap"

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
