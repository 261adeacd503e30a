import { chmodSync, existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs"
import { createServer } from "node:net"
import { join } from "node:path"
import { inspect } from "node:util"
import { type Daemon, StartError } from "conclave/node/daemon"
import { lockDirectory } from "conclave/node/directory-lock"
import { PortError } from "conclave/node/open-ports"
import { listenUnix } from "conclave/node/unix-socket"
import { test } from "tap"
import { keyFileIn } from "../../key-files.ts"
import { temporaryDirectory } from "../local-stage.ts"
import { agentIn, states, written } from "./daemon-stage.ts"
import { until } from "./until.ts"

const TIMERS_AT_FIRST = timers()

function timers(): number {
  return process.getActiveResourcesInfo().filter((each) => each === "Timeout").length
}

test("a data directory that takes nothing is one warning", async (t) => {
  const directory = temporaryDirectory(t)
  const made = agentIn(directory, "a")
  const daemon = await made.start("--data-dir", "/dev/null/data")
  t.teardown(() => daemon.close("restart"))
  const about = daemon.host.warnings().filter(({ message }) => /written|kept/.test(message))
  t.match(about, [{ code: "data-directory", message: /\/dev\/null\/data cannot be written: .*; nothing is kept/ }])
  t.equal(about.length, 1)
  t.equal(made.events.filter((event) => event === "agent.data-directory").length, 1, "it is logged once")
})

test("agents with one key hear each other's gossip, one with another key is heard by nobody and told why", async (t) => {
  const directory = temporaryDirectory(t)
  const [key, other] = [keyFileIn(directory, "key"), keyFileIn(directory, "other")]
  const [one, three] = [agentIn(directory, "a"), agentIn(directory, "c")]
  const a = await one.start("--gossip-key-file", key)
  const join_ = ["--join", a.ready["addr"] as string]
  const b = await agentIn(directory, "b").start("--gossip-key-file", key, ...join_)
  const c = await three.start("--gossip-key-file", other, ...join_)
  t.teardown(() => Promise.all([a, b, c].map((each) => each.close("restart"))))
  const measured = (from: Daemon, to: Daemon): Promise<number | undefined> =>
    new Promise((done) => from.host.ping(to.host.id, "udp", done))
  await until("all have joined, by stream", () => [a, b, c].every(({ host }) => host.members().length === 3))
  t.ok(((await measured(a, b)) ?? 0) > 0)
  t.equal(await measured(a, c), undefined)
  t.equal(await measured(c, a), undefined)
  const codes = ({ host }: Daemon): readonly string[] => host.warnings().map(({ code }) => code)
  for (const each of [a, c]) t.ok(codes(each).some((code) => code === "gossip-other-key" || code === "gossip-forged"))
  t.ok(three.events.some((event) => event === "gossip.other-key" || event === "gossip.forged"))
  t.ok(one.events.includes("gossip.keys"))
})

test("a key is in nothing that an agent writes or tells", async (t) => {
  const directory = temporaryDirectory(t)
  const path = keyFileIn(directory, "key")
  const made = agentIn(directory, "a")
  const daemon = await made.start("--gossip-key-file", path, "--http-addr", "127.0.0.1:0", "--log-level", "debug")
  const b = await agentIn(directory, "b").start("--gossip-key-file", path, "--join", daemon.ready["addr"] as string)
  await until("they gossip", () => daemon.host.counts().alive === 2)
  await daemon.seals.reload("send")
  const metrics = await (await fetch(`http://${daemon.ready["http"]}/metrics`)).text()
  const told = [daemon.ready, daemon.host.config(), daemon.host.warnings(), inspect(daemon, { depth: 12 })]
  await b.close("restart")
  await daemon.close("restart")
  const files = readdirSync(join(directory, "a-data"), { recursive: true, withFileTypes: true })
  const kept = files.filter((each) => each.isFile()).map((each) => readFileSync(join(each.parentPath, each.name)))
  const key = Buffer.from(readFileSync(path, "utf8"), "base64")
  const forms = [key.toString("base64"), key.toString("hex"), key.toString("latin1"), key.join(","), key.join(", ")]
  const all = [...made.lines, metrics, JSON.stringify(told), ...kept.map((bytes) => bytes.toString("latin1"))]
  t.ok(kept.length > 0 && made.lines.some((line) => line.includes("gossip.keys")), "there is something to look at")
  for (const form of forms) t.notOk(all.some((text) => text.includes(form) || text.includes(form.slice(4, 30))))
})

test("a key file that cannot be used is refused with the next step, and nothing is left open", async (t) => {
  const directory = temporaryDirectory(t)
  const path = join(directory, "key")
  writeFileSync(path, "")
  chmodSync(path, 0o644)
  await t.rejects(agentIn(directory, "a").start("--gossip-key-file", path), {
    name: "StartError",
    message: `gossipKeyFile: ${path} is open to others (mode 0644); chmod 600 ${path}`,
  })
  const lock = await lockDirectory(join(directory, "a-data"))
  t.equal(lock.kind, "locked", "the data directory is free")
  if (lock.kind === "locked") await lock.release()
})

test("agents find each other, a restart is announced, and nothing stays open", async (t) => {
  const directory = temporaryDirectory(t)
  const a = await agentIn(directory, "a").start("--http-addr", "127.0.0.1:0", "--bootstrap")
  const b = await agentIn(directory, "b").start("--join", a.ready["addr"] as string)
  await until("they know each other", () => a.host.counts().alive === 2 && b.host.counts().alive === 2)
  const http = a.ready["http"] as string
  await until("it leads a group of its own", () => a.host.readiness().every(({ ok }) => ok))
  t.equal((await fetch(`http://${http}/readyz`)).status, 200)
  t.match(await (await fetch(`http://${http}/metrics`)).text(), /conclave_members\{status="alive"\} 2/)
  await b.close("restart")
  t.same(states(a), { a: "alive", b: "alive" }, "it said that it will be back")
  t.notOk(existsSync(join(directory, "b-a.sock")))
  const again = await agentIn(directory, "b").start("--join", a.ready["addr"] as string)
  t.equal(again.ready["id"], b.ready["id"], "the key was kept")
  await until("it is back", () => again.host.counts().alive === 2)
  await again.close("restart")
  await a.close("restart")
  await t.rejects(fetch(`http://${http}/readyz`))
  const lock = await lockDirectory(join(directory, "a-data"))
  t.equal(lock.kind, "locked", "the data directory is free")
  if (lock.kind === "locked") await lock.release()
})

test("whoever leaves for good ends by that", async (t) => {
  const directory = temporaryDirectory(t)
  const made = agentIn(directory, "a")
  const daemon = await made.start()
  await new Promise<void>((left) =>
    daemon.host.leave({ force: false, timeoutMs: 5000, graceMs: undefined }, () => left()),
  )
  t.same(made.ended, ["left"])
  await daemon.close("left")
})

test("what cannot be had refuses the start before others hear of it, and all is given back", async (t) => {
  const directory = temporaryDirectory(t)
  const seed = await agentIn(directory, "seed").start()
  const join_ = ["--join", seed.ready["addr"] as string]
  const live = createServer((socket) => socket.destroy())
  await listenUnix(live, join(directory, "live.sock"))
  const held = createServer()
  await new Promise<void>((resolve) => held.listen(0, "127.0.0.1", resolve))
  const taken = `127.0.0.1:${(held.address() as { port: number }).port}`
  const refusals: readonly (readonly [readonly string[], typeof StartError | typeof PortError, RegExp])[] = [
    [["--socket", join(directory, "live.sock")], StartError, /live\.sock is in use by another agent/],
    [["--admin-socket", join(directory, "live.sock")], StartError, /live\.sock is in use by another agent/],
    [["--data-dir", join(directory, "seed-data")], StartError, /uses the data directory/],
    [["--http-addr", taken], StartError, /HTTP .* is used by .*set httpAddr/],
    [["--bind", taken], PortError, /TCP .* is used by .*--bind/],
  ]
  const before = readdirSync("/proc/self/fd").length
  for (const [flags, kind, message] of refusals) {
    const refused = await agentIn(directory, "b")
      .start(...join_, ...flags)
      .catch((cause: Error) => cause)
    t.ok(refused instanceof kind, `${flags}`)
    t.match((refused as Error).message, message)
  }
  t.same(states(seed), { seed: "alive" }, "nobody came and died")
  const lock = await lockDirectory(join(directory, "b-data"))
  t.equal(lock.kind, "locked")
  if (lock.kind === "locked") await lock.release()
  await until("no descriptor is left", () => readdirSync("/proc/self/fd").length <= before)
  live.close()
  held.close()
  await seed.close("restart")
})

test("something that does not close keeps nothing else open", async (t) => {
  const directory = temporaryDirectory(t)
  const before = readdirSync("/proc/self/fd").length
  const daemon = await agentIn(directory, "a").start("--http-addr", "127.0.0.1:0")
  const stop = daemon.host.stop.bind(daemon.host)
  daemon.host.stop = () => {
    stop()
    throw new Error("cannot stop")
  }
  await t.rejects(daemon.close("fatal"), { message: "cannot stop" })
  t.notOk(existsSync(join(directory, "a-a.sock")))
  await t.rejects(fetch(`http://${daemon.ready["http"]}/readyz`))
  const lock = await lockDirectory(join(directory, "a-data"))
  t.equal(lock.kind, "locked", "the data directory is free")
  if (lock.kind === "locked") await lock.release()
  await until("no descriptor is left", () => readdirSync("/proc/self/fd").length <= before)
})

test("that an agent runs without encryption is said aloud, and an encrypted one has nothing to warn of", async (t) => {
  const made = agentIn(temporaryDirectory(t), "a")
  const open = await made.start("--insecure")
  t.ok(made.lines.some((line) => /"warn","event":"agent.not-encrypted","message":"insecure: /.test(line)))
  t.match(open.host.warnings(), [{ code: "not-encrypted", message: /^insecure: / }])
  await open.close("fatal")
  const other = agentIn(temporaryDirectory(t), "a")
  const sealed = await other.start()
  t.equal(sealed.ready["http"], null)
  t.notOk(other.events.includes("agent.not-encrypted"))
  t.same(sealed.host.warnings(), [])
  await sealed.close("fatal")
})

test("three agents vote, and what one proposes is applied, also after the leader's process is gone", async (t) => {
  const directory = temporaryDirectory(t)
  const first = await agentIn(directory, "a").start("--bootstrap")
  const join = ["--join", first.ready["addr"] as string]
  const rest = [await agentIn(directory, "b").start(...join), await agentIn(directory, "c").start(...join)]
  const isVoter = ({ host }: Daemon): boolean =>
    host.members().filter(({ record }) => record.seat?.role === "voter").length === 3
  await until("all three vote", () => [first, ...rest].every(isVoter))
  for (const daemon of [first, ...rest])
    t.match(await written(daemon), { kind: "applied", result: { kind: "written" } })
  const leader = [first, ...rest].find(({ host }) => host.consensus.running?.isLeader === true) as Daemon
  const others = [first, ...rest].filter((daemon) => daemon !== leader)
  // Without a word to anybody, as a crash does it.
  await leader.close("fatal")
  await until("another leads", () => others.some(({ host }) => host.consensus.running?.isLeader === true))
  for (const daemon of others) t.match(await written(daemon), { kind: "applied" })
  for (const daemon of others) await daemon.close("restart")
})

test("none of all that has stopped begins anything anew", () =>
  until("its alarms are silent", () => timers() <= TIMERS_AT_FIRST))
