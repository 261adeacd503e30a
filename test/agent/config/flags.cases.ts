import { readFlags } from "conclave/config/flags"
import { test } from "tap"

test("a flag takes its value beside it or after an equals sign", (t) => {
  const { entries, usage } = readFlags(["--name", "n1", "--zone=z=1".replace("=1", ""), "--bind=:0", "--insecure"])
  t.same(usage, [])
  t.same(
    entries.map(({ key, value, origin }) => [key, value, origin]),
    [
      ["name", "n1", "flag --name"],
      ["zone", "z", "flag --zone"],
      ["bind", { host: "", port: 0 }, "flag --bind"],
      ["insecure", true, "flag --insecure"],
    ],
  )
  t.end()
})

test("what is no configuration is an option", (t) => {
  const argv = [
    "--config",
    "f",
    "--enable-fault-injection",
    "--json",
    "-v",
    "-q",
    "-y",
    "--color",
    "never",
    "--timeout=5s",
    "--bootstrap",
  ]
  const { options, entries, usage } = readFlags(argv)
  t.match(options, { config: "f", bootstrap: true, enableFaultInjection: true, json: true, verbose: true })
  t.same(entries, [])
  t.same(usage, [])
  t.end()
})

test("every mistake is named at once", (t) => {
  const { usage } = readFlags(["--nmae", "x", "--insecure=yes", "--name", "a", "--name", "b", "--join"])
  t.same(usage, [
    "unknown flag --nmae; did you mean --name?",
    "--insecure takes no value",
    "--name is given twice",
    "--join needs a value",
  ])
  t.same(readFlags(["stray", "--name", "a"]).usage, ['agent takes no argument "stray"'])
  t.same(readFlags(["--join", "--zone", "z"]).usage, ["--join needs a value"])
  t.same(readFlags(["--vrebose"]).usage, ["unknown flag --vrebose; did you mean --verbose?"])
  t.end()
})

test("a value that its key refuses is a problem of the flag", (t) => {
  t.same(readFlags(["--tag", "novalue"]).problems, [
    { file: "flags", key: "--tag", message: 'takes k=v, not "novalue"' },
  ])
  t.match(readFlags(["--bind", "example.org:1"]).problems, [{ key: "--bind", message: /numeric/ }])
  t.match(readFlags(["--advertise", "0.0.0.0:1"]).problems, [{ key: "--advertise" }])
  t.match(readFlags(["--name", "-x-"]).problems, [{ key: "--name" }])
  t.match(readFlags(["--join", "a b"]).problems, [{ key: "--join" }])
  t.end()
})
