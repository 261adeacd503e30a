import { readFileSync } from "node:fs"
import { accessTable, authorize, namesIn, needOf } from "conclave/api/access"
import { ADMIN, APPLICATION, type Principal } from "conclave/api/principal"
import { FRAMED, OPS } from "conclave/api/schema"
import { test } from "tap"

const OWN: Principal = { door: "application", names: ["own-*"], share: "part" }

test("every operation has its row, and the page tells the same", (t) => {
  const table = accessTable()
  t.same(
    table.map(({ op }) => op),
    [...Object.keys(OPS), ...Object.keys(FRAMED)],
  )
  for (const { op, need } of table) t.ok(need, `${op} has a row`)
  const page = readFileSync(new URL("../../../../docs/permissions.md", import.meta.url), "utf8")
  const rows = [...page.matchAll(/^\| (`.*`) \| (\w+) \|$/gm)].flatMap(([, ops = "", need]) =>
    [...ops.matchAll(/`([^`]+)`/g)].map(([, op]) => `${op} ${need}`),
  )
  t.same(rows.sort(), table.map(({ op, need }) => `${op} ${need}`).sort())
  t.end()
})

test("what the table does not know nobody may, not even an operator", (t) => {
  for (const op of ["debug.everything", "toString", "__proto__", ""]) {
    t.equal(needOf(op), undefined)
    t.match(authorize(ADMIN, op, []), { code: "PERMISSION_DENIED", details: { op } })
  }
  t.end()
})

test("an operation that changes what is shared names what it touches", (t) => {
  for (const [op, { admin, method }] of Object.entries(OPS)) {
    const need = needOf(op)
    t.equal(need === "admin", admin, op)
    if (method !== "GET" && need !== "admin" && op !== "ping") t.equal(need, "names", op)
  }
  t.end()
})

test("each name of a call is asked for, not only the first", (t) => {
  const lock = { kind: "lock", name: "own-a", names: ["own-b", "foreign"] }
  t.same(namesIn("hold", lock), ["own-a", "own-b", "foreign"])
  const put = { key: "own-k", value: 1, guard: { kind: "lock", name: "foreign", token: "1" } }
  t.same(namesIn("kv.put", put), ["own-k", "foreign"])
  t.same(namesIn("kv.delete", { key: "own-k" }), ["own-k"])
  t.same(namesIn("watch", { kind: "members", name: "host-1" }), [], "a host is nobody's")
  t.same(namesIn("watch", { kind: "items", name: "pool" }), ["pool"])
  t.same(namesIn("watch", { kind: "lock" }), [])
  for (const names of [["foreign"], ["own-a", "own-b", "foreign"]]) {
    t.match(authorize(OWN, "hold", names), {
      code: "PERMISSION_DENIED",
      message: "hold of foreign is not allowed on this socket",
      hint: "this socket is for names like own-*",
      details: { op: "hold", name: "foreign" },
    })
    for (const whole of [ADMIN, APPLICATION]) t.equal(authorize(whole, "hold", names), undefined)
  }
  t.equal(authorize(OWN, "hold", ["own-a", "own-b"]), undefined)
  t.end()
})
