import { test } from "tap"
import { temporaryDirectory } from "../../local-stage.ts"
import { HAS_NETWORKS, STAGE } from "../mdns-stage.ts"
import { inNetwork } from "../own-network.ts"

test("agents of one cluster hear each other, and what stops is forgotten and keeps nothing open", async (t) => {
  if (!HAS_NETWORKS) return t.comment("SKIPPED: no network namespaces here")
  const lines = await inNetwork(`${STAGE}
    const [a, b, other] = [source("a", 1001), source("b", 1002), source("c", 1003, "y")]
    await refreshed("both are heard", a, () => a.heard.addrs.length === 2)
    await refreshed("at both", b, () => b.heard.addrs.length === 2)
    await refreshed("and the other alone", other, () => other.heard.addrs.length === 1)
    console.log(JSON.stringify([a, b, other].map(({ heard }) => heard)))
    b.made.stop()
    await refreshed("it is forgotten", a, () => a.heard.addrs.length === 1)
    a.made.stop()
    other.made.stop()
    const kept = () => process.getActiveResourcesInfo().filter((each) => /^UDP/.test(each))
    await until("nothing is kept open", () => kept().length === 0)
    console.log("closed")`)
  const both = { addrs: ["127.0.0.1:1001", "127.0.0.1:1002"], troubles: [] }
  t.same(JSON.parse(lines[0] ?? ""), [both, both, { addrs: ["127.0.0.1:1003"], troubles: [] }])
  t.equal(lines[1], "closed")
})

test("who is killed takes no leave and is forgotten all the same", async (t) => {
  if (!HAS_NETWORKS) return t.comment("SKIPPED: no network namespaces here")
  const other = `${STAGE}
    source("b", 1002)`
  const lines = await inNetwork(`${STAGE}
    import { spawn } from "node:child_process"
    const args = ["--input-type=module", "--eval", ${JSON.stringify(other)}]
    const other = spawn(process.execPath, args, { stdio: ["ignore", "ignore", "inherit"] })
    const a = source("a", 1001)
    await refreshed("it is heard", a, () => a.heard.addrs.length === 2)
    other.kill("SIGKILL")
    await refreshed("it is forgotten", a, () => a.heard.addrs.length === 1)
    a.made.stop()
    console.log(a.heard.addrs.join())`)
  t.same(lines, ["127.0.0.1:1001"])
})

test("two that announce one name are both heard, and nothing is printed of it", async (t) => {
  if (!HAS_NETWORKS) return t.comment("SKIPPED: no network namespaces here")
  const lines = await inNetwork(`${STAGE}
    const a = source("a", 1001)
    await refreshed("it hears itself", a, () => a.heard.addrs.length === 1)
    const twin = source("a", 1002)
    await refreshed("both are heard", a, () => a.heard.addrs.length === 2)
    await refreshed("by the other, too", twin, () => twin.heard.addrs.length === 2)
    a.made.stop()
    twin.made.stop()
    console.log("closed")`)
  t.same(lines, ["closed"])
})

test("a host that multicast does not work on says so, and hears others as soon as it does", async (t) => {
  if (!HAS_NETWORKS) return t.comment("SKIPPED: no network namespaces here")
  const lines = await inNetwork(`${STAGE}
    const ip = (...args) => execFileSync("ip", args)
    ip("link", "set", "lo", "down")
    const [a, b] = [source("a", 1001), source("b", 1002)]
    await refreshed("it is deaf", a, () => a.heard.troubles.length > 0)
    console.log(a.heard.troubles[0])
    ip("link", "set", "lo", "up")
    ip("route", "add", "224.0.0.0/4", "dev", "lo")
    await refreshed("they hear each other", a, () => { b.made.refresh(); return a.heard.addrs.length === 2 })
    a.heard.troubles.length = 0
    ip("link", "set", "lo", "down")
    await refreshed("it is deaf again", a, () => a.heard.troubles.length > 0)
    a.made.stop()
    b.made.stop()
    console.log("closed")`)
  t.same(lines, ["this host does not hear its own announcement", "closed"])
})

test("three agents find each other by multicast DNS alone", async (t) => {
  if (!HAS_NETWORKS) return t.comment("SKIPPED: no network namespaces here")
  const lines = await inNetwork(
    `${STAGE}
    const agents = []
    for (const name of ["a", "b", "c"]) agents.push(await agentIn(process.argv[1], name).start("--mdns"))
    await until("all have met", () => agents.every((each) => Object.keys(states(each)).length === 3))
    console.log(agents.flatMap(({ host }) => host.warnings()).filter(({ code }) => /mdns/.test(code)).length)
    await Promise.all(agents.map((each) => each.close("restart")))
    console.log("closed")`,
    temporaryDirectory(t),
  )
  t.same(lines, ["0", "closed"])
})

test("who is to found a cluster waits for whom multicast DNS names, and founds no second one", async (t) => {
  if (!HAS_NETWORKS) return t.comment("SKIPPED: no network namespaces here")
  const lines = await inNetwork(
    `${STAGE}
    const a = await agentIn(process.argv[1], "a").start("--bootstrap", "--mdns")
    await until("it is founded", () => (a.host.memberById(a.host.id)?.record.seat?.cluster ?? "") !== "")
    const wiped = agentIn(process.argv[1], "b")
    const b = await wiped.start("--bootstrap", "--mdns")
    await until("it has judged", () => ["raft.bootstrap", "raft.founded"].some((each) => wiped.events.includes(each)))
    console.log(wiped.events.includes("raft.founded"), Object.keys(states(b)).length)
    await Promise.all([a, b].map((each) => each.close("restart")))`,
    temporaryDirectory(t),
  )
  t.same(lines, ["false 2"])
})
