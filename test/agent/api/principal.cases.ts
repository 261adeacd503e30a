import { ADMIN, APPLICATION, maySee, mayTouch, type Principal } from "conclave/api/principal"
import { test } from "tap"

const ORDERS: Principal = { door: "application", names: ["orders/*", "clock"], share: "part" }

test("a socket's clients touch the names that fit one of its globs, those of the first two every name", (t) => {
  for (const name of ["orders/7", "orders/7/x", "clock"]) t.ok(mayTouch(ORDERS, name), name)
  for (const name of ["orders", "order/7", "clock2", "my/orders/7", "Orders/7"]) t.notOk(mayTouch(ORDERS, name), name)
  for (const whole of [ADMIN, APPLICATION]) t.ok(mayTouch(whole, "anything"))
  t.notOk(mayTouch({ ...ORDERS, names: [] }, "clock"), "no glob is no name")
  t.end()
})

test("an event about a name is for those who may touch it, one about hosts and sessions for all", (t) => {
  const seen = (note: Parameters<typeof maySee>[1]): boolean => maySee(ORDERS, note)
  for (const kind of ["lock.granted", "group.lost", "work.revoke"]) {
    t.ok(seen({ kind, name: "clock" }), kind)
    t.notOk(seen({ kind, name: "invoices" }), kind)
    t.ok(maySee(APPLICATION, { kind, name: "invoices" }), kind)
  }
  t.ok(seen({ kind: "member.dead", member: "invoices" }))
  t.ok(seen({ kind: "session.open", name: "a".repeat(26) }))
  const link = (holds: string, waits: string) => {
    const common = { session: "s", member: "m", app: null, token: "1" }
    return { ...common, holds: [{ kind: "lock", name: holds }], waits: { kind: "lock", name: waits } }
  }
  t.ok(seen({ kind: "deadlock", chain: [link("clock", "orders/1"), link("orders/1", "clock")] }))
  t.notOk(seen({ kind: "deadlock", chain: [link("clock", "invoices"), link("invoices", "clock")] }))
  t.end()
})
