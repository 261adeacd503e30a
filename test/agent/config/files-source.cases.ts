import { readFiles } from "conclave/config/files-source"
import type { ConfigSurroundings } from "conclave/config/surroundings"
import { test } from "tap"
import { machine } from "./surroundings.ts"

test("the file comes first, then those beside it by name; others are passed over", (t) => {
  const around = machine({
    "/c/conclave.yaml": "zone: a\n",
    "/c/conf.d/20.yaml": "zone: c\n",
    "/c/conf.d/10.yaml": "zone: b\n",
    "/c/conf.d/.hidden.yaml": "zone: no\n",
    "/c/conf.d/.yaml": "zone: no\n",
    "/c/conf.d/notes.yml": "zone: no\n",
    "/c/conf.d/10.yaml~": "zone: no\n",
  })
  const { entries, problems, files } = readFiles(around, "/c/conclave.yaml", false)
  t.same(files, ["/c/conclave.yaml", "/c/conf.d/10.yaml", "/c/conf.d/20.yaml"])
  t.same(
    entries.map(({ value, origin }) => [value, origin]),
    [
      ["a", "/c/conclave.yaml:1"],
      ["b", "/c/conf.d/10.yaml:1"],
      ["c", "/c/conf.d/20.yaml:1"],
    ],
  )
  t.same(problems, [])
  t.end()
})

test("only a file that was asked for must be there", (t) => {
  t.same(readFiles(machine(), "/c/x.yaml", false), { entries: [], problems: [], files: [] })
  t.same(readFiles(machine(), "/c/x.yaml", true).problems, [
    { file: "/c/x.yaml", key: "", message: "there is no such file" },
  ])
  t.end()
})

test("what is there and cannot be read is a problem, never passed over", (t) => {
  const around: ConfigSurroundings = {
    ...machine(),
    read: () => ({ kind: "unreadable", message: "EACCES: permission denied" }),
    list: () => "EACCES: permission denied",
  }
  t.same(readFiles(around, "/c/x.yaml", false).problems, [
    { file: "/c/x.yaml", key: "", message: "cannot be read: EACCES: permission denied" },
    { file: "/c/conf.d", key: "", message: "cannot be read: EACCES: permission denied" },
  ])
  t.end()
})

test("the problems of all files come at once", (t) => {
  const around = machine({ "/c/x.yaml": "zone: [\n", "/c/conf.d/a.yaml": "bad: 1\n" })
  const { problems } = readFiles(around, "/c/x.yaml", true)
  t.same([...new Set(problems.map(({ file }) => file))], ["/c/x.yaml", "/c/conf.d/a.yaml"])
  t.end()
})
