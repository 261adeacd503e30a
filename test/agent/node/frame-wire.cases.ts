import { once } from "node:events"
import { mkdtempSync, rmSync } from "node:fs"
import { connect, createServer, type Socket } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { frameWire } from "conclave/node/frame-wire"
import { type Test, test } from "tap"
import { keepsWireContract, type WireStage } from "../ports-contract/wire.ts"
import { until } from "./until.ts"

/** Connections over a Unix socket, with the agent's end and the application's in one process. */
async function openerFor(t: Test): Promise<() => Promise<WireStage>> {
  const folder = mkdtempSync(join(tmpdir(), "conclave-test-"))
  const path = join(folder, "a.sock")
  const server = createServer({ allowHalfOpen: true }).listen(path)
  t.teardown(() => {
    server.close()
    rmSync(folder, { recursive: true, force: true })
  })
  await once(server, "listening")
  return async () => {
    const accepted = once(server, "connection")
    const client = connect(path)
    const [socket] = (await accepted) as [Socket]
    t.teardown(() => client.destroy())
    const told: string[] = []
    const received = (bytes: Uint8Array): void => void told.push(bytes.join())
    const wire = frameWire(socket, {
      received,
      drained: () => told.push("drained"),
      closed: () => told.push("closed"),
    })
    const got: Uint8Array[] = []
    client.on("data", (chunk) => got.push(chunk))
    return {
      wire,
      told,
      client: {
        write: (bytes) => void client.write(bytes),
        close: () => void client.end(),
        stop: () => void client.pause(),
        goOn: () => void client.resume(),
        got: () => got,
        isClosed: () => client.closed,
      },
    }
  }
}

test("a wire over a Unix socket keeps the contract of wires", async (t) => {
  await keepsWireContract(t, await openerFor(t), until)
})
