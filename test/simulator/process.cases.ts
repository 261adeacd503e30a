import { test } from "tap"
import { at, bench } from "./bench-world.ts"

const BYTES = new Uint8Array(100)

test("a healthy process reads each datagram as it arrives and its alarm rings on time", async (t) => {
  const { ports, runMs, member } = bench(2)
  const [first, second] = ports
  let received = 0
  let rangMs = 0
  second?.datagrams.onReceive(() => received++)
  const alarm = second?.clock.alarm(() => {
    rangMs = second.clock.now()
  })
  alarm?.set(at(10.5))
  first?.datagrams.send(member(1).machine.addr, BYTES)
  runMs(20)
  t.equal(received, 1)
  t.equal(rangMs, 10.5)
})

test("setting an alarm again replaces it, and clearing it silences it", async (t) => {
  const { ports, runMs } = bench(1)
  const clock = ports[0]?.clock
  const rings: number[] = []
  const alarm = clock?.alarm(() => rings.push(clock.now()))
  alarm?.set(at(5))
  alarm?.set(at(50))
  runMs(30)
  t.same(rings, [])
  alarm?.set(at(40))
  runMs(60)
  t.same(rings, [40])
  alarm?.set(at(200))
  alarm?.clear()
  runMs(300)
  t.same(rings, [40])
})

test("a frozen process does nothing, keeps what its buffer holds, and reads 32 datagrams a turn when it wakes", async (t) => {
  const { ports, runMs, member } = bench(2)
  const process = member(1).machine.process
  const order: string[] = []
  ports[1]?.datagrams.onReceive(() => order.push("datagram"))
  const alarm = ports[1]?.clock.alarm(() => order.push("alarm"))
  alarm?.set(at(20))
  process?.freeze()
  for (let sent = 0; sent < 100; sent++) ports[0]?.datagrams.send(member(1).machine.addr, BYTES)
  runMs(50)
  t.same(order, [], "nothing runs while it is frozen")
  process?.thaw()
  runMs(50)
  t.equal(order.length, 101)
  t.equal(order.indexOf("alarm"), 32, "the overdue alarm rings after the first batch")
})

test("a receive buffer that is full drops what comes and counts it", async (t) => {
  const { ports, runMs, member } = bench(2, 10)
  member(1).machine.process?.freeze()
  for (let sent = 0; sent < 25; sent++) ports[0]?.datagrams.send(member(1).machine.addr, BYTES)
  runMs(10)
  member(1).machine.process?.thaw()
  runMs(10)
  t.equal(ports[1]?.datagrams.received(), 10)
  t.equal(ports[1]?.datagrams.kernelDrops(), 15)
})

test("afterTurn comes after the datagrams of its turn, healthy or behind", async (t) => {
  const { ports, runMs, member } = bench(2)
  const process = member(1).machine.process
  const seen: number[] = []
  const alarm = ports[1]?.clock.alarm(() => {
    ports[1]?.clock.afterTurn(() => seen.push(ports[1]?.datagrams.received() ?? -1))
  })
  alarm?.set(at(5))
  runMs(10)
  t.same(seen, [0])
  alarm?.set(at(20))
  process?.freeze()
  for (let sent = 0; sent < 64; sent++) ports[0]?.datagrams.send(member(1).machine.addr, BYTES)
  runMs(30)
  process?.thaw()
  runMs(10)
  t.same(seen, [0, 64], "the second batch is read before the callback")
})

test("a suspended machine's monotonic clock stands still and its boot clock does not", async (t) => {
  const { ports, runMs, member, fleet } = bench(1)
  const clock = ports[0]?.clock
  const before = clock?.now() ?? 0
  const rings: number[] = []
  clock?.alarm(() => rings.push(clock.now())).set(at(before + 10))
  member(0).machine.process?.freeze()
  runMs(5000)
  fleet.wakeFromSleep(member(0), 5_000_000)
  t.equal(clock?.now(), before)
  t.equal((clock?.bootMs() ?? 0) - before, 5000)
  runMs(20)
  t.same(rings, [before + 10])
})

test("a throttled process spends time on each event", async (t) => {
  const { ports, runMs, member } = bench(2)
  let received = 0
  ports[1]?.datagrams.onReceive(() => received++)
  member(1).machine.process?.throttle(1000)
  for (let sent = 0; sent < 64; sent++) ports[0]?.datagrams.send(member(1).machine.addr, BYTES)
  runMs(20)
  t.ok(received >= 1 && received < 64, `${received} of 64 within 20 ms`)
  runMs(100)
  t.equal(received, 64)
})

test("a process that has ended hears and sends nothing", async (t) => {
  const { ports, runMs, member, fleet } = bench(2)
  let received = 0
  let rang = 0
  ports[1]?.datagrams.onReceive(() => received++)
  ports[1]?.clock.alarm(() => rang++).set(at(5))
  ports[0]?.datagrams.send(member(1).machine.addr, BYTES)
  fleet.kill(member(1))
  runMs(20)
  t.equal(received + rang, 0)
  const before = fleet.network.counters.nobody
  ports[1]?.datagrams.send(member(0).machine.addr, BYTES)
  runMs(20)
  t.equal(fleet.network.counters.nobody, before)
  t.equal(ports[0]?.datagrams.received(), 0)
})
