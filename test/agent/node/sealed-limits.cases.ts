import type { TLSSocket } from "node:tls"
import type { Addr } from "@conclave/base"
import { hashText } from "@conclave/base"
import { showKey } from "conclave/node/links/key-proof"
import { CHANNEL_FRAME_BYTES_MAX } from "conclave/node/links/link-channel"
import { ANSWERS, encodeOpening, type OpeningKind } from "conclave/node/links/link-opening"
import { test } from "tap"
import { CLUSTER, raw } from "./link-stage.ts"
import {
  clientHello,
  exportedOf,
  newKey,
  openSealed,
  proofOf,
  type SealedPeer,
  type Stranger,
  stranger,
} from "./sealed-stage.ts"
import { until } from "./until.ts"

/** Says these bytes one by one, as long as it may. */
async function drip(stream: TLSSocket | ReturnType<typeof raw>["socket"], bytes: Uint8Array): Promise<void> {
  for (const byte of bytes) {
    if (stream.destroyed) return
    stream.write(Uint8Array.of(byte))
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}

/** What a member says before all else, up to what its stream is for. */
async function admitted(b: SealedPeer, kind: OpeningKind): Promise<Stranger> {
  const [own, proof] = [newKey(), await proofOf()]
  const dialler = stranger(b)
  await until("the handshake is made", () => dialler.secured)
  const session = { exported: exportedOf(dialler.stream), dialler: own.id, acceptor: b.id }
  const opening = encodeOpening({ kind, label: hashText(CLUSTER), source: "127.0.0.1:9" as Addr, target: undefined })
  dialler.stream.write(Buffer.concat([proof.show(session, "dialler"), showKey(own, session), opening]))
  await until("it is welcome", () => dialler.got.length === 33)
  dialler.got.splice(0, 32)
  return dialler
}

test("who says byte by byte what an agent says at once has no longer for it, before the handshake and after", async (t) => {
  const b = await openSealed({ unfinishedMs: 400 })
  const hello = await clientHello()
  const slow = raw(b, new Uint8Array(0))
  const slowest = stranger(b)
  await until("the handshake is made", () => slowest.secured)
  await Promise.all([drip(slow.socket, hello), drip(slowest.stream, new Uint8Array(127))])
  await until("both are closed", () => slow.closed() && slowest.closed)
  t.same([...slow.got, ...slowest.got], [])
  t.same(b.refused, ["unfinished", "unfinished"])
  await until("nothing is kept of them", () => b.links.connections() === 0)
  await b.links.close()
})

test("who ends its half before it has said what it wants is let go, whether it shook hands or not", async (t) => {
  const b = await openSealed()
  const hello = await clientHello()
  const halves = [new Uint8Array(0), hello.subarray(0, 20), hello].map((bytes) => raw(b, bytes))
  for (const { socket } of halves) socket.end()
  const shaken = stranger(b)
  await until("the handshake is made", () => shaken.secured)
  shaken.stream.end(new Uint8Array(5))
  await until("nothing is kept of them, long before their time is over", () => b.links.connections() === 0)
  t.same(shaken.got, [])
  await b.links.close()
})

test("a member that announces more than a request or a frame may have is cut off, and keeps none of it here", async (t) => {
  const b = await openSealed()
  const ends: string[] = []
  b.links.onRequest(() => t.fail("it is no request"))
  b.links.onDial(() => (event) => void ends.push(event.kind))
  const [asking, dialling] = [await admitted(b, "request"), await admitted(b, "channel")]
  const gigabyte = Uint8Array.of(0x40, 0, 0, 0)
  const overByOne = Buffer.alloc(4)
  overByOne.writeUInt32BE(CHANNEL_FRAME_BYTES_MAX + 1)
  asking.stream.write(gigabyte)
  dialling.stream.write(overByOne)
  for (const each of [asking, dialling]) {
    await until("it is closed", () => each.closed)
    t.same(each.got, [ANSWERS.welcome])
  }
  t.same(ends, ["over"])
  t.same(b.refused, ["garbage"])
  await b.links.close()
})
