import { writeFileSync } from "node:fs"
import { connect as connectPlain, type Socket } from "node:net"
import { join } from "node:path"
import { connect } from "node:tls"
import { setFlagsFromString } from "node:v8"
import { runInNewContext } from "node:vm"
import type { Addr, Millis } from "@conclave/base"
import type { Daemon } from "conclave/node/daemon"
import { test } from "tap"
import { temporaryDirectory } from "../local-stage.ts"
import { agentIn } from "./daemon-stage.ts"
import { type Peer, watch } from "./link-stage.ts"
import { openSealed } from "./sealed-stage.ts"
import { until } from "./until.ts"

const SECRET = "what only members know"
/** In all, and at a time. */
const STRANGERS = 2000
const AT_ONCE = 50
/** While it floods this process is always at work: with less than this of a processor others were in its way. */
const UNDISTURBED = 0.8
const ATTEMPTS = 5
/** A certificate, keys, a proof of them and two tickets are half of it. */
const HANDSHAKE_BYTES_MAX = 3000
const KEPT_BYTES_MAX = 24 * 1024 * 1024
/** Where no member lives. */
const ELSEWHERE = ["127.0.0.2", "127.0.0.3", "127.0.0.4", "127.0.0.5"]

interface Stranger {
  readonly socket: Socket
  /** What it could read of what came back: under TLS, what is under the seal. */
  said: number
  /** It has got as far as it gets. */
  isThere: boolean
  isClosed: boolean
}

function plain(port: number, from: string, bytes: Uint8Array): Stranger {
  const socket = connectPlain({ host: "127.0.0.1", port, localAddress: from }, () => {
    stranger.isThere = true
    socket.write(bytes)
  })
  const stranger: Stranger = { socket, said: 0, isThere: false, isClosed: false }
  socket.on("data", ({ length }) => {
    stranger.said += length
  })
  return watched(stranger, socket)
}

/** Shakes hands, and then says `bytes` in place of what proves that it is a member. */
function unproven(port: number, from: string, bytes: Uint8Array): Stranger {
  const socket = connectPlain({ host: "127.0.0.1", port, localAddress: from })
  const stream = connect({ socket, rejectUnauthorized: false, ALPNProtocols: ["conclave/1"] }, () => {
    stranger.isThere = true
    stream.write(bytes)
  })
  const stranger: Stranger = { socket, said: 0, isThere: false, isClosed: false }
  stream.on("data", ({ length }) => {
    stranger.said += length
  })
  stream.on("error", () => {})
  return watched(stranger, socket)
}

function watched(stranger: Stranger, socket: Socket): Stranger {
  socket.on("error", () => {})
  socket.on("close", () => {
    stranger.isClosed = true
  })
  return stranger
}

const FORMS: readonly ((port: number, from: string) => Stranger)[] = [
  (port, from) => plain(port, from, new Uint8Array(0)),
  (port, from) => plain(port, from, Buffer.from("GET / HTTP/1.1\r\n\r\n")),
  (port, from) => plain(port, from, Uint8Array.of(0x16, 3, 1, 2, 0, 1, 0, 1, 0xfc, 3, 3)),
  (port, from) => unproven(port, from, new Uint8Array(0)),
  (port, from) => unproven(port, from, new Uint8Array(200).fill(7)),
]

/** All of them, so many at a time: those give way to the next. */
async function flood(port: number): Promise<readonly Stranger[]> {
  const all: Stranger[] = []
  while (all.length < STRANGERS) {
    const some = Array.from({ length: AT_ONCE }, (_, each) => {
      const form = FORMS[each % FORMS.length] as (typeof FORMS)[number]
      return form(port, ELSEWHERE[each % ELSEWHERE.length] as string)
    })
    all.push(...some)
    await until("each is as far as it gets", () => some.every(({ isThere, isClosed }) => isThere || isClosed))
    for (const { socket } of some) socket.destroySoon()
  }
  return all
}

function heapBytes(): number {
  setFlagsFromString("--expose-gc")
  const collect: () => void = runInNewContext("gc")
  collect()
  return process.memoryUsage().heapUsed
}

function termOf({ host }: Daemon): number | undefined {
  return host.consensus.running?.raft.term
}

function write({ host }: Daemon): Promise<string> {
  const deadline = (performance.now() + 30_000) as Millis
  return new Promise((done) => host.consensus.state.propose({ kind: "tick" }, deadline, ({ kind }) => done(kind)))
}

/** Opens one stream after the other, as agents do that come back, until it is told to stop. */
function comeAndGo(member: Peer, to: Addr, id: Daemon["host"]["id"]): () => Promise<readonly string[]> {
  const ends: string[] = []
  let isOver = false
  const running = (async () => {
    while (!isOver) {
      const link = watch(member, to, id)
      await until("it is up, or is not to be", () => link.events.length > 0)
      ends.push(...link.events)
      link.close()
    }
    return ends
  })()
  return () => {
    isOver = true
    return running
  }
}

/** The result: what share of a processor this process has had since. */
function watchProcessor(): () => number {
  const [sinceMs, before] = [performance.now(), process.cpuUsage()]
  return () => {
    const { user, system } = process.cpuUsage(before)
    return (user + system) / 1000 / (performance.now() - sinceMs)
  }
}

function isUnrest(event: string): boolean {
  return /^member\.|^raft\./.test(event)
}

test("of connections without a secret nobody dies, nothing stays, and members come and go as ever", async (t) => {
  const directory = temporaryDirectory(t)
  const secret = join(directory, "join.key")
  writeFileSync(secret, SECRET, { mode: 0o600 })
  const key = ["--join-key-file", secret]
  const made = [agentIn(directory, "a"), agentIn(directory, "b"), agentIn(directory, "c")] as const
  const a = await made[0].start("--bootstrap", ...key)
  const at = a.ready["addr"] as Addr
  const [b, c] = [await made[1].start("--join", at, ...key), await made[2].start("--join", at, ...key)]
  const isVoter = (daemon: Daemon): boolean => a.host.memberById(daemon.host.id)?.record.seat?.role === "voter"
  await until("all vote", () => [a, b, c].every(isVoter))
  const member = await openSealed({ secret: SECRET, cluster: "default" })
  const link = watch(member, at, a.host.id)
  await until("a member's link is up", () => link.events.length > 0)
  const before = heapBytes()
  const [strangers, ends]: [Stranger[], string[]] = [[], []]
  let news: readonly string[] = []
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    const [terms, heard] = [[a, b, c].map(termOf), made.map(({ events }) => events.length)]
    const stop = comeAndGo(member, at, a.host.id)
    const share = watchProcessor()
    strangers.push(...(await flood(Number(at.split(":").at(-1)))))
    const isDisturbed = share() < UNDISTURBED
    ends.push(...(await stop()))
    t.same(await write(b), "applied")
    news = made.flatMap(({ events }, index) => events.slice(heard[index]))
    const isElected = [a, b, c].map(termOf).some((term, index) => term !== terms[index])
    if (!isElected && !news.some(isUnrest)) break
    t.comment(`flood ${attempt}: somebody died or was elected; others had the processor: ${isDisturbed}`)
    if (isDisturbed) continue
    t.fail("somebody died or was elected", { news })
    break
  }
  await until("all strangers are gone", () => strangers.every(({ isClosed }) => isClosed))
  t.equal(strangers.filter(({ said }) => said > 0).length, 0, "none has heard a word")
  t.ok(Math.max(...strangers.map(({ socket }) => socket.bytesRead)) <= HANDSHAKE_BYTES_MAX)
  t.ok(
    strangers.some(({ socket }) => socket.bytesRead > 0),
    "some have shaken hands",
  )
  t.ok(ends.length > 0)
  t.same(
    ends.filter((each) => each !== "up"),
    [],
    `members were let in ${ends.length} times`,
  )
  t.same(link.events, ["up"])
  t.ok(news.filter((event) => event === "link.refused").length <= 4, "each reason is logged once")
  t.ok(heapBytes() - before < KEPT_BYTES_MAX)
  await member.links.close()
  for (const daemon of [a, b, c]) await daemon.close("restart")
})
