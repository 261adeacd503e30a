import { type FlagSpec, readCommandLine } from "conclave/config/command-line"
import { test } from "tap"

const SPECS: readonly FlagSpec[] = [
  { name: "name", value: "N", help: "" },
  { name: "tag", value: "k=v", isList: true, help: "" },
  { name: "quiet", short: "q", help: "" },
  { name: "verbose", short: "v", help: "" },
]

test("words and flags are told apart, in the order in which they came", (t) => {
  const { words, flags, problems } = readCommandLine(
    ["one", "--name=a=b", "-qv", "two", "--tag", "x=1", "--tag=y=", "--", "--name", "-q"],
    SPECS,
  )
  t.same(words, ["one", "two", "--name", "-q"])
  t.same(
    [...flags],
    [
      ["name", ["a=b"]],
      ["quiet", ["true"]],
      ["verbose", ["true"]],
      ["tag", ["x=1", "y="]],
    ],
  )
  t.same(problems, [])
  t.end()
})

test("a value may begin with a dash, unless it is a flag", (t) => {
  t.same(readCommandLine(["--name", "-1"], SPECS).flags.get("name"), ["-1"])
  t.match(readCommandLine(["--name", "--quiet"], SPECS).problems, [{ kind: "needs value", flag: "--name" }])
  t.match(readCommandLine(["--name", "-q"], SPECS).problems, [{ kind: "needs value", flag: "--name" }])
  t.same(readCommandLine(["--name=--quiet"], SPECS).flags.get("name"), ["--quiet"])
  t.end()
})

test("a negative number is a word like any other", (t) => {
  for (const text of ["-5", "-.5", "-2.5e-3", "-1q"]) {
    const { words, flags, problems } = readCommandLine(["put", "n", text, "--name", text, "-q", "--", text], SPECS)
    t.same([words, problems], [["put", "n", text, text], []], text)
    t.same([...flags.keys()], ["name", "quiet"])
    t.same(flags.get("name"), [text])
  }
  t.match(readCommandLine(["-x5"], SPECS).problems, [{ kind: "unknown", flag: "-x" }, {}])
  t.end()
})

test("all problems are found at once, each with the flag as it was typed", (t) => {
  const argv = ["--nmae", "x", "-z", "--quiet=no", "--name", "a", "--name", "b", "--constructor", "--tag"]
  const { problems } = readCommandLine(argv, SPECS)
  t.same(
    problems.map(({ kind, flag }) => `${flag} ${kind}`),
    [
      "--nmae unknown",
      "-z unknown",
      "--quiet takes no value",
      "--name twice",
      "--constructor unknown",
      "--tag needs value",
    ],
  )
  t.end()
})

test("of two specs of one name the later counts", (t) => {
  const { flags } = readCommandLine(["--quiet", "x"], [...SPECS, { name: "quiet", value: "Q", help: "" }])
  t.same(flags.get("quiet"), ["x"])
  t.end()
})
