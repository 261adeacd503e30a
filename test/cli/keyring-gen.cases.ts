import { spawnSync } from "node:child_process"
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, statSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { launcherPath } from "conclave/cli/fleet/reaper-link"
import { readGossipKeys } from "conclave/node/gossip-keys"
import { test } from "tap"
import { conclave } from "./program.ts"

test("a new key each time, in the form that a key file has", async (t) => {
  const [first, second] = await Promise.all([conclave(["keyring", "gen"]), conclave(["keyring", "gen", "--json"])])
  t.match(first, { code: 0, stderr: "" })
  t.match(first.stdout, /^[A-Za-z0-9+/]{43}=\n$/)
  t.match(JSON.parse(second.stdout).key, /^[A-Za-z0-9+/]{43}=$/)
  t.not(JSON.parse(second.stdout).key, first.stdout.trim())
})

test("a file that it is written to is one that an agent takes", async (t) => {
  const directory = mkdtempSync(join(tmpdir(), "conclave-test-"))
  t.teardown(() => rmSync(directory, { recursive: true, force: true }))
  const path = join(directory, "gossip.key")
  const file = openSync(path, "w", 0o644)
  const { status } = spawnSync(process.execPath, [launcherPath(), "keyring", "gen"], {
    stdio: ["ignore", file, "pipe"],
  })
  closeSync(file)
  t.equal(status, 0)
  t.equal(statSync(path).mode & 0o777, 0o600)
  t.equal(readGossipKeys(path).length, 1)
  t.equal(readFileSync(path, "utf8").length, 45)
})
