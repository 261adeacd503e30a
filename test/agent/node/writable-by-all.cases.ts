import { chmodSync, mkdirSync } from "node:fs"
import { join } from "node:path"
import { writableByAll } from "conclave/node/writable-by-all"
import { test } from "tap"
import { temporaryDirectory } from "../local-stage.ts"

test("a directory is writable by all, or one above it, unless nobody can take what is another's out of it", (t) => {
  const above = temporaryDirectory(t)
  const directory = join(above, "a", "b")
  mkdirSync(directory, { recursive: true, mode: 0o755 })
  for (const each of [directory, above]) {
    const found = (mode: number): string | undefined => {
      chmodSync(each, mode)
      return writableByAll(directory)
    }
    t.same([0o777, 0o702, 0o773].map(found), [each, each, each])
    t.same([0o700, 0o755, 0o775, 0o1777].map(found), [undefined, undefined, undefined, undefined])
  }
  t.end()
})
