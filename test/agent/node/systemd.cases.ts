import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { notifySystemd } from "conclave/node/systemd"
import { test } from "tap"

test("without a service manager there is nothing to do", async (t) => {
  t.equal(await notifySystemd(["READY=1"], {}), undefined)
  t.equal(await notifySystemd(["READY=1"], { NOTIFY_SOCKET: "" }), undefined)
})

test("systemd's own program is told, and its failure is a reason, not an error", async (t) => {
  const directory = mkdtempSync(join(tmpdir(), "conclave-test-"))
  const program = join(directory, "systemd-notify")
  writeFileSync(program, `#!/bin/sh\necho "$NOTIFY_SOCKET $*" > ${directory}/said\n[ "$1" != FAIL=1 ]\n`)
  chmodSync(program, 0o755)
  const env = { PATH: `${directory}:${process.env["PATH"]}`, NOTIFY_SOCKET: "/run/notify" }
  t.equal(await notifySystemd(["READY=1", "STATUS=5 alive"], env), undefined)
  t.equal(readFileSync(join(directory, "said"), "utf8"), "/run/notify READY=1 STATUS=5 alive\n")
  t.match(await notifySystemd(["FAIL=1"], env), /ended with exit code 1/)
  rmSync(directory, { recursive: true })
  t.match(await notifySystemd(["READY=1"], { ...env, PATH: directory }), /systemd-notify cannot be run/)
})
