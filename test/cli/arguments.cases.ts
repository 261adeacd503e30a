import { COMMANDS } from "conclave/cli/commands"
import { durationOf, numberOf, parseArguments } from "conclave/cli/terminal/arguments"
import type { Given } from "conclave/cli/terminal/command"
import { EXIT, Failure } from "conclave/cli/terminal/failure"
import { GLOBAL_FLAGS } from "conclave/config/command-line"
import { test } from "tap"

function refusal(work: () => unknown): Failure {
  try {
    work()
  } catch (error) {
    if (error instanceof Failure) return error
    throw error
  }
  throw new Error("nothing was refused")
}

function read(...argv: readonly string[]): Given {
  return parseArguments(argv, COMMANDS)
}

test("flags stand before and after the command, attached or not", (t) => {
  const given = read("--json", "members", "--status=alive,suspect", "n1", "--timeout", "2s", "-q")
  t.equal(given.name, "members")
  t.same(given.args, ["n1"])
  t.same([...given.flags.keys()], ["json", "status", "timeout", "quiet"])
  t.same(given.flags.get("status"), ["alive,suspect"])
  t.equal(durationOf(given, "timeout"), 2000)
  t.end()
})

test("a flag that may be repeated keeps all its values, another is refused the second time", (t) => {
  t.same(read("members", "--tag", "a=1", "--tag", "b=2").flags.get("tag"), ["a=1", "b=2"])
  t.match(refusal(() => read("members", "--socket", "a", "--socket", "b")).message, /--socket is given twice/)
  t.end()
})

test("two words make one command, the longer name first", (t) => {
  t.equal(read("config", "show").name, "config show")
  t.equal(read("dev", "env", "n2").name, "dev env")
  t.equal(read("dev", "--agents", "7").name, "dev")
  t.match(refusal(() => read("config")).message, /config needs a second word: config show, config validate/)
  t.match(
    refusal(() => read("config", "shwo")),
    { message: /unknown command "config shwo"/, next: "conclave help config show" },
  )
  t.end()
})

test("a value may be a negative number", (t) => {
  t.same(read("kv", "put", "n", "-5", "-q").args, ["n", "-5"])
  t.same(read("work", "put", "p", "i", "--payload", "-1e3").flags.get("payload"), ["-1e3"])
  t.end()
})

test("the first word of several commands is explained where help is asked for", (t) => {
  for (const family of ["kv", "work", "raft"]) {
    const given = read(family, "--help", "--json")
    t.same([given.name, given.args, [...given.flags.keys()]], ["help", [family], ["json"]])
    t.equal(read("-h", family).name, "help")
    t.ok(read(family, "--version").flags.has("version"))
  }
  t.match(refusal(() => read("kv", "nope", "--help")).message, /unknown command "kv nope"/)
  t.match(refusal(() => read("nope", "--help")).message, /unknown command "nope"/)
  t.end()
})

test("after -- nothing is a flag", (t) => {
  t.same(read("members", "--", "--json").args, ["--json"])
  t.end()
})

test("a command to run stands after --, and is taken as it is", (t) => {
  const given = read("lock", "a", "--shared", "--", "sh", "--wait", "-c")
  t.same([given.args, given.command], [["a"], ["sh", "--wait", "-c"]])
  t.equal(read("lock", "a").command, undefined)
  t.match(
    refusal(() => read("lock", "a", "sh", "x")),
    { message: /lock takes a command only after --/, next: "conclave lock a -- sh x" },
  )
  t.match(refusal(() => read("lock", "a", "--")).message, /needs a command after it/)
  t.match(refusal(() => read("lock", "--", "sh")).message, /lock needs NAME/)
  t.end()
})

test("what is unknown is a usage error that names the nearest word", (t) => {
  for (const [argv, message, next] of [
    [["membrs"], /unknown command "membrs"; did you mean members\?/, "conclave members"],
    [
      ["members", "--stauts", "alive"],
      /unknown flag --stauts of members; did you mean --status\?/,
      "conclave help members",
    ],
    [["kv", "put", "a", "-z"], /unknown flag -z of kv put/, "conclave help kv put"],
    [["--nope", "kv", "put"], /unknown flag --nope of kv put/, "conclave help kv put"],
    [["status", "--count"], /unknown flag --count of status/, "conclave help status"],
    [["doctor", "x"], /unknown command "doctor"/, "conclave help"],
    [["zzzzzzzz", "--json"], /unknown command "zzzzzzzz"/, "conclave help"],
  ] as const) {
    const failure = refusal(() => parseArguments(argv, COMMANDS))
    t.match(failure.message, message)
    t.equal(failure.next, next)
    t.equal(failure.exitCode, EXIT.usage)
    t.equal(failure.code, "INVALID_ARGUMENT")
  }
  t.end()
})

test("commands of later milestones are unknown, whatever follows them", (t) => {
  for (const word of ["rtt", "doctor", "debug", "web", "completion"]) {
    t.equal(refusal(() => read(word)).exitCode, EXIT.usage, word)
  }
  t.match(refusal(() => read("events", "send", "x")).message, /events takes no argument: "send" is too much/)
  t.match(refusal(() => read("config", "schema")).message, /unknown command "config schema"/)
  t.end()
})

test("too many and too few arguments are refused, but not where help is asked for", (t) => {
  t.match(refusal(() => read("members", "a", "b")).message, /members takes at most 1: "b" is too much/)
  t.match(refusal(() => read("join")).message, /join needs ADDR/)
  t.match(refusal(() => read("ping")).message, /ping needs NAME/)
  t.equal(read("ping", "--help").name, "ping")
  t.end()
})

test("a flag without its value, and a switch with one, are refused", (t) => {
  t.match(refusal(() => read("members", "--status")).message, /--status needs a value/)
  t.match(refusal(() => read("members", "--json=yes")).message, /--json takes no value/)
  t.end()
})

test("numbers and durations are read with their bounds", (t) => {
  const bounds = { min: 1, max: 100, byDefault: 5 }
  t.equal(numberOf(read("ping", "n1"), "count", bounds), 5)
  t.equal(numberOf(read("ping", "n1", "--count", "100"), "count", bounds), 100)
  for (const text of ["0", "101", "-1", "1.5", "x", ""]) {
    t.match(refusal(() => numberOf(read("ping", "n1", `--count=${text}`), "count", bounds)).message, /from 1 to 100/)
  }
  for (const text of ["5", "0s", "x", "-1s"]) {
    t.match(refusal(() => durationOf(read("status", `--timeout=${text}`), "timeout")).message, /takes a duration/)
  }
  t.end()
})

test("no command but agent, which listens there, has a flag of the global ones, and each has an example that parses", (t) => {
  const global = new Set(GLOBAL_FLAGS.map((each) => each.name))
  for (const { name, flags = [], examples } of COMMANDS) {
    const listens = name === "agent" ? ["socket", "admin-socket"] : []
    for (const flag of flags) t.ok(!global.has(flag.name) || listens.includes(flag.name), `${name} --${flag.name}`)
    t.ok(examples.length > 0, name)
    for (const example of examples.filter((each) => each.startsWith("conclave "))) {
      // What follows is the shell's.
      const [own = ""] = example.split(/ [|<>] /)
      const words = own.replaceAll("'", "").split(" ").slice(1)
      t.equal(read(...words).name, name, example)
    }
  }
  t.end()
})
