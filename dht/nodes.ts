#!/usr/bin/env node
import { isIPv4 } from "node:net"
import { openTable } from "./table.ts"

/** The nodes of a table on a host that all agents reach, for `discovery.dhtBootstrap`. */
const [own = "", ...others] = process.argv.slice(2)
const [host = "", port = ""] = own.split(":")
if (!isIPv4(host) || !/^\d{1,5}$/.test(port) || others.some((each) => !/^[^:]+:\d+$/.test(each))) {
  console.error("usage: conclave-dht-nodes HOST:PORT [OTHER:PORT]…")
  console.error(
    "HOST is the IPv4 address by which all agents reach this host; three nodes take PORT and the two after it.",
  )
  console.error("OTHER is where such nodes run on another host: then they are one table, which outlives either.")
  process.exit(2)
}
const table = await openTable({ host, port: Number(port) }, others)
console.log(`the nodes are ready; agents take: --dht --dht-bootstrap ${host}:${port}`)
for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => void table.close())
