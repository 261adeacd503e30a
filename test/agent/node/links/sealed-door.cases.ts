import { spawnSync } from "node:child_process"
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { createServer, type SecureContextOptions, type Server, type TLSSocket } from "node:tls"
import type { NodeId } from "@conclave/base"
import { selfSigned } from "conclave/node/links/certificate"
import { showKey } from "conclave/node/links/key-proof"
import { STRANGERS_MAX } from "conclave/node/links/link-server"
import { STREAMS_OF_ONE_MAX } from "conclave/node/links/peer-streams"
import type { Channel, ChannelEvent } from "conclave/ports"
import { test } from "tap"
import { temporaryDirectory } from "../../local-stage.ts"
import { A, addrOf, B, listening, opening, openPeer, type Peer, raw, request, watch } from "../link-stage.ts"
import {
  clientHello,
  exportedOf,
  type Key,
  newKey,
  openSealed,
  proofOf,
  type SealedPeer,
  type Stranger,
  stranger,
} from "../sealed-stage.ts"
import { until } from "../until.ts"

const HAS_OPENSSL = spawnSync("openssl", ["version"]).error === undefined

/** A TLS server that is no agent. */
async function trap(own: SecureContextOptions, on: (stream: TLSSocket) => void): Promise<Server> {
  const server = createServer({ ...own, ALPNProtocols: ["conclave/1"] }, (stream) => {
    stream.on("error", () => {})
    on(stream)
  })
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  return server
}

function ownOf({ privateKey }: Key, cert = selfSigned(A, privateKey)): SecureContextOptions {
  return { key: privateKey.export({ type: "pkcs8", format: "pem" }), cert }
}

test("requests, watch links and channels go under TLS, and each end knows who the other is", async (t) => {
  const [a, b] = [await openSealed(), await openSealed()]
  b.links.onRequest((source, body, reply) => reply([body, new TextEncoder().encode(source)]))
  const answer = await request(a, b.addr, Uint8Array.of(1, 2))
  t.same(answer.ok && answer.pages[0], Uint8Array.of(1, 2))
  t.same(answer.ok && new TextDecoder().decode(answer.pages[1]), a.addr)
  const link = watch(a, b.addr, b.id)
  await until("the link is up", () => link.events.length > 0)
  t.same(link.events, ["up"])
  const accepted: { channel: Channel; peer: NodeId | undefined; got: number[] }[] = []
  b.links.onDial((_source, channel, peer) => {
    const got: number[] = []
    accepted.push({ channel, peer, got })
    return (event) => event.kind === "frame" && got.push(event.body.length, event.body[0] ?? -1)
  })
  const events: ChannelEvent[] = []
  const channel = a.links.dial(b.addr, (event) => events.push(event))
  channel.send(Uint8Array.of(7))
  channel.send(new Uint8Array(1_000_000).fill(8))
  await until("both frames are there", () => accepted[0]?.got.length === 4)
  t.same(accepted[0]?.got, [1, 7, 1_000_000, 8])
  t.equal(accepted[0]?.peer, a.id, "by the key that it holds")
  accepted[0]?.channel.send(Uint8Array.of(9))
  await until("an answer is there", () => events.length === 2)
  await b.links.close()
  await until("its end is heard", () => events.length === 3 && link.events.length === 2)
  t.same(events[2], { kind: "over", why: "down" })
  t.same(link.events, ["up", "down"])
  t.same(b.refused, [])
  await a.links.close()
})

test("whoever has another secret, or another cluster's, gets nothing, and both sides can say why", async (t) => {
  const b = await openSealed()
  let asked = 0
  b.links.onRequest(() => void asked++)
  for (const wish of [{ secret: "another secret" }, { cluster: "another" }]) {
    const a = await openSealed(wish)
    t.same(await request(a, b.addr, Uint8Array.of(1)), { ok: false, why: "notAdmitted" })
    const link = watch(a, b.addr, b.id)
    const events: ChannelEvent[] = []
    a.links.dial(b.addr, (event) => events.push(event))
    await until("both end", () => link.events.length > 0 && events.length > 0)
    t.same(link.events, ["failed"])
    t.same(events, [{ kind: "over", why: "failed" }])
    await a.links.close()
  }
  t.same(b.refused, Array(6).fill("unproven"))
  t.match(b.links.refusals(), { unproven: 6 })
  t.equal(asked, 0)
  await b.links.close()
})

test("to a stranger goes a handshake and no byte of ours, whatever it says", async (t) => {
  const b = await openSealed({ unfinishedMs: 500 })
  const inTheClear = raw(b, opening)
  await until("it is closed", inTheClear.closed)
  t.same(inTheClear.got, [])
  const otherVersion = stranger(b, { maxVersion: "TLSv1.2", minVersion: "TLSv1.2" })
  const otherProtocol = stranger(b, { ALPNProtocols: ["h2"] })
  const costlyGroup = stranger(b, { ecdhCurve: "ffdhe8192" })
  for (const each of [otherVersion, otherProtocol, costlyGroup]) {
    await until("it is closed", () => each.closed)
    t.notOk(each.secured)
  }
  t.same(b.refused, ["open", "handshake", "handshake", "handshake"])
  const guessing = stranger(b)
  await until("the handshake is made", () => guessing.secured)
  guessing.stream.write(new Uint8Array(2000).fill(1))
  await until("it is closed", () => guessing.closed)
  const silent = stranger(b)
  const half = raw(b, Uint8Array.of(0x16, 3, 1, 2, 0, 1))
  const mute = raw(b, new Uint8Array(0))
  for (const each of [() => silent.closed, half.closed, mute.closed]) await until("it is closed", each)
  t.same(b.refused.slice(4), ["unproven", "unfinished", "unfinished", "unfinished"])
  t.same(
    [otherVersion, otherProtocol, costlyGroup, guessing, silent].flatMap(({ got }) => got),
    [],
  )
  await until("nothing is kept of them", () => b.links.connections() === 0)
  await b.links.close()
})

test("nobody is asked for a certificate, since its chain would be checked before anybody is refused", async (t) => {
  const b = await openSealed()
  const key = newKey()
  // More than TLS takes of one, so that a chain that is asked for ends the handshake.
  const other = stranger(b, ownOf(key, selfSigned(A, key.privateKey).repeat(400)))
  await until("the handshake is made", () => other.secured)
  other.stream.write(new Uint8Array(128))
  await until("it is closed", () => other.closed)
  t.same(b.refused, ["unproven"])
  await b.links.close()
})

test("a member speaks under its own key alone, whatever else it has the secret for", async (t) => {
  const b = await openSealed()
  const [own, other] = [newKey(), newKey()]
  const proof = await proofOf()
  const tell = async (claimed: Key, signing: Key, spoil = false): Promise<Stranger> => {
    const dialler = stranger(b)
    await until("the handshake is made", () => dialler.secured)
    const session = { exported: exportedOf(dialler.stream), dialler: claimed.id, acceptor: b.id }
    const signed = { ...session, exported: spoil ? new Uint8Array(32) : session.exported }
    const ofKey = showKey({ privateKey: signing.privateKey, publicKey: claimed.publicKey }, signed)
    dialler.stream.write(Buffer.concat([proof.show(session, "dialler"), ofKey]))
    await until("it is answered", () => dialler.closed || dialler.got.length > 0)
    return dialler
  }
  const honest = await tell(own, own)
  t.equal(honest.got.length, 32)
  honest.stream.destroy()
  for (const liar of [await tell(other, own), await tell(own, own, true)]) t.same(liar.got, [])
  t.same(b.refused, ["unproven", "unproven"])
  await b.links.close()
})

test("a key of another kind is nobody's", { skip: HAS_OPENSSL ? false : "there is no openssl here" }, async (t) => {
  const a = await openSealed()
  const folder = temporaryDirectory(t)
  for (const algorithm of ["EC -pkeyopt ec_paramgen_curve:P-256", "RSA -pkeyopt rsa_keygen_bits:2048", "ED448"]) {
    const [keyPath, path] = [join(folder, "key.pem"), join(folder, "certificate.pem")]
    const made = ["req", "-x509", "-nodes", "-subj", "/CN=x", "-keyout", keyPath, "-out", path, "-newkey"]
    const { status, stderr } = spawnSync("openssl", [...made, ...algorithm.split(" ")], { encoding: "utf8" })
    t.equal(status, 0, stderr)
    const heard: number[] = []
    const other = await trap({ key: readFileSync(keyPath), cert: readFileSync(path) }, (stream) => {
      stream.on("data", (chunk) => heard.push(...chunk))
    })
    t.same(await request(a, addrOf(other), Uint8Array.of(1)), { ok: false, why: "protocol" })
    t.same(heard, [])
    other.close()
  }
  await a.links.close()
})

test("of a certificate the key counts, and nothing else: neither its dates nor who signed it", async (t) => {
  const a = await openSealed()
  const key = newKey()
  // One that is over since 1999, and whose signature no longer holds.
  const expired = Buffer.from(selfSigned(A, key.privateKey).replace(/-----.*-----|\n/g, ""), "base64")
  expired.write("19991231235959Z", expired.indexOf("99991231235959Z"))
  const lines = ["-----BEGIN CERTIFICATE-----", expired.toString("base64"), "-----END CERTIFICATE-----", ""]
  const proof = await proofOf()
  const heard: number[] = []
  const old = await trap(ownOf(key, lines.join("\n")), (stream) => {
    stream.on("data", (chunk) => heard.push(...chunk))
    stream.write(proof.show({ exported: exportedOf(stream), dialler: a.id, acceptor: key.id }, "acceptor"))
  })
  const body = Buffer.from("what is for members alone")
  void request(a, addrOf(old), body, 2000)
  await until("it is spoken to", () => Buffer.from(heard).includes(body))
  t.ok(heard.length > 128)
  old.close()
  await a.links.close()
})

test("a proof of one session is none in another: it cannot be passed on", async (t) => {
  const b = await openSealed()
  const heard: number[] = []
  // It stands where an agent was meant to be, and hears the proof that was for it.
  const thief = await trap(ownOf(newKey()), (stream) => {
    stream.on("data", (chunk) => heard.push(...chunk))
  })
  const a = await openSealed()
  void request(a, addrOf(thief), Uint8Array.of(1), 2000)
  await until("it has heard a proof", () => heard.length > 128)
  const replay = stranger(b)
  await until("the handshake is made", () => replay.secured)
  replay.stream.write(Uint8Array.from(heard))
  await until("it is closed", () => replay.closed)
  t.same(b.refused, ["unproven"])
  t.same(replay.got, [])
  thief.close()
  await Promise.all([a.links.close(), b.links.close()])
})

test("whoever stands where an agent was meant to be hears an opening and no more", async (t) => {
  const heard: number[] = []
  const standIn = await trap(ownOf(newKey()), (stream) => {
    stream.on("data", (chunk) => {
      heard.push(...chunk)
      // Whoever does not have the secret can but guess.
      stream.write(new Uint8Array(33).fill(1))
    })
  })
  const a = await openSealed()
  const body = Buffer.from("what is for members alone")
  t.same(await request(a, addrOf(standIn), body), { ok: false, why: "protocol" })
  t.ok(heard.length > 128)
  t.notOk(Buffer.from(heard).includes(body))
  standIn.close()
  await a.links.close()
})

test("a dialler that was told another member than the one it finds says nothing to it", async (t) => {
  const b = await openSealed()
  const a = await openSealed({ memberAt: () => A })
  const link = watch(a, b.addr, A)
  const events: ChannelEvent[] = []
  a.links.dial(b.addr, (event) => events.push(event)).send(Uint8Array.of(1))
  await until("both end", () => link.events.length > 0 && events.length > 0)
  t.same(link.events, ["refused"])
  t.same(events, [{ kind: "over", why: "refused" }])
  await until("it saw both go", () => b.links.connections() === 0)
  t.same(b.refused, [], "and heard of nothing")
  await Promise.all([a.links.close(), b.links.close()])
})

test("an agent without TLS and one that requires it do not meet, and both can say why", async (t) => {
  const sealed = await openSealed()
  const open = await openPeer(B)
  t.same(await request(sealed, open.addr, Uint8Array.of(1)), { ok: false, why: "noTls" })
  t.same(await request(open, sealed.addr, Uint8Array.of(1)), { ok: false, why: "reset" })
  t.same(sealed.refused, ["open"])
  t.equal(open.links.refusals().garbage, 1)
  await Promise.all([sealed.links.close(), open.links.close()])
})

test("while a cluster is being sealed, agents of one step and of the next reach each other both ways", async (t) => {
  const open = await openPeer(B)
  const accept = await openSealed({ mode: "accept" })
  const send = await openSealed({ mode: "send" })
  const sealed = await openSealed()
  const reaches = async (from: Peer, to: Peer): Promise<boolean> => {
    to.links.onRequest((_source, body, reply) => reply([body]))
    return (await request(from, to.addr, Uint8Array.of(1))).ok
  }
  for (const [one, next] of [
    [open, accept],
    [accept, send],
    [send, sealed],
  ] as const) {
    t.ok(await reaches(one, next))
    t.ok(await reaches(next, one))
    t.ok(await reaches(one, one))
  }
  t.notOk(await reaches(send, open), "what is sealed never goes in the clear")
  t.notOk(await reaches(accept, sealed))
  const seen: (NodeId | undefined)[] = []
  send.links.onDial((_source, _channel, peer) => {
    seen.push(peer)
    return () => {}
  })
  const channels = [send, sealed, accept, open].map(({ links }) => links.dial(send.addr, () => {}))
  await until("all are there", () => seen.length === 4)
  t.same(seen.filter((peer) => peer !== undefined).sort(), [send.id, sealed.id].sort())
  for (const channel of channels) channel.close()
  await Promise.all([open, accept, send, sealed].map(({ links }) => links.close()))
})

test("what ends before it is through is told once, and what is closed here is not told at all", async (t) => {
  const a = await openSealed()
  const silent = await listening(() => {})
  const ending = await listening((socket) => socket.once("data", () => socket.end()))
  t.same(await request(a, addrOf(silent), Uint8Array.of(1), 50), { ok: false, why: "timeout" })
  t.same(await request(a, addrOf(ending), Uint8Array.of(1)), { ok: false, why: "noTls" })
  const link = watch(a, addrOf(silent), B)
  link.close()
  const late = watch(a, addrOf(silent), B)
  await a.links.close()
  await until("it ends", () => late.events.length > 0)
  t.same(late.events, ["failed"])
  t.same(link.events, [])
  for (const server of [silent, ending]) server.close()
})

/** As many connections as that begin a handshake, by whom, and are gone. */
async function knock(peer: SealedPeer, times: number, hello: Uint8Array): Promise<void> {
  for (let each = 0; each < times; each++) {
    const { socket, closed } = raw(peer, hello)
    socket.once("connect", () => socket.end())
    await until("it is gone", closed)
  }
}

test("strangers are taken on at a bounded pace, and members that are in notice nothing", async (t) => {
  let nowMs = 0
  const b = await openSealed({ nowMs: () => nowMs })
  b.links.onRequest((_source, body, reply) => reply([body]))
  const a = await openSealed()
  const link = watch(a, b.addr, b.id)
  await until("the link is up", () => link.events.length > 0)
  await knock(b, 59, await clientHello())
  t.equal(b.links.refusals().busy, 0)
  await knock(b, 5, await clientHello())
  t.equal(b.links.refusals().busy, 5)
  t.same(await request(a, b.addr, Uint8Array.of(1)), { ok: false, why: "reset" }, "which is not for want of a secret")
  nowMs = 50
  t.ok((await request(a, b.addr, Uint8Array.of(1))).ok, "a moment later there is room for one")
  t.same(link.events, ["up"])
  await Promise.all([a.links.close(), b.links.close()])
})

test("what strangers use up of handshakes members still have, and who has not said what it wants uses none", async (t) => {
  let isHome = false
  const b = await openSealed({ nowMs: () => 0, isHome: () => isHome })
  b.links.onRequest((_source, body, reply) => reply([body]))
  const a = await openSealed()
  const hello = await clientHello()
  await knock(b, 100, hello.subarray(0, hello.length - 1))
  t.equal(b.links.refusals().busy, 0)
  await knock(b, 61, hello)
  t.equal(b.links.refusals().busy, 1)
  t.notOk((await request(a, b.addr, Uint8Array.of(1))).ok)
  isHome = true
  t.ok((await request(a, b.addr, Uint8Array.of(1))).ok)
  await Promise.all([a.links.close(), b.links.close()])
})

test("a ClientHello such as no agent sends is not even looked at", async (t) => {
  const b = await openSealed()
  const hello = await clientHello()
  const large = Uint8Array.from(hello)
  large.set([0x40, 0x00], 3)
  const other = Uint8Array.from(hello)
  other[5] = 2
  const inTwo = Uint8Array.from(hello)
  inTwo.set([0, 9], 3)
  for (const bytes of [large, other, inTwo]) {
    const { got, closed } = raw(b, bytes)
    await until("it is closed", closed)
    t.same(got, [])
  }
  t.same(b.refused, ["handshake", "handshake", "handshake"])
  await b.links.close()
})

test("connections that say nothing do not push out who shakes hands", async (t) => {
  const b = await openSealed({ isHome: () => true })
  b.links.onRequest((_source, body, reply) => reply([body]))
  const hello = await clientHello()
  const shaking = raw(b, hello)
  await until("it is answered", () => shaking.got.length > 0)
  const silent: ReturnType<typeof raw>[] = []
  for (let each = 0; each < STRANGERS_MAX + 20; each++) silent.push(raw(b, new Uint8Array(0)))
  await until("some have given way", () => silent.filter(({ closed }) => closed()).length === 21)
  t.notOk(shaking.closed())
  for (const { socket } of [shaking, ...silent]) socket.destroy()
  await b.links.close()
})

test("of one peer so many streams are open at most: beyond, its own oldest ends", async (t) => {
  const [a, b, c] = [await openSealed(), await openSealed(), await openSealed()]
  const open = new Set<Channel>()
  b.links.onDial((_source, channel) => {
    open.add(channel)
    return ({ kind }) => kind === "over" && open.delete(channel)
  })
  const other = watch(c, b.addr, b.id)
  const ends: number[] = []
  for (let each = 0; each < STREAMS_OF_ONE_MAX + 3; each++) {
    a.links.dial(b.addr, ({ kind }) => kind === "over" && ends.push(each))
    await until("it is there", () => open.size + ends.length > each)
  }
  await until("the first have ended", () => ends.length === 3)
  t.same(ends, [0, 1, 2])
  t.same(other.events, ["up"])
  await Promise.all([a, b, c].map(({ links }) => links.close()))
})

test("whoever sends a dialler more certificates than an agent has is not dialled again soon", async (t) => {
  let nowMs = 0
  const a = await openSealed({ nowMs: () => nowMs })
  const key = newKey()
  let shaken = 0
  const costly = await trap(ownOf(key, selfSigned(A, key.privateKey).repeat(40)), () => void shaken++)
  const plain = await trap(ownOf(key), (stream) => stream.write(new Uint8Array(32)))
  for (const times of [1, 2]) {
    t.same(await request(a, addrOf(plain), Uint8Array.of(times)), { ok: false, why: "protocol" })
    const results = [request(a, addrOf(costly), Uint8Array.of(1), 500)]
    await until("it has shaken hands", () => shaken === times)
    results.push(request(a, addrOf(costly), Uint8Array.of(2)), request(a, addrOf(costly), Uint8Array.of(3)))
    t.same((await Promise.all(results)).slice(1), Array(2).fill({ ok: false, why: "protocol" }))
    t.equal(shaken, times)
    nowMs += 600_000
  }
  costly.close()
  plain.close()
  await a.links.close()
})
