import type { Addr, NodeId } from "@conclave/base"
import type { LinkEvent } from "@conclave/swim"
import type { Channel, ChannelEvent, Datagrams, Links, RequestResult } from "conclave/ports"
import type { Test } from "tap"
import type { Until } from "./local.ts"

export interface Place {
  readonly id: NodeId
  readonly addr: Addr
  readonly links: Links
  readonly datagrams: Datagrams
}

/** Two agents that can reach each other, and an address at which nothing listens. */
export interface Two {
  readonly a: Place
  readonly b: Place
  readonly nobody: Addr
  /** The process of `b` ends, and its system says so to whoever is connected. */
  readonly end: () => void | Promise<void>
  readonly until: Until
}

/** What every pair of networks does, whoever carries the bytes. Ends `b`. */
export async function keepsNetworkContract(t: Test, two: Two): Promise<void> {
  await carriesDatagrams(t, two)
  await answersRequests(t, two)
  await carriesFrames(t, two)
  await tellsEnds(t, two)
}

async function carriesDatagrams(t: Test, { a, b, nobody, until }: Two): Promise<void> {
  const got: string[] = []
  b.datagrams.onReceive((source, bytes) => got.push(`${source} ${bytes.join()}`))
  a.datagrams.send(nobody, Uint8Array.of(9))
  a.datagrams.send(b.addr, Uint8Array.of(1, 2))
  t.same(got, [], "never from within the call")
  await until("the datagram arrives", () => got.length > 0)
  t.same(got, [`${a.addr} 1,2`])
  t.equal(b.datagrams.received(), 1)
  t.match(b.datagrams.traffic(), { receivedPackets: 1, receivedBytes: 2 })
  t.ok(a.datagrams.traffic().sentPackets >= 1)
  t.same([b.datagrams.kernelDrops(), b.datagrams.sendErrors()], [0, 0])
}

function ask(from: Place, to: Addr, body: Uint8Array, limitMs: number): RequestResult[] {
  const results: RequestResult[] = []
  from.links.request(to, body, limitMs, (result) => results.push(result))
  return results
}

async function answersRequests(t: Test, { a, b, nobody, until }: Two): Promise<void> {
  const asked: string[] = []
  b.links.onRequest((source, body, reply) => {
    asked.push(`${source} ${body.join()}`)
    if (body[0] === 1) return
    reply([Uint8Array.of(7), new Uint8Array(0), Uint8Array.of(8, 8)])
  })
  const answered = ask(a, b.addr, Uint8Array.of(5), 20_000)
  const refused = ask(a, nobody, Uint8Array.of(5), 20_000)
  const silent = ask(a, b.addr, Uint8Array.of(1), 300)
  t.same([answered, refused, silent], [[], [], []], "never from within the call")
  await until("each has its end", () => [answered, refused, silent].every((each) => each.length > 0))
  t.same(answered, [{ ok: true, pages: [Uint8Array.of(7), new Uint8Array(0), Uint8Array.of(8, 8)] }])
  t.same(refused, [{ ok: false, why: "refused" }])
  t.same(silent, [{ ok: false, why: "timeout" }])
  t.same([...asked].sort(), [`${a.addr} 1`, `${a.addr} 5`], "who asks says where it listens")
}

interface Side {
  readonly channel: Channel
  readonly said: string[]
}

function wordsOf(said: string[]): (event: ChannelEvent) => void {
  return (event) => {
    said.push(event.kind === "frame" ? event.body.join() : event.kind === "over" ? event.why : event.kind)
  }
}

function dial(from: Place, to: Addr): Side {
  const said: string[] = []
  return { channel: from.links.dial(to, wordsOf(said)), said }
}

function accepting(at: Place): Side[] {
  const accepted: Side[] = []
  at.links.onDial((_source, channel) => {
    const said: string[] = []
    accepted.push({ channel, said })
    return wordsOf(said)
  })
  return accepted
}

async function carriesFrames(t: Test, { a, b, nobody, until }: Two): Promise<void> {
  const accepted = accepting(b)
  const side = dial(a, b.addr)
  for (const each of [1, 2, 3]) t.ok(side.channel.send(Uint8Array.of(each)), "what is sent before it is up waits")
  t.same(side.said, [], "never from within the call")
  await until("all frames are there", () => accepted[0]?.said.length === 3)
  t.same(accepted[0]?.said, ["1", "2", "3"], "in order")
  accepted[0]?.channel.send(Uint8Array.of(4))
  accepted[0]?.channel.close()
  t.notOk(accepted[0]?.channel.send(Uint8Array.of(5)), "one that was closed takes nothing")
  await until("it is over", () => side.said.includes("down"))
  t.same(side.said, ["up", "4", "down"], "what was sent before comes before the end")
  t.same(accepted[0]?.said, ["1", "2", "3"], "who closes it is told nothing")
  const lost = dial(a, nobody)
  await until("nobody took it", () => lost.said.length > 0)
  t.same(lost.said, ["refused"])
  t.notOk(lost.channel.send(Uint8Array.of(1)))
}

async function tellsEnds(t: Test, { a, b, until, end }: Two): Promise<void> {
  const accepted = accepting(b)
  const watched = (id: NodeId): LinkEvent[] => {
    const events: LinkEvent[] = []
    a.links.watch(b.addr, id, (event) => events.push(event))
    return events
  }
  const own = watched(b.id)
  const other = watched(a.id)
  const closed: LinkEvent[] = []
  a.links.watch(b.addr, b.id, (event) => closed.push(event)).close()
  const side = dial(a, b.addr)
  await until("all are up", () => own.length > 0 && other.length > 0 && side.said.length > 0 && accepted.length > 0)
  t.same([own, other, side.said], [["up"], ["refused"], ["up"]], "another member than was meant refuses")
  let asked = 0
  b.links.onRequest(() => void asked++)
  const pending = ask(a, b.addr, Uint8Array.of(1), 20_000)
  await until("it is asked", () => asked === 1)
  await end()
  await until("all know", () => pending.length > 0 && own.length > 1 && side.said.length > 1)
  t.equal(own.length, 2)
  t.not(own[1], "up")
  t.same(side.said, ["up", "down"])
  t.same(pending, [{ ok: false, why: "reset" }])
  t.same(closed, [], "one that was closed says nothing")
}
