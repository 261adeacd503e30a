import { cpSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { fileURLToPath, pathToFileURL } from "node:url"
import { type Test, test } from "tap"
import { type Ended, Program } from "../program.ts"

const ROOT = fileURLToPath(new URL("../../..", import.meta.url))
const LOADER = pathToFileURL(join(ROOT, "agent/bin/compiled.mjs")).href
const BUNDLE = join(ROOT, "agent/bundle/daemon.cjs")
const SMALL = "(function (exports, require, module, __filename, __dirname) { exports.half = (n) => n / 2 })"

/** What `body` prints, with `loaded` = the bundle as the launcher loads it, in a process without flags of V8. */
function ended(t: Test, file: string, body: string): Promise<Ended> {
  const code = `import { loadCompiled } from ${JSON.stringify(LOADER)}
import { writeFileSync } from "node:fs"
const loaded = loadCompiled(${JSON.stringify(file)})
${body}`
  return new Program(t, [process.execPath, "--input-type=module", "-e", code]).ended
}

async function isFromCode(t: Test, file: string): Promise<string> {
  const { stdout, stderr } = await ended(t, file, "console.log(loaded.isFromCode, loaded.exports.half(8))")
  return stdout.trim() || stderr
}

async function compiled(t: Test, file: string): Promise<void> {
  await ended(t, file, `loaded.exports.half(2); writeFileSync(${JSON.stringify(`${file}.code`)}, loaded.code())`)
}

test("the built agent starts from the code that was made with it", async (t) => {
  const { stdout, stderr } = await ended(t, BUNDLE, "console.log(loaded.isFromCode, typeof loaded.exports.run)")
  t.equal(stdout, "true function\n")
  t.equal(stderr, "", "V8 knows the flags that it is given")
})

test("a bundle runs from the code beside it, and without it", async (t) => {
  const file = join(t.testdir({ "small.cjs": SMALL }), "small.cjs")
  t.equal(await isFromCode(t, file), "false 4", "none is there")
  await compiled(t, file)
  t.equal(await isFromCode(t, file), "true 4")
})

test("code of another source of the same length is not run", async (t) => {
  const file = join(t.testdir({ "small.cjs": SMALL }), "small.cjs")
  await compiled(t, file)
  writeFileSync(file, SMALL.replace("n / 2", "n * 2"))
  t.equal(await isFromCode(t, file), "false 16")
})

test("code that is cut short, or of another version of V8, is not run", async (t) => {
  const file = join(t.testdir({ "small.cjs": SMALL }), "small.cjs")
  await compiled(t, file)
  const whole = readFileSync(`${file}.code`)
  // After our key come V8's magic number and the hash of its version.
  for (const at of [32, 36]) {
    const other = Buffer.from(whole)
    other.writeUInt8(other.readUInt8(at) ^ 255, at)
    writeFileSync(`${file}.code`, other)
    t.equal(await isFromCode(t, file), "false 4", `byte ${at}`)
  }
  for (const length of [0, 31, 32, 40, whole.length - 8]) {
    writeFileSync(`${file}.code`, whole)
    truncateSync(`${file}.code`, length)
    t.equal(await isFromCode(t, file), "false 4", `${length} bytes`)
  }
})

test("an agent without its code only starts slower", async (t) => {
  const folder = t.testdir({})
  cpSync(dirname(BUNDLE), folder, { recursive: true })
  const file = join(folder, "daemon.cjs")
  rmSync(`${file}.code`)
  const { stdout } = await ended(t, file, "console.log(loaded.isFromCode, typeof loaded.exports.run)")
  t.equal(stdout, "false function\n")
})
