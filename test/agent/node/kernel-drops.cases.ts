import { formatHostPort } from "conclave/host-port"
import { type OpenDatagrams, openDatagrams } from "conclave/node/datagrams"
import { KernelDrops } from "conclave/node/kernel-drops"
import { test } from "tap"
import { until } from "./until.ts"

/** Sends to `one`, seen as `host`, without a turn of the loop, so that its buffer must overflow. */
async function overflow(from: OpenDatagrams, one: OpenDatagrams, host: string): Promise<void> {
  const bytes = new Uint8Array(60_000)
  await until("the kernel drops", () => {
    for (let sent = 0; sent < 60; sent++) from.send(formatHostPort(host, one.bound.port), bytes)
    return one.kernelDrops() > 0
  })
}

/** Two sockets with one port; whatever number the first gets may be taken at the second's address. */
async function twins(): Promise<readonly [OpenDatagrams, OpenDatagrams]> {
  for (;;) {
    const one = await openDatagrams({ host: "127.0.0.1", port: 0 })
    const other = await openDatagrams({ host: "127.0.0.2", port: one.bound.port }).catch(taken)
    if (other !== undefined) return [one, other]
    await one.close()
  }
}

function taken(cause: NodeJS.ErrnoException): undefined {
  if (cause.code !== "EADDRINUSE") throw cause
}

test("a port that nobody has drops nothing", (t) => {
  t.equal(new KernelDrops({ host: "127.0.0.1", port: 1 }).read(), 0)
  t.equal(new KernelDrops({ host: "::1", port: 1 }).read(), 0)
  t.end()
})

test("of two sockets with one port each has its own drops", async (t) => {
  const [one, other] = await twins()
  await overflow(other, one, "127.0.0.1")
  t.equal(new KernelDrops(other.bound).read(), 0)
  t.ok(new KernelDrops(one.bound).read() > 0)
  await Promise.all([one.close(), other.close()])
})

for (const host of ["::1", "::", "0.0.0.0"]) {
  test(`the drops at ${host} are found`, async (t) => {
    const one = await openDatagrams({ host, port: 0 }).catch(() => undefined)
    if (one === undefined) return t.comment("no IPv6 here")
    const peer = host === "0.0.0.0" ? "127.0.0.1" : "::1"
    const from = await openDatagrams({ host: peer, port: 0 })
    await overflow(from, one, peer)
    t.ok(new KernelDrops(one.bound).read() > 0)
    await Promise.all([one.close(), from.close()])
  })
}
