import { formatHostPort, type HostPort } from "conclave/host-port"
import { type OpenDatagrams, openDatagrams } from "conclave/node/datagrams"
import { KernelDrops } from "conclave/node/kernel-drops"
import { type Test, test } from "tap"
import { until } from "./until.ts"

const BYTES = new Uint8Array(60_000)
const AT_ONCE = 60

/** Sends to `one`, seen as `host`, more than its buffer holds without a turn of the loop. */
async function overflow(t: Test, one: OpenDatagrams, host: string): Promise<void> {
  const senders: OpenDatagrams[] = []
  // One sender alone may not have that much under way.
  for (let room = one.receiveBufferBytes; room > -BYTES.length; room -= AT_ONCE * BYTES.length)
    senders.push(await opened(t, { host, port: 0 }))
  await until("the kernel drops", () => {
    for (const from of senders)
      for (let sent = 0; sent < AT_ONCE; sent++) from.send(formatHostPort(host, one.bound.port), BYTES)
    return one.kernelDrops() > 0
  })
}

/** Two sockets with one port; whatever number the first gets may be taken at the second's address. */
async function twins(t: Test): Promise<readonly [OpenDatagrams, OpenDatagrams]> {
  for (;;) {
    const one = await opened(t, { host: "127.0.0.1", port: 0 })
    const other = await opened(t, { host: "127.0.0.2", port: one.bound.port }).catch(taken)
    if (other !== undefined) return [one, other]
  }
}

/** Closed at the end, also of a test that failed: an open socket would keep the whole file from ending. */
async function opened(t: Test, at: HostPort): Promise<OpenDatagrams> {
  const datagrams = await openDatagrams(at)
  t.teardown(() => datagrams.close())
  return datagrams
}

function taken(cause: NodeJS.ErrnoException): undefined {
  if (cause.code !== "EADDRINUSE") throw cause
}

test("a port that nobody has drops nothing", (t) => {
  t.equal(new KernelDrops({ host: "127.0.0.1", port: 1 }).read(), 0)
  t.equal(new KernelDrops({ host: "::1", port: 1 }).read(), 0)
  t.end()
})

test("a table that was read while it changed lacks our row, or has it twice", (t) => {
  const head =
    "   sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode ref pointer drops"
  const row = (inode: number, drops: number) =>
    `   9: 0100007F:1F90 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 ${inode} 2 0 ${drops}`
  const told = (...tables: string[][]) => {
    const left = tables.map((rows) => [head, ...rows, ""].join("\n"))
    const drops = new KernelDrops({ host: "127.0.0.1", port: 8080 }, () => left.shift() ?? "")
    return drops.read()
  }
  t.equal(told([], [row(7, 3)]), 3)
  t.equal(told([row(7, 0), row(7, 0)], [row(7, 3)]), 3)
  t.equal(told([row(7, 0), row(8, 0)], [row(7, 3), row(8, 1)]), 0, "whose they are cannot be told")
  t.end()
})

test("of two sockets with one port each has its own drops", async (t) => {
  const [one, other] = await twins(t)
  await overflow(t, one, "127.0.0.1")
  t.equal(new KernelDrops(other.bound).read(), 0)
  t.ok(new KernelDrops(one.bound).read() > 0)
})

for (const host of ["::1", "::", "0.0.0.0"]) {
  test(`the drops at ${host} are found`, async (t) => {
    const one = await opened(t, { host, port: 0 }).catch(() => undefined)
    if (one === undefined) return t.comment("no IPv6 here")
    const peer = host === "0.0.0.0" ? "127.0.0.1" : "::1"
    await overflow(t, one, peer)
    t.ok(new KernelDrops(one.bound).read() > 0)
  })
}
