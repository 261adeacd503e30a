import { writeFileSync } from "node:fs"
import { join } from "node:path"
import type { DiscoveryWish } from "conclave/config/agent-config"
import { discoverySources } from "conclave/node/discovery/discovery-sources"
import { openNames } from "conclave/node/discovery/names"
import { Ways } from "conclave/node/discovery/ways"
import { test } from "tap"
import { addrOf, idOf } from "../../../swim/stage.ts"
import { temporaryDirectory } from "../../local-stage.ts"
import { agentIn, states } from "../daemon-stage.ts"
import { until } from "../until.ts"

const NOWHERE: DiscoveryWish = { file: undefined, dns: undefined, mdns: false, dht: false, dhtBootstrap: [] }

function portOf(daemon: { readonly ready: Readonly<Record<string, unknown>> }): string {
  return String(daemon.ready["addr"]).replace(/^.*:/, "")
}

test("there is a source for each key that is set", (t) => {
  const own = { id: idOf(0), cluster: "x", addr: addrOf(0), bound: addrOf(0) }
  const links = { watch: () => ({ close: () => {} }) }
  const searcher = { ...own, links, names: openNames(), ways: new Ways(), secrets: () => [] }
  const kinds = (wish: Partial<DiscoveryWish>): readonly string[] =>
    discoverySources({ ...NOWHERE, ...wish }, searcher).map(({ kind }) => kind)
  t.same(kinds({}), [])
  t.same(kinds({ dns: "seed" }), ["dns"])
  t.same(kinds({ file: "/seeds", dns: "seed" }), ["file", "dns"])
  t.same(kinds({ dns: "seed", mdns: true, dhtBootstrap: ["192.0.2.1:1"] }), ["dns", "mdns"])
  t.same(kinds({ dht: true, dhtBootstrap: ["192.0.2.1:1"] }), ["dht"])
  t.end()
})

test("three agents find each other by a DNS name alone, and another name after a reload", async (t) => {
  const directory = temporaryDirectory(t)
  const a = await agentIn(directory, "a").start()
  const b = await agentIn(directory, "b").start("--dns", `localhost:${portOf(a)}`)
  const lost = agentIn(directory, "c")
  const c = await lost.start("--dns", "no-such-host.invalid")
  t.teardown(() => Promise.all([a, b, c].map((each) => each.close("restart"))))
  await until("two have met", () => [a, b].every((each) => Object.keys(states(each)).length === 2))
  await until("the third says why it is alone", () => c.host.warnings().some(({ code }) => code === "discovery-dns"))
  t.match(
    c.host.warnings().find(({ code }) => code === "discovery-dns")?.message,
    /^the DNS name no-such-host\.invalid gives nobody: no-such-host\.invalid: \S/,
  )
  t.ok(lost.events.includes("discovery.failed"))
  t.ok(c.host.readiness().find(({ name }) => name === "join")?.ok, "a hint that helps nobody makes no host unready")
  c.discover({ ...NOWHERE, dns: `localhost:${portOf(b)}` })
  await until("all have met", () => [a, b, c].every((each) => Object.keys(states(each)).length === 3))
  t.notOk(c.host.warnings().some(({ code }) => code === "discovery-dns"))
})

test("agents find each other by a file that somebody keeps", async (t) => {
  const directory = temporaryDirectory(t)
  const seeds = join(directory, "seeds")
  writeFileSync(seeds, "# nobody yet\n")
  const a = await agentIn(directory, "a").start()
  const b = await agentIn(directory, "b").start()
  t.teardown(() => Promise.all([a, b].map((each) => each.close("restart"))))
  b.discover({ ...NOWHERE, file: seeds })
  await until("it says what it lacks", () => b.host.warnings().some(({ code }) => code === "discovery-file"))
  writeFileSync(seeds, `localhost:${portOf(a)}\n`)
  await until("they have met", () => [a, b].every((each) => Object.keys(states(each)).length === 2))
})

test("who is to found a cluster waits for what a DNS name says, and founds no second one", async (t) => {
  const directory = temporaryDirectory(t)
  const a = await agentIn(directory, "a").start("--bootstrap")
  await until("it is founded", () => (a.host.memberById(a.host.id)?.record.seat?.cluster ?? "") !== "")
  const wiped = agentIn(directory, "b")
  const b = await wiped.start("--bootstrap", "--dns", `localhost:${portOf(a)}`)
  t.teardown(() => Promise.all([a, b].map((each) => each.close("restart"))))
  await until("it has judged", () => wiped.events.includes("raft.bootstrap") || wiped.events.includes("raft.founded"))
  t.notOk(wiped.events.includes("raft.founded"))
  t.equal(Object.keys(states(b)).length, 2)
})
