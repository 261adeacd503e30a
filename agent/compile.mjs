// Part of the build: writes the code that V8 makes of the daemon's bundle in the given folder (`bin/compiled.mjs`).
import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { get } from "node:http"
import { createServer } from "node:net"
import { tmpdir } from "node:os"
import { join, resolve } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import { loadCompiled } from "./bin/compiled.mjs"

/** Probes, gossip and comparisons of whole views have all had a turn by then. */
const LIFE_MS = 2500
const POLL_MS = 50
/** Then the code holds what has run until then. */
const MEET_LIMIT_MS = 15_000

const file = resolve(process.argv[2], "daemon.cjs")
const daemon = loadCompiled(file)
const folder = mkdtempSync(join(tmpdir(), "conclave-build-"))
try {
  await live()
} finally {
  rmSync(folder, { recursive: true, force: true })
}
writeFileSync(`${file}.code`, daemon.code())
process.exit()

/** V8 keeps the functions that have run: two agents meet in this process, are asked something, and end. */
async function live() {
  const first = `127.0.0.1:${await freePort()}`
  const agents = [agent("a", ["--bind", first]), agent("b", ["--bind", "127.0.0.1:0", "--join", first])]
  const deadline = Date.now() + MEET_LIMIT_MS
  while (Date.now() < deadline && (await members("b")) < 2) await sleep(POLL_MS)
  const watch = get({ socketPath: join(folder, "b.sock"), path: "/v1/watch/members" }, (reply) => reply.resume())
  watch.on("error", () => {})
  await sleep(LIFE_MS)
  watch.destroy()
  process.emit("SIGTERM")
  await Promise.all(agents)
}

function agent(name, more) {
  const at = (suffix) => join(folder, `${name}${suffix}`)
  const paths = ["--data-dir", at(""), "--socket", at(".sock"), "--admin-socket", at("-admin.sock")]
  const rest = ["--config", "/dev/null", "--name", name, "--insecure", "--http-addr", "off", "--log-level", "warn"]
  return daemon.exports.run(["agent", ...paths, ...rest, ...more])
}

/** How many members the agent knows, or 0 when it does not answer. */
function members(name) {
  return new Promise((done) => {
    const asked = get({ socketPath: join(folder, `${name}.sock`), path: "/v1/members" }, (reply) => {
      let text = ""
      reply.on("data", (chunk) => {
        text += chunk
      })
      reply.on("end", () => done(JSON.parse(text).items?.length ?? 0))
    })
    asked.on("error", () => done(0))
  })
}

function freePort() {
  return new Promise((done) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address()
      server.close(() => done(port))
    })
  })
}
