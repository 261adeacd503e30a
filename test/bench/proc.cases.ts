import { cpuTicks, kiloBytesField, machineTicks, trafficSent } from "@conclave/bench/proc"
import { test } from "tap"

const STAT =
  "4242 (a (b) c) S 1 4242 4242 0 -1 4194560 12963 0 0 0 137 21 5 6 20 0 11 0 1234567 1267499008 12345 18446744073709551615"
const NET_DEV = `Inter-|   Receive                                                |  Transmit
 face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed
    lo: 1001     11    0    0    0     0          0         0     2002      22    0    0    0     0       0          0
  eth0:123456789 33    0    0    0     0          0         0     4004      44    0    0    0     0       0          0
`

test("CPU time is user and system time of the process, whatever its name is", async (t) => {
  t.equal(cpuTicks(STAT), 158)
  t.equal(cpuTicks(""), undefined)
})

test("memory fields are read by name and given in bytes", async (t) => {
  const text = "Rss:               17456 kB\nPss:                6900 kB\nPss_Dirty:          1 kB\n"
  t.equal(kiloBytesField(text, "Rss"), 17456 * 1024)
  t.equal(kiloBytesField(text, "Pss"), 6900 * 1024)
  t.equal(kiloBytesField(text, "Swap"), undefined)
})

test("traffic is what the device sent, also where no space follows its name", async (t) => {
  t.same(trafficSent(NET_DEV, "lo"), { bytes: 2002, packets: 22 })
  t.same(trafficSent(NET_DEV, "eth0"), { bytes: 4004, packets: 44 })
  t.equal(trafficSent(NET_DEV, "wg0"), undefined)
  t.equal(trafficSent("", "lo"), undefined)
})

test("the machine's ticks count guest time once", async (t) => {
  const text = "cpu  100 1 20 800 50 0 4 3 77 88\ncpu0 50 0 10 400 25 0 2 1 0 0\n"
  t.same(machineTicks(text), { total: 978, idle: 850 })
  t.equal(machineTicks("no such line"), undefined)
})
