import { ok } from "node:assert/strict"
import dgram, { type Socket } from "node:dgram"
import { EventEmitter } from "node:events"
import { syncBuiltinESMExports } from "node:module"
import { type Addr, isNodeId } from "@conclave/base"
import { numericHostPort } from "conclave/host-port"
import { type Announcement, MDNS_PORT, MdnsWire } from "conclave/node/discovery/mdns-wire"
import { test } from "tap"
import { fuzz } from "../../fuzz.ts"
import { memberId } from "./member-id.ts"
import { until } from "./until.ts"

/** A socket of no network, which keeps what is sent. */
class Silent extends EventEmitter {
  readonly sent: Buffer[] = []
  bind(_port: number, _host: string, bound: () => void): void {
    setImmediate(() => {
      this.emit("listening")
      bound()
    })
  }
  send(bytes: Buffer, _from: number, _length: number, _port: number, _host: string, done?: () => void): void {
    this.sent.push(Buffer.from(bytes))
    done?.()
  }
  readonly address = (): object => ({ address: "0.0.0.0", port: MDNS_PORT })
  readonly setMulticastTTL = (): void => {}
  readonly setMulticastLoopback = (): void => {}
  readonly setMulticastInterface = (): void => {}
  readonly addMembership = (): void => {}
  readonly dropMembership = (): void => {}
  readonly close = (): void => {}
}

/** Publishes as an agent does, on a socket of no network. */
async function published(
  id: string,
  heard: (agent: Announcement) => void,
): Promise<{ wire: MdnsWire; socket: Silent }> {
  const { createSocket } = dgram
  const socket = new Silent()
  dgram.createSocket = () => socket as unknown as Socket
  syncBuiltinESMExports()
  try {
    const own = { id: memberId(id), cluster: "c", addr: "10.0.0.1:7951" as Addr }
    const wire = await MdnsWire.open(own, { announced: heard, failed: () => {} })
    return { wire, socket }
  } finally {
    dgram.createSocket = createSocket
    syncBuiltinESMExports()
  }
}

test("no datagram makes the reader of announcements throw, and who is announced is named as members are", async (t) => {
  const { now } = performance
  // Time stands still: nothing is dropped because reading took too long.
  performance.now = () => 0
  const found: Announcement[] = []
  const { wire, socket } = await published("a", (agent) => found.push(agent))
  t.teardown(() => {
    performance.now = now
    wire.close()
  })
  wire.ask()
  await until("it has announced itself, and asked", () => socket.sent.length > 1)
  const corpus = socket.sent.splice(0)
  const from = { address: "10.0.0.2", port: MDNS_PORT, family: "IPv4", size: 0 }
  let read = 0
  const decode = (bytes: Uint8Array): boolean => {
    found.length = 0
    socket.emit("message", Buffer.from(bytes), from)
    for (const { id, addr } of found) ok(isNodeId(id) && numericHostPort(addr)?.port !== undefined)
    read++
    return found.length > 0
  }
  fuzz(t, 1301, { corpus, decode })
  t.equal(wire.dropped, 0, `${read} were read`)
  await until("questions are answered", () => socket.sent.length > 0)
  // It may also announce itself again by now.
  t.ok(socket.sent.length < 10, `all at once, of ${read} messages: ${socket.sent.length}`)
})
