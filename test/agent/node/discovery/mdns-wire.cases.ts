import { test } from "tap"
import { HAS_NETWORKS, STAGE } from "../mdns-stage.ts"
import { inNetwork } from "../own-network.ts"

test("a network of strangers costs it little: no more answers than one a second, and no agent that is not itself", async (t) => {
  if (!HAS_NETWORKS) return t.comment("SKIPPED: no network namespaces here")
  const lines = await inNetwork(`${STAGE}
    import { once } from "node:events"
    import { createSocket } from "node:dgram"
    const stranger = createSocket({ type: "udp4", reuseAddr: true })
    stranger.bind(5353)
    await once(stranger, "listening")
    stranger.addMembership("224.0.0.251")
    const send = (bytes) => stranger.send(bytes, 5353, "224.0.0.251")
    const head = (flags, ...counts) => {
      const bytes = Buffer.alloc(12)
      for (const [at, value] of [0, flags, ...counts, 0, 0].entries()) if (at < 6) bytes.writeUInt16BE(value, 2 * at)
      return bytes
    }
    const service = Buffer.from("\\x09_conclave\\x04_udp\\x05local\\0")
    const asked = Buffer.concat([head(0, 100), service, Buffer.from([0, 12, 0, 1]), ...Array(99).fill(Buffer.from([0xc0, 12, 0, 12, 0, 1]))])
    const text = (line) => Buffer.concat([Buffer.from([line.length]), Buffer.from(line)])
    const announced = (name, id, addr) => {
      const said = Buffer.concat([text("cluster=x"), text("id=" + id), text("addr=" + addr)])
      const rest = Buffer.from([0xc0, 12, 0, 16, 0, 1, 0, 0, 0, 9, 0, said.length])
      const record = Buffer.concat([Buffer.from([0xc0, 12, 0, 12, 0, 1, 0, 0, 0, 9, 0, 2, 0xc0, 12])])
      return Buffer.concat([head(0x8400, 0, 2), service, record.subarray(2), text(name), rest, said])
    }
    const a = source("a", 1001)
    await refreshed("it hears itself", a, () => a.heard.addrs.length === 1)
    let answers = 0
    stranger.on("message", (bytes) => (answers += bytes[2] >> 7))
    for (let count = 0; count < 20; count++) send(asked)
    await until("it has answered", () => answers > 0)
    const before = answers
    send(asked)
    await until("and again", () => answers > before)
    console.log(answers - before, before <= 3)
    const b = "b".repeat(25) + "a"
    await until("whoever has its name is heard", () => {
      a.made.refresh()
      send(announced("someone", "c".repeat(25) + "a", "127.0.0.1:1003"))
      send(announced(b, b, "127.0.0.1:1002"))
      return a.heard.addrs.length === 2
    })
    console.log(a.heard.addrs.join())
    a.made.stop()
    stranger.close()`)
  t.same(lines, ["1 true", "127.0.0.1:1001,127.0.0.1:1002"])
})

test("a host that does not name its interfaces has no multicast DNS, and an agent all the same", async (t) => {
  if (!HAS_NETWORKS) return t.comment("SKIPPED: no network namespaces here")
  const lines = await inNetwork(`
    import os from "node:os"
    import { syncBuiltinESMExports } from "node:module"
    const { networkInterfaces } = os
    ${STAGE}
    const a = source("a", 1001)
    await refreshed("it hears itself", a, () => a.heard.addrs.length === 1)
    os.networkInterfaces = () => { throw new Error("no interfaces are told") }
    syncBuiltinESMExports()
    const b = source("b", 1002)
    await refreshed("it says so", b, () => b.heard.troubles.length > 1)
    console.log([...new Set(b.heard.troubles)].join())
    await until("so does the other", () => a.heard.troubles.length > 0)
    a.made.stop()
    b.made.stop()
    console.log("closed")`)
  t.same(lines, ["no interfaces are told", "closed"])
})
