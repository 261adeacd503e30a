import { readYaml } from "conclave/config/yaml-source"
import fc from "fast-check"
import { test } from "tap"

test("an empty file, comments alone and keys without a value say nothing", (t) => {
  for (const text of ["", "# nothing\n", "---\n", "name:\ngossip:\n", "null\n"]) {
    t.same(readYaml("f", text), { entries: [], problems: [] }, JSON.stringify(text))
  }
  t.end()
})

test("values have their line and column", (t) => {
  const { entries } = readYaml("f", "name: n1\n\ngossip:\n  fanout: 4\n")
  t.same(entries, [
    { key: "name", value: "n1", origin: "f:1", place: { file: "f", line: 1, column: 7 } },
    { key: "gossip.fanout", value: 4, origin: "f:4", place: { file: "f", line: 4, column: 11 } },
  ])
  t.end()
})

test("a syntax error, a key given twice and a wrong shape are problems with a place", (t) => {
  t.match(readYaml("f", "name: [\n").problems, [{ file: "f", line: 2 }])
  const broken = readYaml("f", "gossip:\n  fanout: [3\nnmae: x\nlogLevel: loud\n  zone: }\n")
  t.equal(broken.problems.length, 1, "no other line of a broken file is judged")
  t.same(broken.entries, [])
  t.match(readYaml("f", "name: a\nname: b\n").problems, [{ line: 2, column: 1, message: /unique/ }])
  t.match(readYaml("f", "- a\n- b\n").problems, [{ line: 1, message: "must be a map of keys to values" }])
  t.match(readYaml("f", "just text").problems, [{ message: "must be a map of keys to values" }])
  t.match(readYaml("f", "gossip: 5").problems, [
    { key: "gossip", column: 9, message: "must be a map of keys to values" },
  ])
  t.match(readYaml("f", "name: *nobody\n").problems, [{ line: 1 }])
  t.end()
})

test("a file may have 64 KiB", (t) => {
  const text = `${"# a comment\n".repeat(5460)}name: a`.padEnd(64 * 1024)
  t.match(readYaml("f", text), { entries: [{ key: "name" }], problems: [] })
  t.match(readYaml("f", `${text} `), { entries: [], problems: [{ message: /larger than 64 KiB/ }] })
  t.match(readYaml("f", "[".repeat(1024 * 1024)).problems, [{ message: /larger than 64 KiB/ }])
  t.end()
})

test("off may be bare or in quotes", (t) => {
  for (const text of ["httpAddr: off", "httpAddr: 'off'", "httpAddr: false"]) {
    t.match(readYaml("f", text), { entries: [{ value: "off" }], problems: [] })
  }
  t.end()
})

test("JSON is YAML", (t) => {
  const { entries, problems } = readYaml("f", '{"name": "n1", "join": ["a:1"], "gossip": {"probeInterval": "2s"}}')
  t.same(problems, [])
  t.same(
    entries.map(({ key, value }) => [key, value]),
    [
      ["name", "n1"],
      ["join", ["a:1"]],
      ["gossip.probeInterval", 2000],
    ],
  )
  t.end()
})

test("anchors that multiply are refused", (t) => {
  let text = "a: &a [x,x,x,x,x,x,x,x,x]\n"
  for (const [one, two] of ["ab", "bc", "cd", "de", "ef", "fg", "gh"])
    text += `${two}: &${two} [${`*${one},`.repeat(9)}]\n`
  t.match(readYaml("f", `${text}join: *h\n`).problems.at(-1), { key: "join" })
  t.end()
})

test("no text makes it throw", (t) => {
  const word = fc.constantFrom(
    "name",
    "gossip",
    "tags",
    "join",
    ":",
    "-",
    "{",
    "}",
    "[",
    "]",
    "\n",
    "  ",
    "&a",
    "*a",
    "? ",
    "!!map",
    "'",
    '"',
    "1",
    "5s",
    "|",
    "%",
    "---",
    "<<",
  )
  const text = fc.oneof(
    fc.string(),
    fc.array(word, { maxLength: 20 }).map((words) => words.join("")),
  )
  fc.assert(
    fc.property(text, (each) => {
      const { problems } = readYaml("f", each)
      for (const { line, column } of problems) if (line === undefined || line < 1 || (column ?? 0) < 1) return false
      return true
    }),
    { numRuns: 2000 },
  )
  t.pass("2000 texts")
  t.end()
})
