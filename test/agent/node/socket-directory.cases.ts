import { chmodSync, mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { makeSocketDirectory, openToOthers } from "conclave/node/socket-directory"
import { test } from "tap"

test("the directory of a socket is made", (t) => {
  const top = mkdtempSync(join(tmpdir(), "conclave-test-"))
  t.equal(makeSocketDirectory(join(top, "run", "conclave", "conclave.sock")), undefined)
  t.ok(statSync(join(top, "run", "conclave")).isDirectory())
  t.equal(makeSocketDirectory(join(top, "run", "conclave", "conclave.sock")), undefined, "twice is no problem")
  writeFileSync(join(top, "file"), "")
  t.match(makeSocketDirectory(join(top, "file", "a.sock")), /cannot be made: .*set socket/)
  rmSync(top, { recursive: true })
  t.end()
})

test("the stand-in for a runtime directory must be ours alone", (t) => {
  // A uid that nobody has, so that no real directory is in the way.
  const uid = 1_900_000_000 + process.pid
  const shared = `/tmp/conclave-${uid}`
  t.match(
    makeSocketDirectory(`${shared}/conclave/conclave.sock`, uid),
    /belongs to somebody else/,
    "made by us, but not ours",
  )
  t.equal(statSync(shared).mode & 0o777, 0o700)
  rmSync(shared, { recursive: true })
  const elsewhere = mkdtempSync(join(tmpdir(), "conclave-test-"))
  symlinkSync(elsewhere, shared)
  t.match(makeSocketDirectory(`${shared}/conclave/conclave.sock`, uid), /belongs to somebody else/)
  rmSync(shared)
  chmodSync(elsewhere, 0o755)
  rmSync(elsewhere, { recursive: true })
  t.end()
})

test("a directory in which others may put a socket is told, unless nobody can take one out of it", (t) => {
  const top = mkdtempSync(join(tmpdir(), "conclave-test-"))
  const path = join(top, "a.sock")
  for (const mode of [0o700, 0o755, 0o775, 0o1777]) {
    chmodSync(top, mode)
    t.equal(openToOthers(path), undefined, mode.toString(8))
  }
  for (const mode of [0o777, 0o702]) {
    chmodSync(top, mode)
    t.match(openToOthers(path), `others may write to ${top}, and could put another socket in the place of ${path}`)
  }
  rmSync(top, { recursive: true })
  t.end()
})
