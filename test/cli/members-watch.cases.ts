import type { Member } from "@conclave/sdk"
import { filtered } from "conclave/cli/members-watch"
import { test } from "tap"

function member(name: string, status: string, tags: Readonly<Record<string, string>> = {}): Member {
  return { name, status, tags } as Member
}

const ALL = { name: undefined, status: undefined, tags: [] }

test("without a filter the agent's line is handed on as it is", (t) => {
  const line = { type: "progress", rev: "7" }
  t.equal(filtered(line, ALL), line)
  t.end()
})

test("a view keeps what fits, and comes even when nothing does", (t) => {
  const line = { type: "view", items: [member("n1", "alive", { role: "db" }), member("n2", "dead")] }
  t.same(
    filtered(line, { ...ALL, status: ["dead"] })?.items?.map(({ name }) => name),
    ["n2"],
  )
  t.same(
    filtered(line, { ...ALL, tags: [["role", "db"]] })?.items?.map(({ name }) => name),
    ["n1"],
  )
  t.same(filtered(line, { ...ALL, name: "n9" })?.items, [])
  t.same(filtered(line, { ...ALL, tags: [["toString", ""]] })?.items, [])
  t.end()
})

test("a change of somebody else is left out", (t) => {
  const line = { type: "change", changes: [{ type: "put", item: member("n1", "suspect") } as const] }
  t.equal(filtered(line, { ...ALL, name: "n2" }), undefined)
  t.equal(filtered(line, { ...ALL, name: "n1" })?.changes?.length, 1)
  t.end()
})
