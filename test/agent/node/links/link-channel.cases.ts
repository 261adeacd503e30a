import type { Addr } from "@conclave/base"
import { CHANNEL_FRAME_BYTES_MAX, CHANNEL_WAITING_BYTES_MAX } from "conclave/node/links/link-channel"
import type { Channel, ChannelEvent } from "conclave/ports"
import { test } from "tap"
import { A, B, freePort, opening, openPeer, type Peer, raw } from "../link-stage.ts"
import { until } from "../until.ts"

interface Side {
  readonly channel: Channel
  readonly events: ChannelEvent[]
}

function dial(from: Peer, to: Addr): Side {
  const events: ChannelEvent[] = []
  return { channel: from.links.dial(to, (event) => events.push(event)), events }
}

/** What the peer has of the channels that it was dialled. */
function accepting(peer: Peer): (Side & { readonly source: Addr })[] {
  const accepted: (Side & { readonly source: Addr })[] = []
  peer.links.onDial((source, channel) => {
    const events: ChannelEvent[] = []
    accepted.push({ source, channel, events })
    return (event) => events.push(event)
  })
  return accepted
}

function bodies({ events }: Side): number[][] {
  return events.flatMap((event) => (event.kind === "frame" ? [[...event.body.subarray(0, 2)]] : []))
}

test("a channel carries frames both ways in order, also those sent before it was up", async (t) => {
  const a = await openPeer(A)
  const b = await openPeer(B)
  const accepted = accepting(b)
  const side = dial(a, b.addr)
  t.ok(side.channel.send(Uint8Array.of(1)))
  t.ok(side.channel.send(new Uint8Array(0)))
  t.ok(side.channel.send(new Uint8Array(CHANNEL_FRAME_BYTES_MAX).fill(3)))
  await until("three frames are there", () => accepted[0] !== undefined && bodies(accepted[0]).length === 3)
  t.same(accepted[0] && bodies(accepted[0]), [[1], [], [3, 3]])
  t.equal(accepted[0]?.source, a.addr)
  t.same(side.events[0], { kind: "up" })
  accepted[0]?.channel.send(Uint8Array.of(9))
  await until("an answer is there", () => bodies(side).length === 1)
  t.equal(b.links.connections(), 1)
  await Promise.all([a.links.close(), b.links.close()])
})

test("what is too large or too much for a channel is not taken", async (t) => {
  const a = await openPeer(A)
  const b = await openPeer(B)
  accepting(b)
  const side = dial(a, b.addr)
  t.notOk(side.channel.send(new Uint8Array(CHANNEL_FRAME_BYTES_MAX + 1)))
  const large = new Uint8Array(CHANNEL_FRAME_BYTES_MAX)
  let taken = 0
  while (side.channel.send(large) && taken < 10) taken++
  t.ok(taken < 10 && taken * CHANNEL_FRAME_BYTES_MAX <= CHANNEL_WAITING_BYTES_MAX)
  await until("it has left", () => side.channel.waitingBytes() === 0)
  t.ok(side.channel.send(large), "then there is room again")
  await Promise.all([a.links.close(), b.links.close()])
})

test("a channel to nobody is refused, one to nobody who takes channels fails, one of another cluster says so", async (t) => {
  const a = await openPeer(A)
  const b = await openPeer(B)
  const other = await openPeer(B, { cluster: "another" })
  accepting(other)
  const nobody = dial(a, `127.0.0.1:${await freePort()}` as Addr)
  const deaf = dial(a, b.addr)
  const stranger = dial(a, other.addr)
  await until("all are over", () => [nobody, deaf, stranger].every(({ events }) => events.length > 0))
  t.same(nobody.events, [{ kind: "over", why: "refused" }])
  t.same(deaf.events, [{ kind: "over", why: "failed" }])
  t.same(stranger.events, [{ kind: "over", why: "otherCluster" }])
  t.notOk(nobody.channel.send(Uint8Array.of(1)), "one that is over takes nothing")
  await Promise.all([a.links.close(), b.links.close(), other.links.close()])
})

test("a channel is down when the other side closes it, after what was sent before", async (t) => {
  const a = await openPeer(A)
  const b = await openPeer(B)
  const accepted = accepting(b)
  const side = dial(a, b.addr)
  await until("it is up", () => accepted.length === 1)
  accepted[0]?.channel.send(Uint8Array.of(5))
  accepted[0]?.channel.close()
  await until("it is over", () => side.events.at(-1)?.kind === "over")
  t.same(bodies(side), [[5]])
  t.same(side.events.at(-1), { kind: "over", why: "down" })
  t.same(accepted[0]?.events, [], "whoever closes is told nothing")
  await Promise.all([a.links.close(), b.links.close()])
})

test("a channel outlives the limit for unfinished streams, and ends with its process", async (t) => {
  const a = await openPeer(A)
  const b = await openPeer(B, { unfinishedMs: 50 })
  const accepted = accepting(b)
  const side = dial(a, b.addr)
  const watched = dial(a, b.addr)
  await until("both are up", () => [side, watched].every(({ events }) => events.length === 1))
  watched.channel.close()
  const unfinished = raw(b, opening.subarray(0, 3))
  await until("an unfinished stream is closed", unfinished.closed)
  t.ok(side.channel.send(Uint8Array.of(1)))
  await until("the frame is there", () => accepted.some((each) => bodies(each).length === 1))
  await b.links.close()
  await until("it is down", () => side.events.at(-1)?.kind === "over")
  t.same(watched.events, [{ kind: "up" }])
  await a.links.close()
})
