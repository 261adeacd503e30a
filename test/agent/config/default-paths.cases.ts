import { defaultPaths, privateRuntime } from "conclave/config/default-paths"
import { test } from "tap"

test("root has the system's paths whatever its environment says", (t) => {
  t.same(defaultPaths({ env: { XDG_STATE_HOME: "/x" }, uid: 0, home: "/root" }), {
    configFile: "/etc/conclave/conclave.yaml",
    dataDir: "/var/lib/conclave",
    socket: "/run/conclave/conclave.sock",
    adminSocket: "/run/conclave-admin/admin.sock",
  })
  t.end()
})

test("others have XDG's, and stand-ins where a variable is unset or empty", (t) => {
  const { configFile, dataDir, socket } = defaultPaths({ env: { XDG_RUNTIME_DIR: "" }, uid: 7, home: "/h" })
  t.same([configFile, dataDir], ["/h/.config/conclave/conclave.yaml", "/h/.local/state/conclave"])
  t.equal(socket, `${privateRuntime(7)}/conclave/conclave.sock`)
  t.end()
})
