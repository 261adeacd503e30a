import { mkdtempSync, readdirSync, rmSync, statSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { logFiles } from "conclave/node/log-files"
import { type Test, test } from "tap"
import { keepsFilesContract } from "../wal/files-contract.ts"

function folderFor(t: Test): string {
  const folder = mkdtempSync(join(tmpdir(), "conclave-log-"))
  t.teardown(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

test("the directory of a log does what the store counts on", (t) => {
  keepsFilesContract(t, logFiles(join(folderFor(t), "raft")))
  t.end()
})

test("nobody else reads the files", (t) => {
  const directory = join(folderFor(t), "raft")
  const files = logFiles(directory)
  files.make()
  files.create("a").close()
  t.equal(statSync(directory).mode & 0o777, 0o700)
  t.equal(statSync(join(directory, "a")).mode & 0o777, 0o600)
  t.end()
})

test("what was put aside stands beside, under a number of its own, until it is discarded", (t) => {
  const folder = folderFor(t)
  const files = logFiles(join(folder, "raft"))
  for (let time = 0; time < 2; time++) {
    files.make()
    files.create(`file-${time}`).close()
    files.retire()
  }
  files.make()
  t.same(readdirSync(folder).sort(), ["raft", "raft.ended-1", "raft.ended-2"])
  t.same(readdirSync(join(folder, "raft.ended-2")), ["file-1"])
  files.discardRetired()
  t.same(readdirSync(folder), ["raft"])
  t.end()
})
