import { isNumericAddr } from "@conclave/swim/numeric-addr"
import fc from "fast-check"
import { test } from "tap"

const GOOD = [
  "10.0.0.1:1",
  "255.255.255.255:65535",
  "0.0.0.0:7951",
  "[::]:1",
  "[::1]:80",
  "[2001:db8::1]:7951",
  "[2001:DB8::1]:7951",
  "[::ffff:10.0.0.1]:1",
  "[1:2:3:4:5:6:10.0.0.1]:1",
  "[1:2:3:4:5:6:7::]:1",
]
const BAD = [
  "",
  ":",
  "7951",
  "host:7951",
  "10.0.0.1",
  "10.0.0.1:0",
  "10.0.0.1:65536",
  "10.0.0.1:07951",
  "10.0.0.1:+1",
  "10.0.0:1",
  "10.0.0.0.1:1",
  "256.0.0.1:1",
  "010.0.0.1:1",
  "1.1.1.1:1\n",
  "10.0.0.1 :1",
  "::1:7951",
  "[::1]",
  "[:::1]:1",
  "[1::2::3]:1",
  "[1:2:3:4:5:6:7]:1",
  "[1:2:3:4:5:6:7:8:9]:1",
  "[1:2:3:4:5:6:7:8::]:1",
  "[12345::]:1",
  "[::ffff:10.0.0.256]:1",
  "[10.0.0.1::]:1",
  "[10.0.0.1:1:2:3:4:5:6]:1",
  "[1:2:3:4:5:6:7:10.0.0.1]:1",
  "[10.0.0.1]:1",
  "[fe80::1%eth0]:1",
  "[::G]:1",
]

test("an address is a numeric host and a port", async (t) => {
  for (const text of GOOD) t.ok(isNumericAddr(text), text)
  for (const text of BAD) t.notOk(isNumericAddr(text), JSON.stringify(text))
})

test("every IPv4 and every IPv6 address in full is an address", async (t) => {
  const group = fc.nat(0xffff).map((value) => value.toString(16))
  const ipv6 = fc.array(group, { minLength: 8, maxLength: 8 }).map((groups) => `[${groups.join(":")}]`)
  const port = fc.integer({ min: 1, max: 65_535 })
  fc.assert(fc.property(fc.oneof(fc.ipV4(), ipv6), port, (host, number) => isNumericAddr(`${host}:${number}`)))
  t.pass("all of them")
})
