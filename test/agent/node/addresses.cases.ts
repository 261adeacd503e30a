import type { NetworkInterfaceInfo } from "node:os"
import { chooseAddresses, type Surroundings } from "conclave/node/addresses"
import { test } from "tap"

const HEAD = "Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT\n"

function route(iface: string, metric: number, flags = "0003"): string {
  return `${iface}\t00000000\t010200C0\t${flags}\t0\t0\t${metric}\t00000000\t0\t0\t0\n`
}

function v4(address: string): NetworkInterfaceInfo {
  return {
    address,
    family: "IPv4",
    netmask: "255.255.255.0",
    mac: "",
    internal: address.startsWith("127."),
    cidr: null,
  }
}

function v6(address: string): NetworkInterfaceInfo {
  return { address, family: "IPv6", netmask: "", mac: "", internal: address === "::1", cidr: null, scopeid: 0 }
}

function around(interfaces: Record<string, NetworkInterfaceInfo[]>, routes = ""): Surroundings {
  return { interfaces: () => interfaces, routes: () => HEAD + routes }
}

const NONE = { bind: undefined, advertise: undefined }
const TWO = { lo: [v4("127.0.0.1")], eth0: [v4("10.0.0.5")], eth1: [v6("fd00::1"), v4("192.168.1.2")] }

test("without a wish it is the address of the default route with the lowest metric", (t) => {
  const routes = `${route("eth0", 200)}${route("eth1", 100)}eth0\t0000000A\t0\t0001\t0\t0\t0\t000000FF\t0\t0\t0\n`
  const chosen = chooseAddresses(NONE, around(TWO, routes))
  t.match(chosen, { bind: { host: "192.168.1.2", port: 7951 }, advertise: { host: "192.168.1.2", port: 0 } })
  t.match(chosen.why, /default route's \(eth1\)/)
  t.equal(
    chooseAddresses(NONE, around(TWO, route("eth0", 200) + route("eth1", 100, "0002"))).bind.host,
    "10.0.0.5",
    "a route that is down counts for nothing",
  )
  t.end()
})

test("without a default route it is the only address, else loopback", (t) => {
  t.equal(chooseAddresses(NONE, around({ lo: [v4("127.0.0.1")], eth0: [v4("10.0.0.5")] })).bind.host, "10.0.0.5")
  t.equal(chooseAddresses(NONE, around({ lo: [v6("::1")], eth0: [v6("fe80::1"), v6("fd00::1")] })).bind.host, "fd00::1")
  const several = chooseAddresses(NONE, around(TWO))
  t.equal(several.bind.host, "127.0.0.1")
  t.match(several.why, /several/)
  t.equal(chooseAddresses(NONE, around({ lo: [v4("127.0.0.1")] })).bind.host, "127.0.0.1")
  t.equal(chooseAddresses(NONE, around({}, route("gone0", 1))).bind.host, "127.0.0.1")
  t.end()
})

test("what is configured wins; all interfaces advertise the default one", (t) => {
  const machine = around(TWO, route("eth0", 1))
  const bind = { host: "127.0.0.1", port: 0 }
  t.match(chooseAddresses({ bind, advertise: undefined }, machine), { bind, advertise: bind })
  const all = chooseAddresses({ bind: { host: "0.0.0.0", port: 5 }, advertise: undefined }, machine)
  t.match(all, { bind: { host: "0.0.0.0", port: 5 }, advertise: { host: "10.0.0.5", port: 0 } })
  const six = chooseAddresses({ bind: { host: "::", port: 5 }, advertise: undefined }, machine)
  t.equal(six.advertise.host, "10.0.0.5")
  const advertise = { host: "1.2.3.4", port: 99 }
  t.same(chooseAddresses({ bind, advertise }, machine).advertise, advertise)
  t.same(chooseAddresses({ bind: { host: "", port: 6 }, advertise: undefined }, machine).bind, {
    host: "10.0.0.5",
    port: 6,
  })
  t.end()
})

test("this machine has an address", (t) => {
  t.ok(chooseAddresses(NONE).bind.host.length > 0)
  t.end()
})
