import { statSync, symlinkSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { makeDirectory } from "conclave/node/make-directory"
import { test } from "tap"
import { temporaryDirectory } from "../local-stage.ts"

test("a directory is made with all above it that are missing, and may be there", (t) => {
  const top = temporaryDirectory(t)
  const path = join(top, "a", "b", "c")
  makeDirectory(path, 0o700)
  makeDirectory(path, 0o755)
  for (const each of [join(top, "a"), path]) t.equal(statSync(each).mode & 0o777, 0o700)
  symlinkSync(path, join(top, "link"))
  makeDirectory(join(top, "link"), 0o700)
  t.end()
})

test("what cannot be made is refused, also where the file system says that what is there is not", (t) => {
  const top = temporaryDirectory(t)
  writeFileSync(join(top, "file"), "")
  t.throws(() => makeDirectory(join(top, "file"), 0o700), { code: "EEXIST" })
  t.throws(() => makeDirectory(join(top, "file", "a", "b"), 0o700), { code: "ENOTDIR" })
  symlinkSync(join(top, "nowhere"), join(top, "dangling"))
  t.throws(() => makeDirectory(join(top, "dangling"), 0o700), { code: "ENOENT" })
  for (const path of ["/proc/none", "/proc/none/a/b"]) t.throws(() => makeDirectory(path, 0o700), { code: "ENOENT" })
  t.end()
})
