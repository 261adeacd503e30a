// The workspace's own commands, in plain JavaScript, so that they run before anything is installed or built.
// Progress goes to stderr; stdout belongs to the program that is started.
import { spawn } from "node:child_process"
import { createHash } from "node:crypto"
import * as fs from "node:fs"
import { tmpdir } from "node:os"
import { basename, dirname, join } from "node:path"
import { fileURLToPath, pathToFileURL } from "node:url"

const NODE_FLOOR = [20, 20]
const ROOT = dirname(fileURLToPath(import.meta.url))
const TSC = "node_modules/typescript/bin/tsc"
const BIOME = "node_modules/@biomejs/biome/bin/biome"
const PRODUCT = ["base", "swim", "consensus", "sdk", "agent"]
/** Compiled with the product, and of use where somebody has installed what it needs. */
const OPTIONAL = ["dht"]
const EVERYTHING = [...PRODUCT, ...OPTIONAL, "test/sim", "test/kit", "test", "bench"]
/** What agents and replicas say to each other; the code stands beside its schema. */
const SCHEMAS = [
  "swim/wire/gossip.proto",
  "consensus/wire/raft.proto",
  "consensus/wire/machine.proto",
  "agent/wire/calls.proto",
]
/** What is installed: the hash of the lock file and the scope. `npm ci` removes it with the folder. */
const INSTALLED = "node_modules/.conclave-installed"
/** What is packed as one file each, and the compiled code that goes into it. */
const BUNDLES = [
  { folder: "agent", from: PRODUCT, more: ["compile.mjs", "bin/compiled.mjs"] },
  { folder: "test/kit", from: [...PRODUCT, "test/sim", "test/kit"], more: [] },
]
const SETUP_LOCK = ".setup.lock"
const GATE_LOCK = ".gate.lock"
const LOCK_POLL_MS = 200
/** Fresh fleets without applications, larger than the smallest that count. */
const FLEET_ARGS = ["--runs", "4", "--agents", "8", "--seconds", "120", "--apps", "off", "--seed"]
/** Fresh seeds that count, of a group with and without applications, in two processes. */
const SMALL_ARGS = ["--small", "--quiet", "--runs", "50", "--seed"]
/** A run is over before the compiler has seen what is worth its while. */
const SIM_FLAGS = ["--always-sparkplug", "--max-semi-space-size=64"]
/**
 * Programs that some tests need, and the Debian packages that have them; such a test says when it has to do without.
 */
const PROGRAMS = { nft: "nftables", ip: "iproute2", unshare: "util-linux", curl: "curl" }
/** Progress is no output. */
const OUTPUT = { stdio: ["ignore", 2, 2] }
const SIGNALS = { SIGHUP: 1, SIGINT: 2, SIGTERM: 15 }

const children = new Set()
const locks = new Set()

process.chdir(ROOT)
refuseOldNode()
const [verb = "help", ...args] = process.argv.slice(2)
const VERBS = { start, build, gen, test, sim, mutants, bench }
if (!Object.hasOwn(VERBS, verb)) {
  console.error(`usage: node setup.mjs ${Object.keys(VERBS).join("|")}`)
  process.exit(2)
}
for (const signal of Object.keys(SIGNALS)) process.on(signal, stop)
await VERBS[verb]()

function refuseOldNode() {
  const [major, minor] = process.versions.node.split(".").map(Number)
  if (major > NODE_FLOOR[0] || (major === NODE_FLOOR[0] && minor >= NODE_FLOOR[1])) return
  console.error(`conclave needs Node ${NODE_FLOOR.join(".")} or later, and this is Node ${process.versions.node}.`)
  console.error("Next: install a current Node from https://nodejs.org, then run the same command again.")
  process.exit(1)
}

async function start() {
  await prepared("start", PRODUCT)
  await hand("agent/bundle/cli.js")
}

async function sim() {
  await prepared("test", [...PRODUCT, "test/sim"])
  await hand("test/sim/dist/cli.js")
}

async function mutants() {
  await prepared("test", EVERYTHING)
  await hand("test/dist/mutants/fresh-seeds.js")
}

async function bench() {
  await prepared("test", [...PRODUCT, "test/sim", "test/kit", "bench"])
  await hand("bench/dist/cli.js")
}

/**
 * `npm ci` runs this as its `prepare` script, also when only the product's part is installed. With arguments: those,
 * too.
 */
async function build() {
  const isPrepare = process.env["npm_lifecycle_event"] === "prepare"
  if (isPrepare && process.env["npm_command"] === "ci") rememberInstall()
  if (!(await compile([...PRODUCT, ...OPTIONAL, ...args]))) process.exit(1)
}

async function gen() {
  const done = await alone(SETUP_LOCK, async () => {
    if (!(await install("test"))) return false
    for (const schema of SCHEMAS) if (!(await run("generate-wire.mjs", [schema]))) return false
    if (!(await compile(PRODUCT))) return false
    for (const [path, text] of Object.entries(await generatedByAgent())) fs.writeFileSync(path, text)
    return await compile(PRODUCT)
  })
  process.exitCode = done ? 0 : 1
}

/** The whole gate: every step runs, whatever became of the others. With arguments: only those tests. */
async function test() {
  const total = { passed: 0, failed: 0 }
  process.on("exit", (code) => {
    // Also when the gate itself breaks: a run without a verdict is a failed one.
    if (code !== 0 && total.failed === 0) total.failed = 1
    console.log(`${total.passed} passed, ${total.failed} failed`)
  })
  const begun = Date.now()
  await alone(GATE_LOCK, () => gate(total))
  note(`the gate took ${Math.round((Date.now() - begun) / 1000)} s`)
  process.exitCode = total.failed === 0 ? 0 : 1
}

async function gate(total) {
  const isWhole = args.length === 0
  const step = async (name, check) => {
    const since = Date.now()
    note(`${name} …`)
    const ok = await check().catch((cause) => {
      console.error(cause)
      return false
    })
    note(`${ok ? "ok" : "FAILED"}: ${name} (${((Date.now() - since) / 1000).toFixed(1)} s)`)
    if (ok) total.passed++
    else total.failed++
    return ok
  }
  const simulate = (name, module, simArgs) => {
    const call = callOf(`test/sim/dist/${module}.js`, simArgs)
    return step(`simulator: ${name}`, () => runAside([...SIM_FLAGS, "-e", call]))
  }
  let aside = Promise.resolve()
  if (!(await step("everything is installed", () => alone(SETUP_LOCK, () => install("test"))))) return
  await step("everything compiles", () => alone(SETUP_LOCK, () => compile(EVERYTHING)))
  if (isWhole) {
    const [fleets, ...worlds] = freshSeeds(3)
    const mutants = callOf("test/dist/mutants/gate-mutants.js", [])
    // One run is one thread.
    aside = Promise.all([
      step("mutants: each is caught by its own check", () => runAside(["-e", mutants])),
      simulate("fixed seeds, every situation", "gate-seeds", []).then(() =>
        simulate(`fleets from seed ${fleets}`, "cli", [...FLEET_ARGS, fleets]),
      ),
      ...worlds.map((seed) => simulate(`small worlds from seed ${seed}`, "cli", [...SMALL_ARGS, seed])),
    ])
    await Promise.all([
      step("the cores compile without Node's types", () => run(TSC, ["-p", "tsconfig.core.json"])),
      step("generated code is current", generatedIsCurrent),
      step("lint and format", () => run(BIOME, ["check", "."])),
    ])
  }
  await installPrograms()
  const tests = await runTap(isWhole ? [] : args.map(compiledName))
  await aside
  total.passed += tests.passed
  total.failed += tests.failed
}

/** Nobody chose them, and each state of what they test has others: whoever runs a gate again sees the same. */
function freshSeeds(count) {
  const sources = [...PRODUCT, "test/sim"].flatMap(filesUnder).filter((path) => /^(?!.*\/dist\/).*\.ts$/.test(path))
  const hash = createHash("sha256")
  for (const path of sources.sort()) hash.update(`${path}\n`).update(fs.readFileSync(path))
  const digest = hash.digest()
  return Array.from({ length: count }, (_, at) => String(digest.readUInt32BE(4 * at)))
}

/** tap's own summary counts the assertions; a file that crashes or never ends is a failure of its own. */
async function runTap(tapArgs) {
  note("tests …")
  const child = launch(["node_modules/.bin/tap", "run", "-Rtap", ...tapArgs], { stdio: ["ignore", "pipe", 2] })
  let text = ""
  let rest = ""
  child.stdout.setEncoding("utf8")
  child.stdout.on("data", (chunk) => {
    text += chunk
    const lines = (rest + chunk).split("\n")
    rest = lines.pop()
    const telling = /^ *not ok |^ok \d+ - test\/dist/
    for (const each of lines) if (telling.test(each)) process.stderr.write(`${each}\n`)
  })
  const code = await ended(child)
  const summary = /^# \{ total: (\d+)(?:, pass: (\d+))?(?:, fail: (\d+))?.*\}$/m.exec(text)
  const passed = Number(summary?.[2] ?? 0)
  const failed = Number(summary?.[3] ?? 0)
  const isRed = failed > 0 || code !== 0 || passed === 0
  if (isRed) {
    fs.mkdirSync(".tap", { recursive: true })
    fs.writeFileSync(".tap/gate.tap", text)
    note("what the tests said is in .tap/gate.tap")
  }
  // A red exit without a failure that was counted is one.
  return { passed, failed: isRed ? Math.max(failed, 1) : 0 }
}

/** `test/swim` or `test/swim/swim.test.ts` → the compiled file; anything else is tap's. */
function compiledName(arg) {
  if (!/^(\.\/)?test\//.test(arg)) return arg
  const path = arg
    .replace(/^\.\//, "")
    .replace(/\/$/, "")
    .replace(/^test\/(?!dist\/)/, "test/dist/")
  if (/\.(ts|js)$/.test(path)) return path.replace(/\.ts$/, ".js")
  return `${path}/${path.split("/").at(-1)}.test.js`
}

async function generatedIsCurrent() {
  const folder = fs.mkdtempSync(join(tmpdir(), "conclave-gen-"))
  try {
    const files = { ...(await generatedByAgent()) }
    for (const schema of SCHEMAS) {
      if (!(await run("generate-wire.mjs", [schema, folder]))) return false
      for (const path of codeOf(schema)) files[path] = read(join(folder, basename(path)))
    }
    const old = Object.keys(files).filter((path) => read(path) !== files[path])
    for (const path of old) console.error(`${path} is not what its source gives; run: npm run gen`)
    return old.length === 0
  } finally {
    fs.rmSync(folder, { recursive: true, force: true })
  }
}

function codeOf(schema) {
  return [".js", ".d.ts"].map((ending) => schema.replace(/\.proto$/, ending))
}

async function generatedByAgent() {
  const { generated } = await import(pathToFileURL(join(ROOT, "agent/dist/api/generate.js")).href)
  return generated()
}

async function prepared(scope, projects) {
  const done = await alone(SETUP_LOCK, async () => (await install(scope)) && (await compile(projects)))
  if (!done) process.exit(1)
}

/** Installs from the lock file unless that was done; what tests need contains what a start needs. */
async function install(scope) {
  const held = read(INSTALLED)
  if (held === `${lockHash()} test` || held === `${lockHash()} ${scope}`) return true
  note(scope === "start" ? "installing what the agent needs …" : "installing, test tools included …")
  const some = [...PRODUCT.flatMap((each) => ["-w", each]), "--include-workspace-root"]
  const npm = spawn("npm", ["ci", "--no-audit", "--no-fund", ...(scope === "start" ? some : [])], {
    stdio: ["ignore", 2, 2],
  })
  const isDone = (await ended(npm)) === 0
  if (isDone) rememberInstall()
  else note("npm ci failed, see above. Next: check the network and the registry, then run the same command again.")
  return isDone
}

/** Only for root on Debian, and never a failure: the tests that need a program skip themselves loudly without it. */
async function installPrograms() {
  const has = (program) =>
    `${process.env["PATH"]}:/usr/sbin:/sbin`.split(":").some((at) => fs.existsSync(join(at, program)))
  const packages = Object.entries(PROGRAMS).flatMap(([program, name]) => (has(program) ? [] : [name]))
  if (packages.length === 0) return
  note(`some tests need the Debian packages ${packages.join(", ")} …`)
  const apt = (...aptArgs) => ended(spawn("apt-get", ["-qq", ...aptArgs], { stdio: ["ignore", 2, 2] }))
  const isDone = process.getuid?.() === 0 && has("apt-get") && (await apt("update")) === 0
  if (!isDone || (await apt("install", "--no-install-recommends", "-y", ...packages)) !== 0)
    note("they could not be installed: SKIPPING the tests that need them")
}

/** By what is there: an `npm ci` by hand counts as well. */
function rememberInstall() {
  const has = (workspace) => {
    const { dependencies = {}, devDependencies = {} } = JSON.parse(read(`${workspace}/package.json`))
    return Object.keys({ ...dependencies, ...devDependencies }).every((name) => fs.existsSync(`node_modules/${name}`))
  }
  if (!PRODUCT.every(has)) return
  replace(INSTALLED, `${lockHash()} ${EVERYTHING.every(has) ? "test" : "start"}`)
}

/** tsc finds by itself what changed; a bundle is made again when what goes into it did. */
async function compile(projects) {
  for (const each of projects) removeOrphans(each)
  if (!(await run(TSC, ["-b", ...projects]))) return false
  for (const each of BUNDLES) if (projects.includes(each.folder) && !(await bundle(each))) return false
  return true
}

async function bundle({ folder, from, more }) {
  const inputs = bundleInputs(folder, from, more)
  const bundled = `${folder}/dist/.bundled`
  const held = JSON.parse(read(bundled) || "{}")
  if (held.inputs === inputs && held.files.every((name) => fs.existsSync(`${folder}/bundle/${name}`))) return true
  note(`bundling ${folder} …`)
  // Aside and then renamed: agents that start at this moment find a whole bundle.
  const fresh = `bundle-${process.pid}`
  try {
    const rolldown = join(ROOT, "node_modules/rolldown/bin/cli.mjs")
    const options = { cwd: folder, stdio: ["ignore", "ignore", 2] }
    if (!(await run(rolldown, ["-c", "rolldown.config.mjs", "-d", fresh], options))) return false
    if (folder === "agent") await compileCode(fresh, options)
    if (fs.existsSync(`${folder}/bundle`)) fs.renameSync(`${folder}/bundle`, `${folder}/${fresh}-old`)
    fs.renameSync(`${folder}/${fresh}`, `${folder}/bundle`)
    replace(bundled, JSON.stringify({ inputs, files: fs.readdirSync(`${folder}/bundle`) }))
    return true
  } finally {
    for (const each of [fresh, `${fresh}-old`]) fs.rmSync(`${folder}/${each}`, { recursive: true, force: true })
  }
}

/** V8 takes its code only with the flags that it was made with: those of an agent are none. */
async function compileCode(fresh, options) {
  const env = { ...process.env, NODE_OPTIONS: undefined }
  if (!(await run("compile.mjs", [fresh], { ...options, env }))) note("agents will start slower: see above")
}

function bundleInputs(folder, from, more) {
  const files = ["rolldown.config.mjs", "package.json", ...more].map((each) => `${folder}/${each}`)
  files.push("bundle-licenses.mjs", "package-lock.json")
  files.push(...SCHEMAS.flatMap(codeOf).filter((path) => path.endsWith(".js")))
  for (const each of from) files.push(...filesUnder(`${each}/dist`).filter((path) => path.endsWith(".js")))
  // The code is of one version of V8.
  const hash = createHash("sha256").update(`${process.version}\n`)
  for (const path of files.sort()) hash.update(`${path}\n`).update(fs.readFileSync(path))
  return hash.digest("hex")
}

/** What tsc once made of a source that is gone: a deleted test would still run, a deleted file still be imported. */
function removeOrphans(project) {
  for (const path of filesUnder(`${project}/dist`)) {
    const stem = /^(.*)\.(?:d\.ts|js|js\.map)$/.exec(path)?.[1]
    if (stem !== undefined && !fs.existsSync(`${stem.replace("/dist/", "/")}.ts`)) fs.rmSync(path, { force: true })
  }
}

function filesUnder(folder) {
  if (!fs.existsSync(folder)) return []
  return fs.readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`
    return entry.isDirectory() ? filesUnder(path) : [path]
  })
}

/** The program runs in this very process: its signals and its exit code are ours. */
async function hand(module) {
  for (const signal of Object.keys(SIGNALS)) process.off(signal, stop)
  const { run: program } = await import(pathToFileURL(join(ROOT, module)).href)
  process.exitCode = await program(args)
}

function callOf(module, moduleArgs) {
  const url = pathToFileURL(join(ROOT, module)).href
  const call = `import(${JSON.stringify(url)}).then((m) => m.run(${JSON.stringify(moduleArgs)}))`
  return `${call}.then((code) => { process.exitCode = code })`
}

async function run(script, scriptArgs, options = {}) {
  return (await ended(launch([script, ...scriptArgs], { ...OUTPUT, ...options }))) === 0
}

/** What needs nothing but processors has those that the tests, which wait for most of their time, leave over. */
async function runAside(nodeArgs) {
  return (await ended(spawn("nice", ["-n", "19", process.execPath, ...nodeArgs], OUTPUT))) === 0
}

function launch(nodeArgs, options) {
  return spawn(process.execPath, nodeArgs, options)
}

/** Resolves to the exit code; undefined when it could not start or was killed. */
function ended(child) {
  children.add(child)
  return new Promise((resolve) => {
    child.on("error", (cause) => {
      console.error(cause.message)
      resolve(undefined)
    })
    child.on("close", (code) => resolve(code ?? undefined))
  }).finally(() => children.delete(child))
}

/** While setting up: our children end with us, and nobody waits for a lock of ours. */
function stop(signal) {
  for (const child of children) child.kill(signal)
  for (const lock of locks) fs.rmSync(lock, { force: true })
  process.exit(128 + SIGNALS[signal])
}

/** One at a time in one clone; the lock of a process that is gone is taken over. */
async function alone(lock, work) {
  for (let isFirst = true; !tryLock(lock); isFirst = false) {
    if (isFirst) note("another command is at work in this folder; waiting …")
    await new Promise((resolve) => setTimeout(resolve, LOCK_POLL_MS))
  }
  locks.add(lock)
  try {
    return await work()
  } finally {
    fs.rmSync(lock, { force: true })
    locks.delete(lock)
  }
}

/** A link appears whole or not at all, and never over another. */
function tryLock(lock) {
  const mine = `${lock}-${process.pid}`
  fs.writeFileSync(mine, `${process.pid} ${startOf(process.pid)}`)
  try {
    fs.linkSync(mine, lock)
    return true
  } catch (cause) {
    if (cause.code !== "EEXIST") throw cause
  } finally {
    fs.rmSync(mine, { force: true })
  }
  const owner = read(lock)
  if (owner === "" || isAlive(owner)) return false
  // Of two that see a dead owner one may already hold the new lock: what was moved away is looked at again.
  const dead = `${mine}-dead`
  try {
    fs.renameSync(lock, dead)
    if (read(dead) !== owner) fs.linkSync(dead, lock)
  } catch {
    // Somebody else was faster.
  }
  fs.rmSync(dead, { force: true })
  return false
}

function isAlive(owner) {
  const [pid, started] = owner.split(" ")
  try {
    process.kill(Number(pid), 0)
  } catch (cause) {
    return cause.code === "EPERM"
  }
  return startOf(pid) === started
}

/** Tells a process from a later one with its number; empty where there is no /proc. */
function startOf(pid) {
  return read(`/proc/${pid}/stat`).split(") ").at(-1).split(" ")[19] ?? ""
}

function lockHash() {
  return createHash("sha256").update(fs.readFileSync("package-lock.json")).digest("hex")
}

function replace(path, text) {
  fs.writeFileSync(`${path}-${process.pid}`, text)
  fs.renameSync(`${path}-${process.pid}`, path)
}

/** The file's text, or nothing when there is none. */
function read(path) {
  return fs.existsSync(path) ? fs.readFileSync(path, "utf8") : ""
}

function note(text) {
  process.stderr.write(`conclave: ${text}\n`)
}
