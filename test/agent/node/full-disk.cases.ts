import { spawnSync } from "node:child_process"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { test } from "tap"

const LIFE = `
  const { openDataDirectory } = await import(${JSON.stringify(import.meta.resolve("conclave/node/data-directory"))})
  const { openIdentity } = await import(${JSON.stringify(import.meta.resolve("conclave/node/links/identity"))})
  const { openClock } = await import(${JSON.stringify(import.meta.resolve("conclave/node/clock"))})
  const { MemberFile } = await import(${JSON.stringify(import.meta.resolve("conclave/gossip/member-file"))})
  const directory = await openDataDirectory(process.argv[1])
  const { id } = await openIdentity(directory.path, directory.disk)
  const { file, generation } = MemberFile.load(directory.disk, openClock())
  const written = await new Promise((done) => file.raiseGeneration(generation + 1, done))
  console.log(JSON.stringify({ writable: directory.writable, id, generation, code: written.code ?? "ok" }))
  await directory.close()`

/** Runs a script in a mount namespace of its own, where $1 is an empty folder to mount something on. */
function inNamespace(script: string): readonly Record<string, unknown>[] | undefined {
  const folder = mkdtempSync(join(tmpdir(), "conclave-test-"))
  const life = `life() { "${process.execPath}" --input-type=module -e '${LIFE}' "$1"; }\n`
  const args = ["-u", "NODE_OPTIONS", "unshare", "-Urm", "sh", "-ec", life + script, "sh", folder]
  const { stdout, status } = spawnSync("/usr/bin/env", args, { encoding: "utf8" })
  rmSync(folder, { recursive: true })
  if (status !== 0) return undefined
  return stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Record<string, unknown>)
}

test("a full disk costs what cannot be written and nothing else", (t) => {
  const lives = inNamespace(`
    mount -t tmpfs -o size=64k tmpfs "$1"
    life "$1/data"
    head -c 100000 /dev/zero > "$1/fill" 2> /dev/null || true
    life "$1/data"
    rm "$1/fill"
    life "$1/data"`)
  if (lives === undefined) t.comment("no user namespaces here")
  else {
    const id = lives[0]?.["id"]
    t.same(lives, [
      { writable: true, id, generation: 0, code: "ok" },
      { writable: true, id, generation: 1, code: "ENOSPC" },
      { writable: true, id, generation: 1, code: "ok" },
    ])
  }
  t.end()
})

test("on a read-only file system the agent has an identity for one life", (t) => {
  const lives = inNamespace(`
    mount -t tmpfs -o ro tmpfs "$1"
    life "$1"`)
  if (lives === undefined) t.comment("no user namespaces here")
  else t.match(lives, [{ writable: false, generation: 0, code: "EROFS" }])
  t.end()
})
