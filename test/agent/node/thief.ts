import { createSocket } from "node:dgram"
import { once } from "node:events"
import { createServer, type Socket } from "node:net"
import type { Addr } from "@conclave/base"
import type { MemberRecord, Message, Update } from "@conclave/swim"
import { makeRecord, type RecordFields } from "@conclave/swim/record"
import { Seal } from "conclave/gossip/seal/seal"
import { sealedCodec } from "conclave/gossip/sealed-codec"
import { openCiphers } from "conclave/node/ciphers"
import type { Daemon } from "conclave/node/daemon"
import { keysOf, readGossipKeys } from "conclave/node/gossip-keys"
import type { Test } from "tap"
import { STANDING } from "../gossip/seal/stage.ts"
import { newKey } from "./sealed-stage.ts"

/** A program that has the gossip key and nothing else; it listens where it says that it lives. */
export interface Thief {
  readonly addr: Addr
  readonly tell: (to: Daemon, ...updates: readonly Update[]) => void
  /** All that agents have said to it over streams, each stream for itself. */
  readonly heard: Buffer[]
}

export async function thiefWith(t: Test, keyFile: string): Promise<Thief> {
  const heard: Buffer[] = []
  const open = new Set<Socket>()
  const server = createServer((socket) => {
    const index = heard.push(Buffer.alloc(0)) - 1
    open.add(socket)
    socket.on("data", (chunk) => {
      heard[index] = Buffer.concat([heard[index] as Buffer, chunk])
    })
    socket.on("error", () => {})
    socket.on("close", () => open.delete(socket))
  })
  server.listen(0, "127.0.0.1")
  await once(server, "listening")
  const { port } = server.address() as { port: number }
  const addr = `127.0.0.1:${port}` as Addr
  const socket = createSocket("udp4")
  t.teardown(() => {
    for (const each of open) each.destroy()
    server.close()
    socket.close()
  })
  const self = newKey().id
  const secrets = keysOf(readGossipKeys(keyFile)).map(({ secret }) => secret)
  const seal = new Seal({ ciphers: openCiphers(), cluster: "default", self, clock: STANDING, secrets })
  const codec = sealedCodec("default", seal, () => "require")
  const tell: Thief["tell"] = (to, ...updates) => {
    const message: Message = { kind: "gossip", from: self, digest: 0, updates }
    socket.send(codec.encodeMessage(message), Number(String(to.ready["addr"]).split(":").at(-1)), "127.0.0.1")
  }
  return { addr, tell, heard }
}

export function recordIn({ host }: Daemon, of: Daemon): MemberRecord {
  const record = host.memberById(of.host.id)?.record
  if (record === undefined) throw new Error("it is known there")
  return record
}

/** The same member, as somebody else describes it. */
export function forged(record: MemberRecord, changes: Partial<RecordFields>): Update {
  const { bytes: _bytes, hash: _hash, ...fields } = record
  return { kind: "alive", record: makeRecord({ ...fields, ...changes }) }
}
