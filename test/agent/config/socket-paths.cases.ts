import { socketProblems } from "conclave/config/socket-paths"
import { test } from "tap"

const PLACE = { file: "/etc/c.yaml", line: 3 }
const MERGED = new Map([["sockets", { key: "sockets", value: [], origin: "", place: PLACE }]])

function problems(...paths: readonly string[]): readonly object[] {
  const sockets = paths.map((path) => ({ path, mode: 0o660, group: undefined, names: ["*"] }))
  return socketProblems({ socket: "/run/a.sock", adminSocket: "/run/admin.sock", sockets }, MERGED)
}

test("each socket has a path of its own, which the kernel takes", (t) => {
  t.same(problems("/run/b.sock", "/run/c.sock", `/${"p".repeat(106)}`), [])
  t.same(problems("/run/b.sock", "/run/b.sock", "/run/admin.sock", "/run/a.sock"), [
    { ...PLACE, key: "sockets.1.path", message: "must differ from sockets.0.path" },
    { ...PLACE, key: "sockets.2.path", message: "must differ from adminSocket" },
    { ...PLACE, key: "sockets.3.path", message: "must differ from socket" },
  ])
  const message = /at most 107 bytes, this one has 108; set sockets\.0\.path to a shorter one/
  t.match(problems(`/${"p".repeat(107)}`), [{ ...PLACE, key: "sockets.0.path", message }])
  t.match(problems(`/${"é".repeat(54)}`), [{ message: /this one has 109/ }], "in bytes")
  t.end()
})
