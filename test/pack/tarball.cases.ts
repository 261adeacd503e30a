import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { Fleet } from "conclave/cli/fleet/fleet"
import { VERSION } from "conclave/version"
import { test } from "tap"
import { type Ended, Program } from "../program.ts"

const ROOT = fileURLToPath(new URL("../../..", import.meta.url))

test("the packed agent installs into an empty folder without a registry, and runs there", async (t) => {
  const folder = t.testdir({ home: {}, empty: {}, prefix: {} })
  const empty = join(folder, "empty")
  const env = { ...process.env, HOME: join(folder, "home"), npm_config_cache: join(folder, "cache") }
  const ran = async (command: readonly string[], cwd: string): Promise<Ended> => {
    const done = await new Program(t, command, { cwd, env }).ended
    t.equal(done.code, 0, `${command.join(" ")}\n${done.stderr}`)
    return done
  }

  await ran(["npm", "pack", "--silent", "-w", "agent", "--ignore-scripts", "--pack-destination", folder], ROOT)
  const tarball = `conclave-${VERSION}.tgz`
  t.ok(readdirSync(folder).includes(tarball), tarball)
  const prefix = join(folder, "prefix")
  mkdirSync(prefix, { recursive: true })
  await ran(["npm", "i", "-g", "--silent", "--offline", "--prefix", prefix, join(folder, tarball)], empty)
  const installed = readdirSync(join(prefix, "lib/node_modules"))
  t.same(installed, ["conclave"], "it brings nothing with it")

  const bundle = join(prefix, "lib/node_modules/conclave/bundle")
  t.ok(existsSync(join(bundle, "daemon.cjs.code")), "the code of the daemon is in it")
  const licenses = readFileSync(join(bundle, "LICENSES.txt"), "utf8")
  for (const each of ["Apache License", "--- pino ", "--- protobufjs ", "--- zod "]) t.ok(licenses.includes(each), each)

  const binary = join(prefix, "bin/conclave")
  t.match((await ran([binary, "version"], empty)).stdout, VERSION)
  const dev = await ran([binary, "dev", "--script", "kill-agent", "--budget-scale", "10", "--json"], empty)
  t.match(JSON.parse(dev.stdout.trimEnd().split("\n").at(-1) ?? "{}"), { event: "summary", ok: true })
  t.same(readdirSync(empty), [], "nothing is left in the folder")
})

test("every source of the bundle is ASCII, so that V8 keeps it at one byte a character", async (t) => {
  const bundle = join(ROOT, "agent/bundle")
  const sources = readdirSync(bundle).filter((name) => /\.c?js$/.test(name))
  t.ok(sources.includes("daemon.cjs"))
  const wide = sources.filter((name) => readFileSync(join(bundle, name)).some((byte) => byte > 127))
  t.same(wide, [])
})

test("the packed cluster in memory installs alone into an empty folder, and an application loses a grant there", async (t) => {
  const folder = t.testdir({ home: {}, app: { "package.json": '{ "name": "app" }' } })
  const app = join(folder, "app")
  const env = { ...process.env, HOME: join(folder, "home"), npm_config_cache: join(folder, "cache") }
  const ran = async (command: readonly string[], cwd: string): Promise<Ended> => {
    const done = await new Program(t, command, { cwd, env }).ended
    t.equal(done.code, 0, `${command.join(" ")}\n${done.stderr}`)
    return done
  }
  await ran(["npm", "pack", "--silent", "-w", "test/kit", "--ignore-scripts", "--pack-destination", folder], ROOT)
  await ran(["npm", "i", "--silent", "--offline", join(folder, `conclave-testing-${VERSION}.tgz`)], app)
  const installed = join(app, "node_modules/@conclave")
  t.same(readdirSync(installed), ["testing"], "it brings nothing with it")
  const licenses = readFileSync(join(installed, "testing/bundle/LICENSES.txt"), "utf8")
  for (const each of ["Apache License", "--- protobufjs ", "--- zod "]) t.ok(licenses.includes(each), each)
  const types = join(installed, "testing/dist")
  for (const name of readdirSync(types)) {
    for (const [, named = ""] of readFileSync(join(types, name), "utf8").matchAll(/ from "([^"]+)"/g))
      t.ok(named === "@conclave/sdk" || existsSync(join(types, named.replace(/\.ts$/, ".d.ts"))), `${name}: ${named}`)
  }
  const readme = /```js\n(import \{ testCluster \}[\s\S]*?)```/.exec(readFileSync(join(ROOT, "README.md"), "utf8"))?.[1]
  writeFileSync(join(app, "lock.mjs"), readme ?? "")
  t.equal((await ran([process.execPath, "lock.mjs"], app)).stdout, "false true\n")
  writeFileSync(join(app, "losses.mjs"), LOSSES)
  t.equal(
    (await ran([process.execPath, "losses.mjs"], app)).stdout,
    "led a true\nitem x of a\nled b true\nitem x of b\n",
  )
})

/** An application stands still while it leads, and while it works: another one goes on, and its own grants are over. */
const LOSSES = `import { testCluster } from "@conclave/testing"
const cluster = testCluster({ seed: 5 })
const a = await cluster.connect()
const b = await cluster.connect({ agent: "a2" })
const leading = await a.election("site").campaign()
console.log("led a", leading.held)
const next = b.election("site").campaign()
const stop = new AbortController()
const work = (client, name) =>
  client.work("jobs").run(
    async ({ item, signal }) => {
      console.log("item", item, "of", name)
      if (name === "a") await new Promise((resolve) => signal.addEventListener("abort", resolve))
    },
    { signal: stop.signal },
  )
await a.work("jobs").put("x")
const first = work(a, "a")
await cluster.advance(2000)
cluster.pause(a)
await cluster.advance(12_000)
console.log("led b", (await next).held && !leading.held)
const second = work(b, "b")
await cluster.advance(5000)
stop.abort()
cluster.resume(a)
await cluster.advance(5000)
await Promise.all([first, second])
`

test("the packed library runs the README's example on plain Node, and brings nothing of others with it", async (t) => {
  const folder = t.testdir({ home: {}, app: { "package.json": '{ "name": "app" }' } })
  const app = join(folder, "app")
  const env = { ...process.env, HOME: join(folder, "home"), npm_config_cache: join(folder, "cache") }
  const ran = async (command: readonly string[], cwd: string): Promise<Ended> => {
    const done = await new Program(t, command, { cwd, env }).ended
    t.equal(done.code, 0, `${command.join(" ")}\n${done.stderr}`)
    return done
  }
  await ran(
    ["npm", "pack", "--silent", "-w", "base", "-w", "sdk", "--ignore-scripts", "--pack-destination", folder],
    ROOT,
  )
  const tarballs = ["base", "sdk"].map((name) => join(folder, `conclave-${name}-${VERSION}.tgz`))
  await ran(["npm", "i", "--silent", "--offline", ...tarballs], app)
  const packages = readdirSync(join(app, "node_modules")).filter((name) => !name.startsWith("."))
  t.same(packages, ["@conclave"])

  const fleet = new Fleet({ folder: mkdtempSync(join(tmpdir(), "conclave-test-")), profile: "lan", keep: false })
  t.teardown(() => fleet.close())
  await fleet.start(1)
  const example = /```js\n([^`]*)```/.exec(readFileSync(join(ROOT, "README.md"), "utf8"))?.[1] ?? ""
  writeFileSync(join(app, "example.mjs"), example)
  const { stdout } = await new Program(t, [process.execPath, "example.mjs"], {
    cwd: app,
    env: { ...env, CONCLAVE_SOCKET: fleet.agent("n1").socket },
  }).ended
  t.equal(stdout, "n1 alive\n")
})
