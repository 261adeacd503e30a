import { isOpName, OPS } from "conclave/api/schema"
import { test } from "tap"

test("the operations, their paths and doors", (t) => {
  const table = Object.entries(OPS).map(([name, { method, path, admin, stream }]) => {
    return `${name} ${method} ${path}${admin ? " admin" : ""}${stream ? " stream" : ""}`
  })
  t.same(table, [
    "status GET /v1/status",
    "members.list GET /v1/members",
    "members.get GET /v1/members/{name}",
    "events GET /v1/events stream",
    "ping POST /v1/ping",
    "join POST /v1/join admin",
    "leave POST /v1/leave admin",
    "faults PUT /v1/faults admin",
    "config.show GET /v1/config admin",
    "watch GET /v1/watch/{kind}[/{name}] stream",
  ])
  t.ok(isOpName("members.list"))
  for (const name of ["", "toString", "__proto__", "hello"]) t.notOk(isOpName(name))
  t.end()
})

test("queries are text: flags are read from it", (t) => {
  const parse = (follow: unknown): unknown => OPS.events.input.safeParse({ follow }).data?.follow
  t.same([true, false, "true", "false", undefined].map(parse), [true, false, true, false, undefined])
  for (const follow of ["", "yes", 1, ["true"]]) t.notOk(OPS.events.input.safeParse({ follow }).success)
  t.end()
})
