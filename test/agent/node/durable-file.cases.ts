import { existsSync, readFileSync, statSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { replaceFile, syncDirectory } from "conclave/node/durable-file"
import { test } from "tap"
import { temporaryDirectory } from "../local-stage.ts"

test("a file is replaced whole, with the mode that it shall have, whatever a crash has left beside it", async (t) => {
  const path = join(temporaryDirectory(t), "f")
  writeFileSync(path, "old", { mode: 0o600 })
  writeFileSync(`${path}.new`, "half of the ne", { mode: 0o644 })
  await replaceFile(path, Buffer.from("new"), { mode: 0o640 })
  t.equal(readFileSync(path, "utf8"), "new")
  t.equal(statSync(path).mode & 0o777, 0o640)
  t.notOk(existsSync(`${path}.new`))
  const { uid, gid } = statSync(path)
  await replaceFile(path, Buffer.from("newer"), { mode: 0o400, owner: { uid, gid } })
  t.equal(statSync(path).mode & 0o777, 0o400)
})

test("where that cannot be the old file stays, and nothing beside it", async (t) => {
  const directory = temporaryDirectory(t)
  await t.rejects(replaceFile(join(directory, "none", "f"), Buffer.from("new"), { mode: 0o600 }), { code: "ENOENT" })
  await t.rejects(replaceFile(directory, Buffer.from("new"), { mode: 0o600 }), { code: /EISDIR|ENOTEMPTY|EEXIST/ })
  t.notOk(existsSync(`${directory}.new`))
  await t.rejects(syncDirectory(join(directory, "none")), { code: "ENOENT" })
})
