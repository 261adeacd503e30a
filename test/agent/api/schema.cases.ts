import { FRAMED, isFramedName, isOpName, OPS } from "conclave/api/schema"
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
    "hold POST /v1/hold/{kind}/{name} stream",
    "hold.release DELETE /v1/hold/{kind}/{name}",
    "hold.list GET /v1/hold/{kind}",
    "hold.get GET /v1/hold/{kind}/{name}",
    "hold.update PATCH /v1/hold/{kind}/{name}",
    "hold.transfer POST /v1/hold/election/{name}/transfer",
    "semaphore.resize PUT /v1/hold/semaphore/{name}/limit",
    "barrier POST /v1/barriers/{name}",
    "revoke POST /v1/revoke admin",
    "sessions.list GET /v1/sessions",
    "sessions.get GET /v1/sessions/{id}",
    "kv.get GET /v1/kv/{key}",
    "kv.list GET /v1/kv",
    "kv.put PUT /v1/kv/{key}",
    "kv.delete DELETE /v1/kv/{key}",
    "work.configure PUT /v1/work/{name}",
    "work.items GET /v1/work/{name}/items",
    "work.put PUT /v1/work/{name}/items/{item}",
    "work.remove DELETE /v1/work/{name}/items/{item}",
    "work.retry POST /v1/work/{name}/items/{item}",
    "work.settle POST /v1/work/{name}/items/{item}/settle",
    "work.checkpoint PUT /v1/work/{name}/items/{item}/checkpoint",
    "work.explain GET /v1/work/{name}/items/{item}/explain",
    "raft.status GET /v1/raft",
    "raft.bootstrap POST /v1/raft/bootstrap admin",
    "raft.transfer POST /v1/raft/transfer admin",
    "raft.add PUT /v1/raft/voters/{name} admin",
    "raft.remove DELETE /v1/raft/voters/{name} admin",
    "snapshot.save GET /v1/snapshot admin",
    "snapshot.restore POST /v1/snapshot admin",
    "keyring POST /v1/keyring/{verb} admin",
  ])
  t.ok(isOpName("members.list"))
  for (const name of ["", "toString", "__proto__", "hello"]) t.notOk(isOpName(name))
  t.same(Object.keys(FRAMED), [
    "session.open",
    "session.attach",
    "session.bind",
    "session.unbind",
    "session.close",
    "heartbeat",
  ])
  t.ok(isFramedName("heartbeat"))
  for (const name of ["status", "toString", "__proto__"]) t.notOk(isFramedName(name))
  t.end()
})

test("queries are text: flags are read from it", (t) => {
  const parse = (follow: unknown): unknown => OPS.events.input.safeParse({ follow }).data?.follow
  t.same([true, false, "true", "false", undefined].map(parse), [true, false, true, false, undefined])
  for (const follow of ["", "yes", 1, ["true"]]) t.notOk(OPS.events.input.safeParse({ follow }).success)
  t.end()
})
