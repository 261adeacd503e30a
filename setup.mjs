// The workspace's own commands, in plain JavaScript, so that they run before anything is installed or built.
// Progress goes to stderr; stdout belongs to the program that is started.
import { spawn, spawnSync } from "node:child_process"
import { createHash } from "node:crypto"
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { fileURLToPath, pathToFileURL } from "node:url"

const ROOT = dirname(fileURLToPath(import.meta.url))
const TSC = "node_modules/typescript/bin/tsc"
const PRODUCT = ["base", "swim", "sdk", "agent"]
const EVERYTHING = [...PRODUCT, "test/sim", "test", "bench"]
/** Remembers what is installed: the hash of the lock file and the scope. `npm ci` removes it with the folder. */
const STAMP = "node_modules/.conclave-installed"
const LOCK = ".setup-lock"
const LOCK_STALE_MS = 10 * 60_000
/** Fresh seeds; the fixed ones are tests of their own. */
const SIM_ARGS = ["--runs", "4", "--agents", "8", "--seconds", "120"]

process.chdir(ROOT)
const [verb = "help", ...args] = process.argv.slice(2)
const VERBS = { start, build, gen, test, sim, bench }
if (!Object.hasOwn(VERBS, verb)) {
  console.error(`usage: node setup.mjs ${Object.keys(VERBS).join("|")}`)
  process.exit(2)
}
await VERBS[verb]()

async function start() {
  await alone(() => {
    install("start")
    compile(PRODUCT)
  })
  await hand("agent/bundle/cli.js", args)
}

async function sim() {
  await alone(() => {
    install("test")
    compile([...PRODUCT, "test/sim"])
  })
  await hand("test/sim/dist/cli.js", args)
}

async function bench() {
  await alone(() => {
    install("test")
    compile([...PRODUCT, "test/sim", "bench"])
  })
  await hand("bench/dist/cli.js", args)
}

/** `npm ci` runs this as `prepare`, also when only the product's part is installed. */
function build() {
  if (!compile(PRODUCT)) process.exit(1)
}

async function gen() {
  await alone(() => install("test"))
  run("swim/wire/generate.mjs", ["swim/wire"])
  compile(PRODUCT)
  for (const [path, text] of Object.entries(await generatedByAgent())) writeFileSync(path, text)
  compile(PRODUCT)
}

/** The whole gate: every step runs, whatever became of the others. */
async function test() {
  const begun = Date.now()
  let passed = 0
  let failed = 0
  const step = async (name, check) => {
    const since = Date.now()
    note(`${name} …`)
    const ok = await check()
    note(`${ok ? "ok" : "FAILED"}: ${name} (${((Date.now() - since) / 1000).toFixed(1)} s)`)
    if (ok) passed++
    else failed++
  }
  await alone(() => install("test"))
  await step("everything compiles", () => compile(EVERYTHING))
  await step("the cores compile without Node's types", () => run(TSC, ["-p", "tsconfig.core.json"]))
  await step("generated code is current", generatedIsCurrent)
  await step("lint and format", () => run("node_modules/@biomejs/biome/bin/biome", ["check", "."]))
  await step("simulator seeds", () => run("test/sim/dist/cli.js", [], { entry: true, args: SIM_ARGS }))
  const tests = await runTap()
  passed += tests.passed
  failed += tests.failed
  note(`the gate took ${((Date.now() - begun) / 1000).toFixed(0)} s`)
  console.log(`${passed} passed, ${failed} failed`)
  process.exitCode = failed === 0 ? 0 : 1
}

/** tap's own summary counts the assertions; a file that crashes or never ends is a failure of its own. */
async function runTap() {
  note("tests …")
  const child = spawn(process.execPath, ["node_modules/.bin/tap", "run", "-Rtap", ...args], {
    stdio: ["ignore", "pipe", "inherit"],
  })
  let text = ""
  let line = ""
  child.stdout.setEncoding("utf8")
  child.stdout.on("data", (chunk) => {
    text += chunk
    line += chunk
    const lines = line.split("\n")
    line = lines.pop()
    for (const each of lines) if (/^ *not ok |^(not )?ok \d+ - test\/dist/.test(each)) process.stderr.write(`${each}\n`)
  })
  const code = await new Promise((resolve) => child.on("close", resolve))
  const summary = /^# \{ total: (\d+)(?:, pass: (\d+))?(?:, fail: (\d+))?.*\}$/m.exec(text)
  const passed = Number(summary?.[2] ?? 0)
  // Skipped and planned ones are neither; a red exit without a failure that was counted is one.
  const failed = Number(summary?.[3] ?? 0)
  if (failed > 0 || code !== 0 || summary === null) writeFileSync(join(tmpdir(), "conclave-gate.tap"), text)
  return { passed, failed: failed === 0 && (code !== 0 || summary === null) ? 1 : failed }
}

async function generatedIsCurrent() {
  const folder = mkdtempSync(join(tmpdir(), "conclave-gen-"))
  try {
    if (!run("swim/wire/generate.mjs", [folder])) return false
    const files = { ...(await generatedByAgent()) }
    for (const name of ["gossip.js", "gossip.d.ts"])
      files[`swim/wire/${name}`] = readFileSync(join(folder, name), "utf8")
    const old = Object.keys(files).filter((path) => !existsSync(path) || readFileSync(path, "utf8") !== files[path])
    for (const path of old) console.error(`${path} is not what its source gives; run: npm run gen`)
    return old.length === 0
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function generatedByAgent() {
  const { generated } = await import(pathToFileURL(join(ROOT, "agent/dist/api/generate.js")).href)
  return generated()
}

/** Installs from the lock file unless that was done; what tests need contains what a start needs. */
function install(scope) {
  const lock = createHash("sha256").update(readFileSync("package-lock.json")).digest("hex")
  const held = existsSync(STAMP) ? readFileSync(STAMP, "utf8") : ""
  if (held === `${lock} test` || held === `${lock} ${scope}`) return
  note(scope === "start" ? "installing what the agent needs …" : "installing, test tools included …")
  const some = ["-w", "base", "-w", "swim", "-w", "sdk", "-w", "agent", "--include-workspace-root"]
  const done = spawnSync("npm", ["ci", "--no-audit", "--no-fund", ...(scope === "start" ? some : [])], {
    stdio: ["ignore", 2, 2],
  })
  if (done.status !== 0) {
    console.error("npm ci failed; see above. Next: check the network or the registry, then run the same command again.")
    process.exit(done.status ?? 1)
  }
  mkdirSync("node_modules", { recursive: true })
  writeFileSync(`${STAMP}.new`, `${lock} ${scope}`)
  renameSync(`${STAMP}.new`, STAMP)
}

/** tsc looks at what changed by itself; the bundle is made when its input is newer. */
function compile(projects) {
  if (!run(TSC, ["-b", ...projects])) return false
  const info = "agent/dist/tsconfig.tsbuildinfo"
  const newest = Math.max(...PRODUCT.map((each) => modifiedMs(`${each}/dist/tsconfig.tsbuildinfo`)))
  if (existsSync(info) && modifiedMs("agent/bundle/main.js") > newest) return true
  return run("../node_modules/rolldown/bin/cli.mjs", ["-c", "rolldown.config.mjs"], { cwd: "agent" })
}

function modifiedMs(path) {
  return existsSync(path) ? statSync(path).mtimeMs : 0
}

function run(script, scriptArgs, { cwd = ".", entry = false, args: entryArgs = [] } = {}) {
  const call = entry ? ["-e", entryCode(script, entryArgs)] : [script, ...scriptArgs]
  return spawnSync(process.execPath, call, { stdio: ["ignore", 2, 2], cwd }).status === 0
}

function entryCode(script, entryArgs) {
  return `import(${JSON.stringify(pathToFileURL(join(ROOT, script)).href)}).then((m) => m.run(${JSON.stringify(entryArgs)})).then((code) => { process.exitCode = code })`
}

/** The program runs in this very process: its signals and its exit code are ours. */
async function hand(module, programArgs) {
  const { run: program } = await import(pathToFileURL(join(ROOT, module)).href)
  process.exitCode = await program(programArgs)
}

/** One set-up at a time in one clone; a lock that its owner left behind is taken over. */
async function alone(work) {
  const deadline = Date.now() + LOCK_STALE_MS
  for (let isFirst = true; ; isFirst = false) {
    try {
      mkdirSync(LOCK)
      break
    } catch {
      if (Date.now() - modifiedMs(LOCK) > LOCK_STALE_MS || Date.now() > deadline)
        rmSync(LOCK, { recursive: true, force: true })
      if (isFirst) note("another command is setting up; waiting …")
      await new Promise((resolve) => setTimeout(resolve, 200))
    }
  }
  try {
    work()
  } finally {
    rmSync(LOCK, { recursive: true, force: true })
  }
}

function note(text) {
  process.stderr.write(`conclave: ${text}\n`)
}
