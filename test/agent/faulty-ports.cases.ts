import { type Addr, type Millis, millis } from "@conclave/base"
import type { LinkEvent } from "@conclave/swim"
import { type Direction, FaultyPorts } from "conclave/faulty-ports"
import type { Alarm, Channel, ChannelEvent, Clock, Datagrams, Links, RequestResult } from "conclave/ports"
import { test } from "tap"

const PEER = "10.0.0.2:7951" as Addr
const OTHER = "10.0.0.3:7951" as Addr
const NO_TRAFFIC = { sentPackets: 0, sentBytes: 0, receivedPackets: 0, receivedBytes: 0 }

/** A world that records what reaches it and says what it is told to say. */
class World {
  nowMs = 1000
  readonly alarms: { at: number; ring: () => void }[] = []
  readonly sent: Addr[] = []
  readonly heard: Addr[] = []
  readonly requests: { to: Addr; done: (result: RequestResult) => void }[] = []
  readonly watches: { to: Addr; on: (event: LinkEvent) => void; closed: boolean }[] = []
  receive: (source: Addr, bytes: Uint8Array) => void = () => {}
  ask: (source: Addr, body: Uint8Array, reply: (pages: readonly Uint8Array[]) => void) => void = () => {}
  readonly channels: WorldChannel[] = []
  accept: (source: Addr) => WorldChannel = () => new WorldChannel(PEER, () => {})
  readonly faulty: FaultyPorts

  constructor() {
    this.faulty = new FaultyPorts({ clock: this.#clock(), datagrams: this.#datagrams(), links: this.#links() })
  }

  cut(...directions: Direction[]): void {
    this.faulty.set((addr, direction) => addr === PEER && directions.includes(direction))
  }

  pass(ms: number): void {
    this.nowMs += ms
    for (const alarm of this.alarms.splice(0)) {
      if (alarm.at <= this.nowMs) alarm.ring()
      else this.alarms.push(alarm)
    }
  }

  #clock(): Clock {
    return {
      now: () => millis(this.nowMs),
      wallMs: () => 0,
      bootMs: () => 0,
      alarm: (ring) => this.#alarm(ring),
      afterTurn: (done) => done(),
      afterSlice: (done) => done(),
    }
  }

  #alarm(ring: () => void): Alarm {
    let entry: { at: number; ring: () => void } | undefined
    return {
      set: (at: Millis) => {
        entry = { at, ring }
        this.alarms.push(entry)
      },
      clear: () => {
        const index = entry === undefined ? -1 : this.alarms.indexOf(entry)
        if (index >= 0) this.alarms.splice(index, 1)
      },
    }
  }

  #datagrams(): Datagrams {
    return {
      send: (to) => this.sent.push(to),
      onReceive: (handler) => {
        this.receive = handler
      },
      received: () => 5,
      kernelDrops: () => 6,
      sendErrors: () => 7,
      traffic: () => NO_TRAFFIC,
    }
  }

  #links(): Links {
    return {
      request: (to, _body, _limitMs, done) => this.requests.push({ to, done }),
      onRequest: (handler) => {
        this.ask = handler
      },
      watch: (to, _id, on) => {
        const watch = { to, on, closed: false }
        this.watches.push(watch)
        return {
          close: () => {
            watch.closed = true
          },
        }
      },
      dial: (to, on) => {
        const channel = new WorldChannel(to, on)
        this.channels.push(channel)
        return channel
      },
      onDial: (accept) => {
        this.accept = (source) => {
          const channel = new WorldChannel(source, () => {})
          channel.on = accept(source, channel, undefined)
          this.channels.push(channel)
          return channel
        }
      },
      traffic: () => NO_TRAFFIC,
    }
  }
}

/** The world's side of a channel: takes everything, says what the test says. */
class WorldChannel implements Channel {
  readonly addr: Addr
  on: (event: ChannelEvent) => void
  readonly sent: Uint8Array[] = []
  closed = false

  constructor(addr: Addr, on: (event: ChannelEvent) => void) {
    this.addr = addr
    this.on = on
  }

  send(body: Uint8Array): boolean {
    this.sent.push(body)
    return true
  }

  waitingBytes(): number {
    return 0
  }

  close(): void {
    this.closed = true
  }
}

const BYTES = Uint8Array.of(1)

test("datagrams are dropped in the directions said, for the addresses said", (t) => {
  const world = new World()
  const heard: Addr[] = []
  world.faulty.datagrams.onReceive((source) => heard.push(source))
  const exchange = (): [Addr[], Addr[]] => {
    world.sent.length = 0
    heard.length = 0
    for (const addr of [PEER, OTHER]) {
      world.faulty.datagrams.send(addr, BYTES)
      world.receive(addr, BYTES)
    }
    return [[...world.sent], [...heard]]
  }
  t.same(exchange(), [
    [PEER, OTHER],
    [PEER, OTHER],
  ])
  world.cut("out")
  t.same(exchange(), [[OTHER], [PEER, OTHER]])
  world.cut("in")
  t.same(exchange(), [[PEER, OTHER], [OTHER]])
  world.cut("in", "out")
  t.same(exchange(), [[OTHER], [OTHER]])
  world.cut()
  t.same(exchange(), [
    [PEER, OTHER],
    [PEER, OTHER],
  ])
  const { datagrams } = world.faulty
  t.same(
    [datagrams.received(), datagrams.kernelDrops(), datagrams.sendErrors()],
    [5, 6, 7],
    "counters are the real ones",
  )
  t.end()
})

test("a request across a cut takes its whole time and never arrives", (t) => {
  for (const direction of ["in", "out"] as const) {
    const world = new World()
    world.cut(direction)
    const results: RequestResult[] = []
    world.faulty.links.request(PEER, BYTES, 500, (result) => results.push(result))
    t.equal(world.requests.length, 0)
    world.pass(499)
    t.same(results, [])
    world.pass(1)
    t.same(results, [{ ok: false, why: "timeout" }])
  }
  t.end()
})

test("an answer that comes when the cut is there is lost", (t) => {
  const world = new World()
  const results: RequestResult[] = []
  world.faulty.links.request(PEER, BYTES, 500, (result) => results.push(result))
  world.cut("in")
  world.pass(100)
  world.requests[0]?.done({ ok: true, pages: [] })
  t.same(results, [])
  world.pass(400)
  t.same(results, [{ ok: false, why: "timeout" }])
  t.end()
})

test("a request from behind a cut is not heard, and not answered when the cut comes later", (t) => {
  const world = new World()
  const asked: Addr[] = []
  let reply: (pages: readonly Uint8Array[]) => void = () => {}
  world.faulty.links.onRequest((source, _body, answer) => {
    asked.push(source)
    reply = answer
  })
  let answers = 0
  const answered = (): void => {
    answers++
  }
  world.ask(PEER, BYTES, answered)
  world.cut("out")
  reply([])
  t.equal(answers, 0)
  world.ask(PEER, BYTES, answered)
  world.ask(OTHER, BYTES, answered)
  t.same(asked, [PEER, OTHER])
  reply([])
  t.equal(answers, 1)
  t.end()
})

test("an open watch link falls silent, and says what happened when the cut is healed", (t) => {
  const world = new World()
  const events: LinkEvent[] = []
  world.faulty.links.watch(PEER, "x", (event) => events.push(event))
  world.watches[0]?.on("up")
  world.cut("in")
  world.watches[0]?.on("down")
  world.pass(60_000)
  t.same(events, ["up"])
  world.cut()
  t.same(events, ["up", "down"])
  world.cut("in")
  world.cut()
  t.same(events, ["up", "down"], "once")
  t.end()
})

test("a link that came up behind a cut never was up", (t) => {
  const world = new World()
  const events: LinkEvent[] = []
  world.faulty.links.watch(PEER, "x", (event) => events.push(event))
  world.cut("out")
  world.watches[0]?.on("up")
  world.watches[0]?.on("down")
  world.cut()
  t.same(events, ["failed"])
  const others: LinkEvent[] = []
  world.faulty.links.watch(PEER, "x", (event) => others.push(event))
  world.cut("out")
  world.watches[1]?.on("up")
  world.cut()
  t.same(others, ["up"], "one that is still there is up when it can be seen")
  t.end()
})

test("a dial across a cut fails after its time, a closed one says nothing", (t) => {
  const world = new World()
  world.cut("out")
  const events: string[] = []
  world.faulty.links.watch(PEER, "x", (event) => events.push(`first ${event}`))
  world.faulty.links.watch(PEER, "x", (event) => events.push(`second ${event}`)).close()
  t.equal(world.watches.length, 0, "nothing is sent")
  world.pass(4999)
  t.same(events, [])
  world.pass(1)
  t.same(events, ["first failed"])
  t.end()
})

test("a link that is closed while it is silent stays silent", (t) => {
  const world = new World()
  const events: LinkEvent[] = []
  const link = world.faulty.links.watch(PEER, "x", (event) => events.push(event))
  world.watches[0]?.on("up")
  world.cut("in")
  world.watches[0]?.on("down")
  link.close()
  world.cut()
  t.same(events, ["up"])
  t.ok(world.watches[0]?.closed)
  t.end()
})

test("a channel dialled across a cut fails after a while, unless it is closed before", (t) => {
  const world = new World()
  world.cut("in")
  const events: ChannelEvent[] = []
  const first = world.faulty.links.dial(PEER, (event) => events.push(event))
  const second = world.faulty.links.dial(PEER, (event) => events.push(event))
  t.ok(first.send(BYTES), "what is sent waits for a connection that never comes")
  second.close()
  world.pass(4000)
  t.same(events, [])
  world.pass(2000)
  t.same(events, [{ kind: "over", why: "failed" }])
  t.equal(world.channels.length, 0, "nobody was dialled")
  t.end()
})

test("a channel that is cut withholds both directions, in order, until it is healed", (t) => {
  const world = new World()
  const heard: ChannelEvent[] = []
  const channel = world.faulty.links.dial(PEER, (event) => heard.push(event))
  const [real] = world.channels
  real?.on({ kind: "up" })
  channel.send(Uint8Array.of(1))
  world.cut("out")
  t.ok(channel.send(Uint8Array.of(2)))
  t.equal(channel.waitingBytes(), 1)
  real?.on({ kind: "frame", body: Uint8Array.of(7) })
  real?.on({ kind: "frame", body: Uint8Array.of(8) })
  t.same(real?.sent, [Uint8Array.of(1)])
  t.same(heard, [{ kind: "up" }])
  world.cut()
  t.same(real?.sent, [Uint8Array.of(1), Uint8Array.of(2)])
  t.same(heard.slice(1), [
    { kind: "frame", body: Uint8Array.of(7) },
    { kind: "frame", body: Uint8Array.of(8) },
  ])
  t.equal(channel.waitingBytes(), 0)
  t.end()
})

test("a channel's end behind a cut is told when it is healed, and nothing after it", (t) => {
  const world = new World()
  const heard: ChannelEvent[] = []
  const accepted: Channel[] = []
  world.faulty.links.onDial((source, channel) => {
    t.equal(source, PEER)
    accepted.push(channel)
    return (event) => heard.push(event)
  })
  const real = world.accept(PEER)
  world.cut("in")
  real.on({ kind: "over", why: "down" })
  t.same(heard, [])
  world.cut()
  t.same(heard, [{ kind: "over", why: "down" }])
  t.notOk(accepted[0]?.send(BYTES))
  t.end()
})

test("a channel that is closed here closes the real one and tells nothing more", (t) => {
  const world = new World()
  const heard: ChannelEvent[] = []
  const channel = world.faulty.links.dial(PEER, (event) => heard.push(event))
  const [real] = world.channels
  channel.close()
  t.ok(real?.closed)
  real?.on({ kind: "frame", body: BYTES })
  t.same(heard, [])
  t.notOk(channel.send(BYTES))
  t.end()
})

test("what a cut withholds of a channel is bounded, each way", (t) => {
  const world = new World()
  const heard: ChannelEvent[] = []
  const channel = world.faulty.links.dial(PEER, (event) => heard.push(event))
  const [real] = world.channels
  const large = new Uint8Array(4 * 1024 * 1024)
  world.cut("in")
  t.ok(channel.send(large))
  t.ok(channel.send(large))
  t.notOk(channel.send(BYTES), "a buffer that is full takes nothing")
  for (let sent = 0; sent < 3; sent++) real?.on({ kind: "frame", body: large })
  t.ok(real?.closed, "one that overflows breaks the connection")
  world.cut()
  t.same(heard.at(-1), { kind: "over", why: "down" })
  t.end()
})
