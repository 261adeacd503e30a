import { chmodSync } from "node:fs"
import { isWritableByAll } from "conclave/node/writable-by-all"
import { test } from "tap"
import { temporaryDirectory } from "../local-stage.ts"

test("a directory is writable by all, unless nobody can take a file of another out of it", (t) => {
  const directory = temporaryDirectory(t)
  const isWritable = (mode: number): boolean => {
    chmodSync(directory, mode)
    return isWritableByAll(directory)
  }
  t.same([0o777, 0o702, 0o773].map(isWritable), [true, true, true])
  t.same([0o700, 0o755, 0o775, 0o1777].map(isWritable), [false, false, false, false])
  t.end()
})
