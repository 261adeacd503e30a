import { isIP } from "node:net"
import {
  canonicalHost,
  formatHostPort,
  isIpv4,
  isIpv6,
  isLoopback,
  isWildcard,
  networkOf,
  numericHostPort,
  parseHostPort,
} from "conclave/host-port"
import fc from "fast-check"
import { test } from "tap"

test("addresses are read as people write them", (t) => {
  const cases: [string, { host: string; port: number } | undefined][] = [
    ["host", { host: "host", port: 7 }],
    ["host.example.org:80", { host: "host.example.org", port: 80 }],
    ["10.0.0.1", { host: "10.0.0.1", port: 7 }],
    ["10.0.0.1:0", { host: "10.0.0.1", port: 0 }],
    [":80", { host: "", port: 80 }],
    ["::1", { host: "::1", port: 7 }],
    ["[::1]", { host: "::1", port: 7 }],
    ["[fd00::2]:65535", { host: "fd00::2", port: 65_535 }],
    ["", undefined],
    [":", undefined],
    ["host:", undefined],
    ["host:65536", undefined],
    ["host:port", undefined],
    ["10.0.0.256", undefined],
    ["10.0.1", undefined],
    ["[10.0.0.1]:80", undefined],
    ["[::1", undefined],
    ["a b", undefined],
    ["a:1:2", undefined],
    ["http://host", undefined],
    [`${"h".repeat(254)}`, undefined],
  ]
  for (const [text, expected] of cases) t.same(parseHostPort(text, 7), expected, JSON.stringify(text))
  t.end()
})

test("numeric hosts are told as the system tells them", (t) => {
  const char = fc.constantFrom(..."0123456789abcdefg:.:")
  const anything = fc.oneof(fc.string({ unit: char, maxLength: 20 }), fc.ipV4(), fc.ipV6(), fc.string())
  fc.assert(
    fc.property(anything, (text) => {
      // Zones and leading zeros mean different things in different places: ours refuses both.
      if (text.includes("%") || /(^|\.)0\d/.test(text)) return true
      return isIpv4(text) === (isIP(text) === 4) && isIpv6(text) === (isIP(text) === 6)
    }),
    { numRuns: 5000 },
  )
  t.notOk(isIpv4("010.0.0.1"), "an octal host is none")
  t.notOk(isIpv6("fe80::1%eth0"))
  t.end()
})

test("what is written is read back", (t) => {
  const host = fc.oneof(fc.ipV4(), fc.ipV6())
  fc.assert(
    fc.property(host, fc.integer({ min: 1, max: 65_535 }), (address, port) => {
      const back = numericHostPort(formatHostPort(address, port))
      return back?.host === address && back.port === port
    }),
  )
  t.equal(numericHostPort("host:80"), undefined)
  t.equal(numericHostPort("10.0.0.1"), undefined, "a port is needed")
  t.equal(numericHostPort("10.0.0.1:0"), undefined)
  t.end()
})

test("one host has one text, and one network", (t) => {
  const same = ["2001:db8::1:0", "2001:DB8:0:0::1:0", "2001:0db8:0000:0:0:0:0001:0000", "2001:db8::1:0%eth0"]
  for (const host of same) {
    t.equal(canonicalHost(host), "2001:db8:0:0:0:0:1:0", host)
    t.equal(networkOf(host), "2001:db8:0:0", host)
  }
  t.equal(canonicalHost("::"), "0:0:0:0:0:0:0:0")
  t.equal(networkOf("::1"), "0:0:0:0")
  t.equal(networkOf("2001:db8:1:2:3::"), "2001:db8:1:2")
  for (const host of ["10.0.0.1", "::ffff:10.0.0.1", "::FFFF:10.0.0.1"]) t.equal(networkOf(host), "10.0.0.1", host)
  t.end()
})

test("wildcards and loopback are known", (t) => {
  for (const host of ["0.0.0.0", "::", "0:0:0:0:0:0:0:0"]) t.ok(isWildcard(host), host)
  for (const host of ["127.0.0.1", "::1", "10.0.0.1"]) t.notOk(isWildcard(host), host)
  for (const host of ["127.0.0.1", "127.1.2.3", "::1"]) t.ok(isLoopback(host), host)
  t.notOk(isLoopback("10.0.0.1"))
  t.end()
})
