import { execFileSync } from "node:child_process"
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs"
import { request } from "node:http"
import { dirname, join } from "node:path"
import { test } from "tap"
import { sharedKeys } from "../key-files.ts"
import { conclave, LAUNCHER, Program } from "../program.ts"
import { temporaryDirectory } from "./local-stage.ts"

type Line = Readonly<Record<string, unknown>>

/** Flags of an agent that keeps everything in `directory` and meets nobody by chance. */
function flags(directory: string, name: string, ...more: string[]): string[] {
  const at = (file: string): string => join(directory, `${name}-${file}`)
  const paths = ["--data-dir", at("data"), "--socket", at("app.sock"), "--admin-socket", at("admin.sock")]
  // The port of an agent that ended may go to one of another test, which has members of the same names.
  const cluster = /conclave-test-\w+/.exec(directory)?.[0] ?? name
  const own = ["--name", name, "--cluster", cluster]
  const hasKeys = more.includes("--insecure") || more.includes("--gossip-key-file")
  const keys = hasKeys ? [] : sharedKeys(directory)
  return ["agent", ...own, ...paths, "--bind", "127.0.0.1:0", "--http-addr", "off", ...keys, ...more]
}

async function event(agent: Program, name: string, fits: (line: Line) => boolean = () => true): Promise<Line> {
  const isIt = (text: string): boolean => {
    const line = parse(text)
    return line["event"] === name && fits(line)
  }
  return parse(await agent.line(isIt))
}

function parse(text: string): Line {
  return text.startsWith("{") ? (JSON.parse(text) as Line) : {}
}

interface Shown {
  readonly items: readonly Line[]
  readonly uptimeMs?: number
}

/** Asks until the answer `fits`. */
async function shows(socketPath: string, path: string, fits: (shown: Shown) => boolean): Promise<void> {
  for (let shown = await show(socketPath, path); !fits(shown); shown = await show(socketPath, path))
    await new Promise((later) => setTimeout(later, 50))
}

/** What the agent shows at one of its sockets. */
function show(socketPath: string, path: string): Promise<Shown> {
  return new Promise((resolve, reject) => {
    const sent = request({ socketPath, path }, (response) => {
      let text = ""
      response.setEncoding("utf8").on("data", (chunk: string) => {
        text += chunk
      })
      response.on("end", () => resolve(JSON.parse(text) as Shown))
    })
    sent.on("error", reject)
    sent.end()
  })
}

test("the launcher is a program that becomes the agent, with one thread for V8", async (t) => {
  const env = { ...process.env, PATH: `${dirname(process.execPath)}:${process.env["PATH"]}` }
  const agent = new Program(t, [LAUNCHER, ...flags(temporaryDirectory(t), "a")], { env })
  const { pid } = await event(agent, "agent.ready")
  t.match(readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0"), [/node$/, "--v8-pool-size=1", LAUNCHER, "agent"])
  agent.signal("SIGTERM")
  t.equal((await agent.ended).code, 0, "its signals come to the agent")
})

test("flags that cannot be understood end it with 2, all at once, as text or JSON", async (t) => {
  const text = await conclave(t, "agent", "--nmae", "x", "--bind").ended
  t.equal(text.code, 2)
  t.match(text.stderr, /conclave agent: unknown flag --nmae; did you mean --name\?; --bind needs a value/)
  t.match(text.stderr, /Next: conclave agent --help/)
  const json = await conclave(t, "agent", "--json", "--bootstrap", "--bootstrap-expect", "3").ended
  t.equal(json.code, 2)
  t.match(JSON.parse(json.stderr), { error: { code: "INVALID_ARGUMENT", outcome: "not-applied", retryable: false } })
})

test("a wrong configuration ends it with 78 and every problem with its place", async (t) => {
  const file = join(temporaryDirectory(t), "c.yaml")
  writeFileSync(file, "nmae: x\ngossip:\n  fanout: many\n")
  const text = await conclave(t, "agent", "--config", file, "--socket", `/tmp/${"s".repeat(103)}`).ended
  t.equal(text.code, 78)
  t.match(text.stderr, `${file}:1:1`)
  t.match(text.stderr, `${file}:3:11`)
  t.match(text.stderr, /at most 107 bytes, this one has 108/)
  const json = await conclave(t, "agent", "--config", file, "--json").ended
  t.equal(json.code, 78)
  t.match(JSON.parse(json.stderr).error.details.problems, [
    { file, line: 1, column: 1, key: "nmae" },
    { file, line: 3, column: 11, key: "gossip.fanout" },
  ])
})

test("without keys it ends with 78 and the command that makes one, unless it is told to run insecure", async (t) => {
  const directory = temporaryDirectory(t)
  const open = flags(directory, "a", "--insecure")
  const bare = open.filter((flag) => flag !== "--insecure")
  const text = await conclave(t, ...bare).ended
  t.equal(text.code, 78)
  t.match(text.stderr, /2 problems:\n.*gossipKeyFile .*\n.*joinKeyFile .*\nNext: conclave keyring gen > gossip.key\n/)
  const half = await conclave(t, ...bare, ...sharedKeys(directory).slice(0, 2), "--json").ended
  t.equal(half.code, 78)
  t.match(JSON.parse(half.stderr).error, {
    code: "INVALID_ARGUMENT",
    hint: "conclave keyring gen > join.key",
    details: { problems: [{ key: "joinKeyFile" }] },
  })
  const agent = conclave(t, ...open)
  t.match(await event(agent, "agent.not-encrypted"), { level: "warn", msg: /^insecure: / })
  await event(agent, "agent.ready")
  agent.signal("SIGTERM")
  t.equal((await agent.ended).code, 0)
})

test("ready is said at every log level, and TERM ends it with 0", async (t) => {
  const directory = temporaryDirectory(t)
  const agent = conclave(t, ...flags(directory, "a", "--log-level", "error"))
  const ready = await event(agent, "agent.ready")
  t.equal(ready["pid"], agent.pid)
  t.match(ready, { name: "a", id: /^[a-z2-7]{26}$/, addr: /^127\.0\.0\.1:\d+$/, http: null })
  t.match(ready, { socket: join(directory, "a-app.sock"), adminSocket: join(directory, "a-admin.sock") })
  agent.signal("SIGTERM")
  t.equal((await agent.ended).code, 0)
})

test("HUP applies what can change, names what waits for a restart each time, and refuses what is wrong", async (t) => {
  const directory = temporaryDirectory(t)
  const file = join(directory, "c.yaml")
  writeFileSync(file, "zone: z1\ntags: {role: web}\n")
  const agent = conclave(t, ...flags(directory, "a", "--config", file))
  await event(agent, "agent.ready")
  writeFileSync(file, "zone: z2\ntags: {role: db}\nrestartGrace: 5s\n")
  agent.signal("SIGHUP")
  const first = await event(agent, "config.reloaded")
  t.match(first["applied"], [{ key: "restartGrace", from: "30s", to: "5s" }, { key: "tags.role" }])
  t.same(first["needsRestart"], ["zone"])
  const { items } = await show(join(directory, "a-admin.sock"), "/v1/config")
  const shownOf = (key: string): unknown => items.find((item) => item["key"] === key)?.["value"]
  t.same([shownOf("restartGrace"), shownOf("tags.role"), shownOf("zone")], ["5s", "db", "z1"])
  t.match(shownOf("bind"), /^127\.0\.0\.1:[1-9]/)
  const members = await show(join(directory, "a-app.sock"), "/v1/members")
  t.match(members.items, [{ name: "a", zone: "z1", tags: { role: "db" } }])
  writeFileSync(file, "zone: z2\nlogLevel: loud\n")
  agent.signal("SIGHUP")
  t.match(await event(agent, "config.invalid"), { msg: /logLevel/ })
  writeFileSync(file, "zone: z2\ntags: {}\n")
  agent.signal("SIGHUP")
  const last = await event(agent, "config.reloaded", (line) => JSON.stringify(line).includes('"to":null'))
  t.same(last["needsRestart"], ["zone"], "it still does")
  agent.signal("SIGTERM")
  t.equal((await agent.ended).code, 0)
})

test("HUP with a key file that cannot be used leaves the agent as it was", async (t) => {
  const directory = temporaryDirectory(t)
  const streams = sharedKeys(directory).at(-1) ?? ""
  const agent = conclave(t, ...flags(directory, "a"))
  const told = await event(agent, "stream.secrets")
  await event(agent, "agent.ready")
  writeFileSync(streams, "short")
  agent.signal("SIGHUP")
  t.match(await event(agent, "config.invalid"), { msg: /stay as they were: joinKeyFile: .* less than 16 bytes/ })
  await event(agent, "config.reloaded")
  writeFileSync(streams, "another one, which is long enough")
  agent.signal("SIGHUP")
  await event(agent, "stream.secrets", (line) => line["msg"] !== told["msg"])
  agent.signal("SIGTERM")
  t.equal((await agent.ended).code, 0)
})

test("HUP before there is anything to reload is answered as soon as there is", async (t) => {
  const directory = temporaryDirectory(t)
  const file = join(directory, "c.yaml")
  writeFileSync(file, "tags: {role: web}\n")
  // The process signals itself as soon as it listens for that, long before it is ready.
  const source = `import { writeFileSync } from "node:fs"
    process.on("newListener", (event) => {
      if (event !== "SIGHUP") return
      writeFileSync(${JSON.stringify(file)}, "tags: {role: db}")
      setImmediate(() => process.kill(process.pid, "SIGHUP"))
    })`
  const early = `data:text/javascript,${encodeURIComponent(source)}`
  const options = flags(directory, "a", "--config", file)
  const agent = new Program(t, [process.execPath, "--import", early, LAUNCHER, ...options])
  t.match((await event(agent, "config.reloaded"))["applied"], [{ key: "tags.role", from: "web", to: "db" }])
  await event(agent, "agent.ready")
  agent.signal("SIGTERM")
  t.equal((await agent.ended).code, 0)
})

test("a copied data directory is an alarm at both agents, and the one that was started from the copy ends with 7", async (t) => {
  const directory = temporaryDirectory(t)
  const file = join(directory, "c.yaml")
  writeFileSync(file, "gossip: {nameWait: 4s}\n")
  const start = (place: string, name: string, ...more: string[]): Program => {
    mkdirSync(join(directory, place), { recursive: true })
    const all = ["--config", file, "--profile", "local", ...sharedKeys(directory), ...more]
    return conclave(t, ...flags(join(directory, place), name, ...all))
  }
  const seed = start("seed", "seed")
  const join_ = ["--join", String((await event(seed, "agent.ready"))["addr"])]
  const first = start("first", "db", ...join_)
  const { addr } = await event(first, "agent.ready")
  await event(seed, "member.join", ({ member }) => member === "db")
  await event(first, "join.done")
  // It is no newcomer any more, whatever the addresses are.
  await shows(join(directory, "first", "db-app.sock"), "/v1/status", ({ uptimeMs }) => Number(uptimeMs) > 4000)
  mkdirSync(join(directory, "copy", "db-data"), { recursive: true, mode: 0o700 })
  for (const kept of ["node.key", "members.log"])
    copyFileSync(join(directory, "first", "db-data", kept), join(directory, "copy", "db-data", kept))
  const copy = start("copy", "db", "--json", ...join_)
  for (const agent of [first, copy]) {
    const alarm = await event(agent, "member.conflict")
    t.match(alarm["msg"], /two agents run with one key.*its data directory was copied: stop one of the two/)
  }
  const { code, stderr } = await copy.ended
  t.equal(code, 7)
  const { error } = JSON.parse(stderr)
  t.match(error, { code: "CONFLICT", details: { reason: "key-taken" } })
  t.match(error.message, `another agent runs with the key of this one`)
  t.match(error.message, `at ${addr}`)
  const stays = (item: Line): boolean => item["addr"] === addr && item["status"] === "alive"
  await shows(join(directory, "seed", "seed-app.sock"), "/v1/members", ({ items }) => items.some(stays))
  for (const agent of [first, seed]) {
    agent.signal("SIGTERM")
    t.equal((await agent.ended).code, 0)
  }
})

test("a restart rejoins from disk, without an address to join", async (t) => {
  const directory = temporaryDirectory(t)
  const a = conclave(t, ...flags(directory, "a"))
  const addr = String((await event(a, "agent.ready"))["addr"])
  const b = conclave(t, ...flags(directory, "b", "--join", addr))
  await event(a, "member.join", ({ member }) => member === "b")
  await event(b, "join.done")
  b.signal("SIGTERM")
  t.equal((await b.ended).code, 0)
  const again = conclave(t, ...flags(directory, "b"))
  t.match(await event(again, "join.done"), { member: "a" })
  for (const agent of [again, a]) {
    agent.signal("SIGTERM")
    t.equal((await agent.ended).code, 0)
  }
})

test("an agent whose disk does not come back ends in time all the same, and not as if all were well", async (t) => {
  const directory = temporaryDirectory(t)
  mkdirSync(join(directory, "a-data", "raft"), { recursive: true })
  // Whoever opens it waits for a writer, and none comes.
  execFileSync("mkfifo", [join(directory, "a-data", "raft", "wal-00000000000001.log")])
  const agent = conclave(t, ...flags(directory, "a", "--bootstrap", "--log-format", "json"))
  await event(agent, "agent.ready")
  agent.signal("SIGTERM")
  t.match(await event(agent, "agent.stop"), { level: "error" })
  const { code, signal } = await agent.ended
  t.same([code, signal], [null, "SIGKILL"])
})

test("a bug ends the agent at once, and is said, also where the thread of the log does not come back from the disk", async (t) => {
  const directory = temporaryDirectory(t)
  mkdirSync(join(directory, "a-data", "raft"), { recursive: true })
  // Whoever opens it waits for a writer, and none comes.
  execFileSync("mkfifo", [join(directory, "a-data", "raft", "wal-00000000000001.log")])
  const bug = `data:text/javascript,process.on("SIGUSR2",()=>{throw new Error("planted")})`
  const options = flags(directory, "a", "--log-format", "json")
  const agent = new Program(t, [process.execPath, "--import", bug, LAUNCHER, ...options])
  await event(agent, "agent.address")
  agent.signal("SIGUSR2")
  t.match(await event(agent, "agent.bug"), { level: "error" })
  const { code, signal, stderr } = await agent.ended
  t.same([code, signal], [null, "SIGKILL"])
  t.match(stderr, /planted/)
})
