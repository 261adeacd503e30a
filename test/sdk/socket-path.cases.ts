import { mkdirSync } from "node:fs"
import { createServer } from "node:net"
import { join } from "node:path"
import { socketPath } from "@conclave/sdk"
import { test } from "tap"
import { temporaryDirectory } from "../agent/local-stage.ts"

test("the variable, then the user's directory if the socket is there, then the system's", (t) => {
  const nowhere = (): boolean => false
  const everywhere = (): boolean => true
  t.equal(socketPath("application", { CONCLAVE_SOCKET: "/x.sock" }, nowhere), "/x.sock")
  t.equal(socketPath("admin", { CONCLAVE_ADMIN_SOCKET: "/y.sock", CONCLAVE_SOCKET: "/x.sock" }, nowhere), "/y.sock")
  t.equal(socketPath("application", { CONCLAVE_SOCKET: "" }, nowhere), "/run/conclave/conclave.sock")
  t.equal(socketPath("admin", {}, nowhere), "/run/conclave-admin/admin.sock")
  const user = { XDG_RUNTIME_DIR: "/run/user/7" }
  t.equal(socketPath("application", user, everywhere), "/run/user/7/conclave/conclave.sock")
  t.equal(socketPath("admin", user, everywhere), "/run/user/7/conclave-admin/admin.sock")
  t.equal(socketPath("admin", {}, everywhere), `/tmp/conclave-${process.getuid?.()}/conclave-admin/admin.sock`)
  t.end()
})

test("a socket in the user's directory is found, another kind of file is not", async (t) => {
  const directory = temporaryDirectory(t)
  const path = join(directory, "conclave/conclave.sock")
  mkdirSync(join(directory, "conclave"))
  t.equal(socketPath("application", { XDG_RUNTIME_DIR: directory }), "/run/conclave/conclave.sock")
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(path, resolve))
  t.equal(socketPath("application", { XDG_RUNTIME_DIR: directory }), path)
  await new Promise((resolve) => server.close(resolve))
  mkdirSync(path)
  t.equal(socketPath("application", { XDG_RUNTIME_DIR: directory }), "/run/conclave/conclave.sock")
})
