import { createSocket, Socket } from "node:dgram"
import { once } from "node:events"
import { readFileSync, writeFileSync } from "node:fs"
import { isSealed } from "@conclave/swim/wire"
import type { Daemon } from "conclave/node/daemon"
import { type Test, test } from "tap"
import { keyFileIn } from "../../key-files.ts"
import { temporaryDirectory } from "../local-stage.ts"
import { agentIn, type Made } from "./daemon-stage.ts"
import { until } from "./until.ts"

/** Sent before the loop turns, so that the agents in this process read them. */
const BURST = 100
/** Is counted when all that was sent before has been read. */
const MARK = new Uint8Array(64)
const LIMIT_MS = 30_000

/** Whatever any agent of this process sends by UDP, until the test ends. */
function record(t: Test): Uint8Array[] {
  const sent: Uint8Array[] = []
  const { send } = Socket.prototype
  const recording = function (this: Socket, ...of: Parameters<Socket["send"]>): void {
    const [bytes] = of
    if (bytes instanceof Uint8Array && isSealed(bytes)) sent.push(Uint8Array.from(bytes))
    send.apply(this, of)
  }
  Socket.prototype.send = recording as Socket["send"]
  t.teardown(() => {
    Socket.prototype.send = send
  })
  return sent
}

function portOf(daemon: Daemon): number {
  return Number(String(daemon.ready["addr"]).split(":").at(-1))
}

/** Whom it holds for alive, each in which life. */
function viewOf({ host }: Daemon): readonly string[] {
  return host
    .members()
    .filter(({ state }) => state !== "dead")
    .map(({ record, state }) => `${record.name} ${state} ${record.generation} ${JSON.stringify(record.tags)}`)
    .sort()
}

interface Stranger {
  /** Sends all of them; resolves when they have been read. */
  readonly replay: (packets: readonly Uint8Array[], to: Daemon) => Promise<void>
  readonly heard: Uint8Array[]
}

async function strangerFor(t: Test): Promise<Stranger> {
  const socket = createSocket("udp4")
  socket.bind(0, "127.0.0.1")
  await once(socket, "listening")
  t.teardown(() => socket.close())
  const heard: Uint8Array[] = []
  socket.on("message", (bytes) => heard.push(bytes))
  return {
    heard,
    replay: async (packets, to) => {
      const marks = (): number => to.host.refusedDatagrams["foreign"] ?? 0
      const before = marks()
      const send = (bytes: Uint8Array): void => socket.send(bytes, portOf(to), "127.0.0.1")
      for (const [index, bytes] of packets.entries()) {
        send(bytes)
        if (index % BURST === 0) await new Promise((resolve) => setImmediate(resolve))
      }
      send(MARK)
      await until("they are read", () => marks() > before)
    },
  }
}

/** An exchange with every other by datagrams and by streams, so that what was said has had its effect. */
async function settled(all: readonly Daemon[]): Promise<void> {
  for (const { host } of all)
    for (const other of all) {
      const ping = (): Promise<unknown> => new Promise((done) => host.ping(other.host.id, "udp", done))
      const endsAt = performance.now() + LIMIT_MS
      while (host !== other.host && (await ping()) === undefined && performance.now() < endsAt) {}
    }
}

interface Past {
  readonly all: { a: Daemon; b: Daemon; c: Daemon }
  /** Where the key of all is. */
  readonly path: string
  readonly start: (name: string, ...flags: readonly string[]) => Promise<Daemon>
  /** What was logged of the deaths of these. */
  readonly deathsOf: (...names: readonly string[]) => string
}

function isAlive(count: number, all: readonly Daemon[]): boolean {
  return all.every(({ host }) => host.counts().alive === count)
}

/** Three members, with what there is to record: a restart, a change, the death of a fourth. */
async function fleetWithPast(t: Test): Promise<Past> {
  const directory = temporaryDirectory(t)
  const path = keyFileIn(directory, "key")
  const made = new Map<string, Made>()
  const joining: string[] = []
  const start: Past["start"] = (name, ...flags) => {
    const own = made.get(name) ?? agentIn(directory, name)
    made.set(name, own)
    return own.start("--gossip-key-file", path, ...joining, ...flags)
  }
  const a = await start("a")
  joining.push("--join", String(a.ready["addr"]))
  const b = await start("b")
  const before = await start("c", "--tag", "life=first")
  const d = await start("d")
  await until("all know all", () => isAlive(4, [a, b, before, d]))
  await before.close("restart")
  const c = await start("c", "--bind", `127.0.0.1:${portOf(before)}`, "--tag", "life=second")
  await until("c is back", () => isAlive(4, [a, b, c, d]) && viewOf(a).some((line) => line.includes("second")))
  await d.close("fatal")
  await until("d is dead", () => [a, b, c].every(({ host }) => host.counts().dead === 1))
  await settled([a, b, c])
  const deathsOf: Past["deathsOf"] = (...names) =>
    [...made.values()]
      .flatMap(({ lines }) => lines.filter((line) => line.includes('"member.dead"')))
      .filter((line) => names.some((name) => line.includes(`"member":"${name}"`)))
      .join("\n")
  t.match(deathsOf("d"), /member.dead/)
  return { all: { a, b, c }, path, start, deathsOf }
}

test("recorded gossip has no effect: at once, after a new start of who hears it, and after a change of the key", async (t) => {
  const recorded = record(t)
  const stranger = await strangerFor(t)
  const { all, path, start, deathsOf } = await fleetWithPast(t)
  let view = viewOf(all.a)
  const holds = async (why: string): Promise<void> => {
    await settled(Object.values(all))
    for (const [name, each] of Object.entries(all)) {
      // Who began after that death does not know of it: for seconds it may be shown who was there before.
      await until("what is no more is not believed", () => viewOf(each).length === view.length)
      t.same(viewOf(each), view, `${why}: ${name}`)
    }
    t.equal(deathsOf("a", "b", "c"), "", `${why}: nobody died of it`)
    t.same(stranger.heard, [], `${why}: and there is no answer`)
  }
  const first = recorded.slice()
  t.ok(first.length > 100, `${first.length} datagrams`)
  for (const each of Object.values(all)) await stranger.replay(first, each)
  await holds("at once")
  t.ok((all.a.host.refusedDatagrams["replayed"] ?? 0) > 20)

  const place = `127.0.0.1:${portOf(all.b)}`
  await all.b.close("restart")
  all.b = await start("b", "--bind", place)
  await until("b is back", () => isAlive(3, Object.values(all)))
  view = viewOf(all.a)
  await stranger.replay(first, all.b)
  t.equal(all.b.host.refusedDatagrams["forged"], 0, "b has not seen them, so they open")
  await holds("after a new start")

  const old = readFileSync(path, "utf8").trim()
  const fresh = readFileSync(keyFileIn(temporaryDirectory(t), "fresh"), "utf8").trim()
  for (const ring of [[old, fresh], [fresh, old], [fresh]]) {
    writeFileSync(path, ring.join("\n"))
    for (const each of Object.values(all)) await each.seals.reload("require")
    await settled(Object.values(all))
    for (const each of Object.values(all)) await stranger.replay(first, each)
    await holds(`with ${ring.length} keys`)
  }
  t.ok((all.b.host.refusedDatagrams["sealed"] ?? 0) >= first.length, "with the new key alone they do not open")
  for (const each of Object.values(all)) await each.close("restart")
})
