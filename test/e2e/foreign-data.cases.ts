import { cpSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs"
import { connect as dialSocket } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { crc32 } from "node:zlib"
import { type Addr, hashText } from "@conclave/base"
import { type ClusterId, logIndex, type Message, type ReplicaId, term } from "@conclave/consensus"
import { encodeMessage } from "@conclave/consensus/wire"
import { connect } from "@conclave/sdk"
import { encodeOpening } from "conclave/node/links/link-opening"
import { type OpenLinks, openLinks } from "conclave/node/links/links"
import { encodeFrame } from "conclave/streams/stream-frame"
import { type Test, test } from "tap"
import { freePort } from "../agent/node/link-stage.ts"
import { memberId } from "../agent/node/member-id.ts"
import { until } from "../agent/node/until.ts"
import { answerOf, die, lockRefusal, recover } from "./recovering.ts"
import { type StartedAgent, startAgent } from "./started-agent.ts"

const LONG = { timeout: 300_000 }

function folderFor(t: Test): string {
  const folder = mkdtempSync(join(tmpdir(), "conclave-test-"))
  t.teardown(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

function dataOf(folder: string, name: string): string {
  return join(folder, name, "data")
}

/** A token that was given through this agent. */
async function tokenThrough({ socket }: StartedAgent): Promise<bigint> {
  await using client = await connect({ socket, waitMs: 60_000 })
  await using lock = await client.lock("a")
  return lock.token
}

/** What it warns of, as soon as it warns of its replica. */
async function warning({ socket }: StartedAgent): Promise<{ readonly code: string; hint: string }> {
  await using client = await connect({ socket, waitMs: 60_000 })
  for (;;) {
    const found = (await client.status()).warnings.find(({ code }) => code.startsWith("replica-"))
    if (found !== undefined) return found
  }
}

/** Without what was unfinished, which may go. */
function bytesUnder(directory: string): string {
  return readdirSync(directory)
    .filter((name) => !name.endsWith(".tmp"))
    .sort()
    .map((name) => `${name} ${crc32(readFileSync(join(directory, name)))}`)
    .join("\n")
}

/** As a program of the next format would have written it: the check of the header is right. */
function makeNewer(directory: string): void {
  const name = readdirSync(directory)
    .filter((each) => each.startsWith("wal-"))
    .sort()
    .at(-1) as string
  const path = join(directory, name)
  const bytes = readFileSync(path)
  bytes.writeUInt32BE(2, 4)
  bytes.writeUInt32BE(crc32(bytes.subarray(0, 508)), 508)
  writeFileSync(path, bytes)
}

test(
  "a log of a newer format, and one of another agent of another cluster: said, left alone, and back it goes on",
  LONG,
  async (t) => {
    const folder = folderFor(t)
    const raft = join(dataOf(folder, "n1"), "raft")
    const [first, other] = await Promise.all(
      ["n1", "x1"].map((name) => startAgent(t, { folder, name }, "--bootstrap", "--cluster", name)),
    )
    const token = await tokenThrough(first as StartedAgent)
    await tokenThrough(other as StartedAgent)
    await die(first as StartedAgent, other as StartedAgent)
    const own = `${raft}.own`
    for (const [code, exchange] of [
      ["replica-newer-version", () => makeNewer(raft)],
      ["replica-copy", () => cpSync(join(dataOf(folder, "x1"), "raft"), raft, { recursive: true })],
    ] as const) {
      renameSync(raft, own)
      if (code === "replica-newer-version") cpSync(own, raft, { recursive: true })
      exchange()
      const before = bytesUnder(raft)
      const agent = await startAgent(t, { folder, name: "n1" }, "--cluster", "n1")
      t.match(await warning(agent), { code, hint: /\S/ })
      await using client = await connect({ socket: agent.socket, waitMs: 60_000 })
      t.match(await lockRefusal(client), { code: "NO_QUORUM", outcome: "not-applied" })
      await die(agent)
      t.equal(bytesUnder(raft), before, "nothing of it was touched")
      rmSync(raft, { recursive: true })
      renameSync(own, raft)
      const again = await startAgent(t, { folder, name: "n1" }, "--cluster", "n1")
      t.ok((await tokenThrough(again)) > token)
      await die(again)
    }
    const { clusterId } = await answerOf<{ clusterId: string }>(
      recover(t, "collect", "--data-dir", dataOf(folder, "n1")),
    )
    t.match(clusterId, /^[a-z2-7]{26}$/)
  },
)

/** Everything that somebody may say to a replica and must not be heard for. */
function badWords(cluster: ClusterId, self: ReplicaId): readonly (readonly Uint8Array[])[] {
  const stranger = "stranger" as ReplicaId
  const hello = {
    kind: "hello",
    version: 1,
    purpose: "replica",
    cluster: String(cluster),
    from: "stranger",
    to: String(self),
  } as const
  const vote = (more: Partial<Message> = {}): Message =>
    ({
      ...{ kind: "vote", from: stranger, to: self, term: term(1_000_000), byTransfer: true, byHint: false },
      ...{ last: { index: logIndex(1_000_000), term: term(1_000_000) } },
      ...more,
    }) as unknown as Message
  const other = "o".repeat(26) as ClusterId
  return [
    [encodeFrame({ ...hello, cluster: String(other) }), encodeMessage(vote(), other)],
    [encodeFrame({ ...hello, to: "another" }), encodeMessage(vote(), cluster)],
    [encodeFrame({ ...hello, version: 9 }), encodeMessage(vote(), cluster)],
    [encodeFrame(hello), encodeMessage(vote(), other)],
    [encodeFrame(hello), encodeMessage(vote({ to: "another" as ReplicaId }), cluster)],
    [encodeFrame(hello), encodeMessage(vote({ from: self }), cluster)],
    [encodeFrame(hello), Uint8Array.of(0x52, 1, 2, 3, 4)],
    [encodeFrame(hello), new Uint8Array(100_000).fill(0x52)],
    [Uint8Array.of(0x52), new Uint8Array(0)],
    [encodeFrame({ kind: "twice" })],
  ]
}

/** Bytes on a bare connection, until the other side has closed it. */
function closedAfter(addr: string, bytes: Uint8Array): Promise<void> {
  return new Promise((resolve) => {
    const [host, port] = addr.split(":")
    const socket = dialSocket({ host: host as string, port: Number(port) }, () => socket.write(bytes))
    socket.on("error", () => {})
    socket.on("close", () => resolve())
    socket.resume()
  })
}

async function strangerFor(t: Test, cluster: string): Promise<OpenLinks> {
  const port = await freePort()
  const addr = `127.0.0.1:${port}` as Addr
  const links = await openLinks({ host: "127.0.0.1", port, id: memberId("z"), cluster, advertised: addr })
  t.teardown(() => links.close())
  return links
}

test(
  "frames of another cluster, replica or version, malformed and oversized ones over real sockets move no replica",
  LONG,
  async (t) => {
    const folder = folderFor(t)
    const agent = await startAgent(t, { folder, name: "n1" }, "--bootstrap", "--cluster", "own")
    const before = await tokenThrough(agent)
    await using client = await connect({ socket: agent.socket, waitMs: 60_000 })
    const { clusterId, raft } = await client.status()
    const { items } = await client.request("raft.status", {})
    const self = items[0]?.id as string
    t.type(self, "string")
    const links = await strangerFor(t, "own")
    for (const words of badWords(String(clusterId) as ClusterId, self as ReplicaId)) {
      const ends: string[] = []
      const channel = links.dial(agent.addr as Addr, (event) => {
        if (event.kind === "over") ends.push(event.why)
      })
      for (const word of words) channel.send(word)
      // What is not heard may leave the channel open.
      await until("it has left", () => channel.waitingBytes() === 0 || ends.length > 0)
      channel.close()
    }
    const opening = encodeOpening({
      ...{ kind: "channel", label: hashText("own"), source: "127.0.0.1:9" as Addr, target: undefined },
    })
    const oversized = Buffer.alloc(4)
    oversized.writeUInt32BE(4 * 1024 * 1024 + 1)
    await closedAfter(agent.addr, Buffer.concat([opening, oversized, Buffer.alloc(64)]))
    await closedAfter(agent.addr, Buffer.from("GET / HTTP/1.1\r\n\r\n"))
    const after = await client.status()
    t.equal(after.raft?.term, raft?.term, "nobody stood for a later term")
    t.equal(after.raft?.leader, "n1")
    t.ok((await tokenThrough(agent)) > before)
    t.notOk(after.warnings.some(({ code }) => code.startsWith("replica-")))
  },
)
