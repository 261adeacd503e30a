import { createSocket } from "node:dgram"
import { once } from "node:events"
import { type AddressInfo, connect, createServer } from "node:net"
import { buffer } from "node:stream/consumers"
import type { Connection } from "@conclave/dht/connection"
import { Encounter } from "@conclave/dht/encounter"
import type { Introduction } from "@conclave/dht/hello"
import type { Place } from "@conclave/dht/tunnel"
import { type Test, test } from "tap"
import { until } from "../agent/node/until.ts"
import { addrOf, idOf } from "../swim/stage.ts"
import { connections } from "./connections.ts"

interface Agent extends Place {
  /** Datagrams that came, with the port that each came from. */
  readonly heard: { readonly text: string; readonly port: number }[]
  readonly say: (text: string, port: number) => void
}

/** Answers each stream with what it was sent. */
async function agent(t: Test): Promise<Agent> {
  const server = createServer({ allowHalfOpen: true }, (socket) => socket.pipe(socket).on("error", () => {}))
  server.listen(0, "127.0.0.1")
  await once(server, "listening")
  const { port } = server.address() as AddressInfo
  const socket = createSocket("udp4")
  socket.bind(port, "127.0.0.1")
  await once(socket, "listening")
  t.teardown(() => {
    server.close()
    socket.close()
  })
  const heard: Agent["heard"] = []
  socket.on("message", (bytes, { port: source }) => heard.push({ text: bytes.toString(), port: source }))
  return { host: "127.0.0.1", port, heard, say: (text, to) => socket.send(text, to, "127.0.0.1") }
}

interface Met {
  readonly encounter: Encounter
  readonly who: Introduction[]
  readonly via: Place[]
}

function encounter(connection: Connection, index: number, at: Place, proof = "00"): Met {
  const [who, via]: [Introduction[], Place[]] = [[], []]
  const self = { id: idOf(index), addr: addrOf(index) }
  const own = new Encounter(connection, { secrets: [{ topic: "", proof }], self, agent: at }, (other, place) => {
    who.push(other)
    via.push(place)
  })
  return { encounter: own, who, via }
}

test("streams and datagrams for the other agent go to an address of this host and come out there", async (t) => {
  const [a, b] = [await agent(t), await agent(t)]
  const [one, other] = connections()
  const [atA, atB] = [encounter(one, 0, a), encounter(other, 1, b)]
  await until("they have met", () => atA.via.length + atB.via.length === 2)
  t.same([atA.who, atB.who], [[{ id: idOf(1), addr: addrOf(1) }], [{ id: idOf(0), addr: addrOf(0) }]])
  const [toB, toA] = [atA.via[0]?.port ?? 0, atB.via[0]?.port ?? 0]
  const big = Buffer.alloc(1_000_000, "x")
  const echo = connect({ host: "127.0.0.1", port: toB, allowHalfOpen: true })
  echo.end(big)
  t.ok((await buffer(echo)).equals(big))
  a.say("from a", toB)
  await until("it is heard", () => b.heard.length === 1)
  t.same(b.heard, [{ text: "from a", port: toA }], "from the address behind which the sender is")
  b.say("from b", toA)
  await until("the answer is heard, too", () => a.heard.length === 1)
  t.same(a.heard, [{ text: "from b", port: toB }])
  const stranger = createSocket("udp4")
  stranger.send("from nobody", toB, "127.0.0.1", () => a.say("from a again", toB))
  await until("the next one is heard", () => b.heard.length === 2)
  t.equal(b.heard[1]?.text, "from a again", "of the agent alone")
  stranger.close()
  const kept = connect({ host: "127.0.0.1", port: toB })
  await once(kept, "connect")
  atB.encounter.end()
  await once(kept.resume(), "close")
  const refused = connect({ host: "127.0.0.1", port: toB })
  t.match(await once(refused, "error"), [{ code: "ECONNREFUSED" }], "after the end nobody is there")
})

test("with a stranger there is no tunnel, and the connection ends", async (t) => {
  const at = await agent(t)
  const [one, other] = connections()
  const [a, b] = [encounter(one, 0, at), encounter(other, 1, at, "11")]
  await until("it has ended", () => one.destroyed && other.destroyed)
  t.same([a.who, b.who], [[], []])
  const [again, noise] = connections()
  const c = encounter(again, 0, at)
  noise.write(Buffer.alloc(100, 0xff))
  await until("so it has where noise comes", () => again.destroyed)
  t.same(c.who, [])
})

test("where the other end goes while the tunnel is made there is none, and nobody was met", async (t) => {
  const at = await agent(t)
  const [one, other] = connections()
  encounter(other, 1, at)
  const tunnels = (): number => process.getActiveResourcesInfo().filter((each) => each === "TCPSERVERWRAP").length
  const before = tunnels()
  let [frames, ends] = [0, 0]
  const [write, destroy] = [one.write.bind(one), one.destroy.bind(one)]
  one.destroy = (error) => {
    ends++
    return destroy(error)
  }
  one.write = (bytes: Uint8Array) => {
    const isTaken = write(bytes)
    // Its introduction: all has been said then.
    if (++frames === 2) one.destroy()
    return isTaken
  }
  const own = encounter(one, 0, at)
  await until("it has ended here, too", () => ends > 1)
  t.same(own.who, [])
  await until("no tunnel is left", () => tunnels() === before)
})
