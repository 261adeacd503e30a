import { writeFileSync } from "node:fs"
import { createRequire } from "node:module"
import { join } from "node:path"
import { type Test, test } from "tap"
import { temporaryDirectory } from "../local-stage.ts"
import { canHaveNetworks, inNetwork } from "./own-network.ts"

const CAN_RUN = isInstalled() && canHaveNetworks("a DHT of our own")

function isInstalled(): boolean {
  try {
    createRequire(import.meta.url).resolve("hyperswarm")
    return true
  } catch {
    console.error("SKIPPED: the DHT's library is not installed: npm ci")
    return false
  }
}

/** `node()` opens a table; `agent(name, secret)` one that knows nothing but that. */
const STAGE = `
  const { openTable } = await import("@conclave/dht/table")
  const { until } = await import(${JSON.stringify(import.meta.resolve("./until.js"))})
  const { agentIn, states } = await import(${JSON.stringify(import.meta.resolve("./daemon-stage.js"))})
  const PORT = 49737
  const [folder, right, wrong] = process.argv.slice(1)
  const node = () => openTable({ host: "127.0.0.1", port: PORT })
  const made = (name) => agentIn(folder, name)
  const start = (one, secret = right) =>
    one.start("--dht", "--dht-bootstrap", "127.0.0.1:" + PORT, "--join-key-file", secret)
  const agent = (name, secret) => start(made(name), secret)
  const warning = ({ host }) => host.warnings().find(({ code }) => code === "discovery-dht")?.message
  const met = (agents, count) => agents.every((each) => Object.keys(states(each)).length === count)
  const close = (...agents) => Promise.all(agents.map((each) => each.close("restart")))
`

function script(t: Test, text: string): Promise<readonly string[]> {
  const folder = temporaryDirectory(t)
  const secrets = ["the secret of this cluster", "the secret of another one"].map((text, index) => {
    const path = join(folder, `join-${index}.key`)
    writeFileSync(path, text, { mode: 0o600 })
    return path
  })
  return inNetwork(STAGE + text, folder, ...secrets)
}

test("agents that know a node of the DHT alone find each other, and whoever has another secret nobody", async (t) => {
  if (!CAN_RUN) return t.comment("SKIPPED: no DHT here")
  const lines = await script(
    t,
    `
    const table = await node()
    const agents = [await agent("a"), await agent("b"), await agent("c")]
    const stranger = await agent("d", wrong)
    await until("all have met", () => met(agents, 3))
    await until("the other one has looked", () => warning(stranger) !== undefined)
    console.log(agents.map(warning).filter((each) => each !== undefined).length)
    console.log(warning(stranger).replace(/[0-9]+ s ago/, "N s ago"))
    console.log(Object.keys(states(stranger)).join())
    const [a] = agents
    a.discover({ mdns: false, dht: true, dhtBootstrap: ["127.0.0.1:" + PORT] })
    await until("it has begun anew", () => met(agents, 3))
    await close(...agents, stranger)
    await table.close()
    console.log("closed")`,
  )
  t.same(lines, ["0", "the DHT gave no other host N s ago", "d", "closed"])
})

test("who knows the topic and not the secret is told nothing, and disturbs nobody", async (t) => {
  if (!CAN_RUN) return t.comment("SKIPPED: no DHT here")
  const lines = await script(
    t,
    `
    const { default: Hyperswarm } = await import("hyperswarm")
    const { JoinProof } = await import("conclave/node/links/join-proof")
    const { readJoinKeyFile } = await import("conclave/node/join-key-file")
    await node()
    const [topic] = (await JoinProof.of(readJoinKeyFile(right), "default")).derive("conclave dht topic 1")
    const swarm = new Hyperswarm({ bootstrap: ["127.0.0.1:" + PORT], port: 50000 })
    let [ended, said] = [0, ""]
    swarm.on("connection", (connection) => {
      connection.on("error", () => {})
      connection.on("data", (bytes) => { said += bytes.toString("latin1") })
      connection.on("close", () => { ended++ })
      connection.write(Buffer.concat([Buffer.from([0, 0, 0, 32]), Buffer.alloc(32, 7)]))
    })
    await swarm.join(Buffer.from(topic)).flushed()
    const [a, b] = [await agent("a"), await agent("b")]
    await until("they have met", () => met([a, b], 2))
    await until("both have sent the other one away", () => { swarm.flush(); return ended >= 2 })
    console.log([a, b].some(({ host }) => said.includes(host.id) || said.includes("127.0.0.1")))
    console.log([a, b].map(warning).filter((each) => each !== undefined).length)
    await close(a, b)
    console.log("closed")
    process.exit()`,
  )
  t.same(lines, ["false", "0", "closed"])
})

test("while one secret takes the place of another, agents meet by either", async (t) => {
  if (!CAN_RUN) return t.comment("SKIPPED: no DHT here")
  const lines = await script(
    t,
    `
    const { readFileSync, writeFileSync } = await import("node:fs")
    await node()
    const a = await agent("a")
    await until("it has looked", () => warning(a) !== undefined)
    writeFileSync(right, readFileSync(right, "utf8") + "\\n" + readFileSync(wrong, "utf8"))
    await a.seals.reload("require")
    const b = await agent("b", wrong)
    await until("they have met by the newer one", () => met([a, b], 2))
    await close(a, b)
    console.log("closed")
    process.exit()`,
  )
  t.same(lines, ["closed"])
})

test("where no node of the DHT answers the agent goes on, says so, and finds the others when one does", async (t) => {
  if (!CAN_RUN) return t.comment("SKIPPED: no DHT here")
  const lines = await script(
    t,
    `
    const [a, b] = [await agent("a"), await agent("b")]
    await until("both say so", () => [a, b].every((each) => warning(each)?.includes("no node answers")))
    console.log(warning(a))
    console.log(a.host.readiness().every(({ name, ok }) => ok || name === "raft"))
    const table = await node()
    await until("they have met", () => met([a, b], 2))
    await until("nobody complains", () => warning(a) === undefined && warning(b) === undefined)
    await close(a, b)
    await table.close()
    console.log("closed")`,
  )
  t.same(lines, ["the DHT gives nobody: no node answers at 127.0.0.1:49737", "true", "closed"])
})
