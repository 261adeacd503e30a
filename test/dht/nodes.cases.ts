import { spawnSync } from "node:child_process"
import { fileURLToPath } from "node:url"
import { test } from "tap"

const NODES = fileURLToPath(new URL("../../../dht/dist/nodes.js", import.meta.url))

test("the program for nodes says how it is used where it cannot be used like that", (t) => {
  for (const args of [[], ["203.0.113.1"], ["host:49737"], ["[::1]:49737"], ["203.0.113.1:49737", "other"]]) {
    const { status, stderr } = spawnSync(process.execPath, [NODES, ...args], { encoding: "utf8" })
    t.equal(status, 2, args.join(" "))
    t.match(stderr, /^usage: conclave-dht-nodes HOST:PORT/)
  }
  t.end()
})
