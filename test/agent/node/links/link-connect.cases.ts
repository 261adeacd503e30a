import type { Socket } from "node:net"
import type { Addr } from "@conclave/base"
import { Ways } from "conclave/node/discovery/ways"
import { Connector, OUTBOUND_MAX } from "conclave/node/links/link-connect"
import { OPEN_DOOR } from "conclave/node/links/link-door"
import { LinkTraffic } from "conclave/node/links/link-traffic"
import { test } from "tap"
import { addrOf, listening } from "../link-stage.ts"
import { until } from "../until.ts"

const ERRAND = { meant: undefined, opening: Uint8Array.of(1, 2) }

function connector(ways: Ways = new Ways()): Connector {
  return new Connector({
    localAddress: undefined,
    traffic: new LinkTraffic(),
    door: OPEN_DOOR,
    ways,
    isRemoved: () => false,
  })
}

test("a stream is opened, ends once, and says nothing any more once it is closed here", async (t) => {
  const arrived: Socket[] = []
  const got: number[] = []
  const server = await listening((socket) => {
    arrived.push(socket)
    socket.on("data", (chunk) => got.push(...chunk))
  })
  const own = connector()
  const heard: string[] = []
  const on = (name: string): Parameters<Connector["open"]>[2] => ({
    opened: () => heard.push(`${name} opened`),
    ended: (why) => heard.push(`${name} ${why}`),
  })
  own.open(addrOf(server), ERRAND, on("a"))
  await until("it is there", () => arrived.length === 1)
  const close = own.open(addrOf(server), ERRAND, on("b"))
  await until("the second is there", () => arrived.length === 2 && heard.length === 2 && got.length === 4)
  t.same(got, [1, 2, 1, 2])
  close()
  own.open(addrOf(server), ERRAND, on("never"))()
  arrived[0]?.resetAndDestroy()
  await until("the first ends", () => heard.length === 3)
  own.close()
  t.same(heard, ["a opened", "b opened", "a reset"])
  server.close()
})

test("names, ports of nobody and streams over the limit fail after the call", async (t) => {
  const own = connector()
  const ends: string[] = []
  const open = (to: string): void => {
    own.open(to as Addr, ERRAND, { opened: () => ends.push("opened"), ended: (why) => ends.push(why) })
  }
  open("name.invalid:7951")
  t.same(ends, [], "never from within")
  await until("it fails", () => ends.length === 1)
  t.same(ends, ["unreachable"])
  const server = await listening(() => {})
  for (let each = 0; each <= OUTBOUND_MAX; each++) open(addrOf(server))
  await until("one is too many", () => ends.includes("unreachable", 1))
  own.close()
  await until("all others end", () => ends.filter((end) => end === "reset").length === OUTBOUND_MAX)
  server.close()
})

test("what is meant for an address goes the way there that is known", async (t) => {
  const server = await listening(() => {})
  const ways = new Ways()
  const own = connector(ways)
  const opened = (): Promise<string> =>
    new Promise((resolve) =>
      own.open("192.0.2.1:1" as Addr, ERRAND, { opened: () => resolve("opened"), ended: resolve }),
    )
  ways.set("192.0.2.1:1" as Addr, addrOf(server))
  t.equal(await opened(), "opened")
  own.close()
  server.close()
})
