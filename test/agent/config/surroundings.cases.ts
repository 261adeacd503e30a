import { mkdirSync, writeFileSync } from "node:fs"
import { hostname } from "node:os"
import { join } from "node:path"
import { processSurroundings } from "conclave/config/surroundings"
import { test } from "tap"
import { temporaryDirectory } from "../local-stage.ts"

test("this process is described as it is", (t) => {
  const around = processSurroundings()
  t.equal(around.uid, process.getuid?.())
  t.equal(around.hostname, hostname())
  t.equal(around.workingDirectory, process.cwd())
  t.equal(around.env, process.env)
  t.match(around.home, /^\//)
  t.end()
})

test("files and directories are there, absent, or cannot be read", (t) => {
  const directory = temporaryDirectory(t)
  const { read, list } = processSurroundings()
  writeFileSync(join(directory, "a.yaml"), "name: ä\n")
  mkdirSync(join(directory, "b"))
  t.same(read(join(directory, "a.yaml")), { kind: "text", text: "name: ä\n" })
  t.same(read(join(directory, "none.yaml")), { kind: "absent" })
  t.match(read(join(directory, "b")), { kind: "unreadable", message: /EISDIR/ })
  t.same([...list(directory)].sort(), ["a.yaml", "b"])
  t.same(list(join(directory, "none")), [])
  t.match(list(join(directory, "a.yaml")), /ENOTDIR/)
  t.end()
})
