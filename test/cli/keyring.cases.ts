import { spawnSync } from "node:child_process"
import { createHash, randomBytes } from "node:crypto"
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { launcherPath } from "conclave/cli/fleet/reaper-link"
import { test } from "tap"
import { leaksIn } from "../e2e/leak-search.ts"
import { conclave } from "./program.ts"

const NOWHERE = ["--json", "--admin-socket", "/nonexistent"]

interface Refusal {
  readonly status: number | null
  readonly message: string
  readonly hint: string
}

/** With this on its stdin; refused before any agent is asked, or since there is none. */
function refusedInstall(input: string, ...args: readonly string[]): Refusal {
  const { status, stderr } = spawnSync(process.execPath, [launcherPath(), "keyring", "install", ...args, ...NOWHERE], {
    input,
    encoding: "utf8",
    env: { ...process.env, NODE_OPTIONS: "" },
  })
  const { message, hint } = JSON.parse(stderr).error
  return { status, message, hint }
}

function install(input: string, ...args: readonly string[]): string {
  const { status, message } = refusedInstall(input, ...args)
  return `${status} ${message}`
}

test("a key comes from a file or stdin, and what is none is not shown again", async (t) => {
  const key = randomBytes(32).toString("base64")
  const directory = mkdtempSync(join(tmpdir(), "conclave-test-"))
  t.teardown(() => rmSync(directory, { recursive: true, force: true }))
  const path = join(directory, "k")
  writeFileSync(path, `# for all\n${key} 7\n`, { mode: 0o600 })
  t.match(install(`${key}\n`), /^3 no agent runs here/)
  t.match(install(key, "-"), /^3 no agent runs here/)
  t.match(install("", path), /^3 no agent runs here/, "also as an agent's file has it")
  t.equal(install("", "/none"), "2 there is no file /none")
  t.match(install(`${key}\n${key}\n`), /^2 what is on stdin has 2 lines, install takes one key/)
  const refusals = [install("", key), install(key.slice(1)), install(`${"x".repeat(5000)}`), install("")]
  t.match(refusals[0], /^2 a key is no argument: others see it/)
  for (const text of [`key=${key}`, `"${key}",`, `key = ${key}`]) {
    t.match(install("", text), /^2 a key is no argument: others see it/)
    t.match(refusedInstall(text), {
      status: 2,
      message: /stdin has something stuck to a key/,
      hint: "leave the key alone",
    })
    refusals.push(install("", text), install(text))
  }
  for (const refusal of refusals.slice(1, 4)) t.match(refusal, /^2 what is on stdin is no key: 32 bytes in base64/)
  t.notMatch(refusals.join(), key.slice(2, 20))
})

test("a key that somebody gives as a word of the command is not shown again", async (t) => {
  const key = createHash("sha256").update("a key").digest()
  const said: string[] = []
  for (const form of ["base64", "base64url", "hex"] as const) {
    const text = key.toString(form)
    t.match(install("", text), /^2 a key is no argument: others see it/)
    for (const words of [["keyring", text], ["keyring", "gen", text], ["keyring", "list", text], [text]]) {
      const { code, stderr } = await conclave(words)
      t.equal(code, 2, words.slice(0, -1).join(" "))
      said.push(stderr)
    }
  }
  t.same(leaksIn([{ name: "errors", bytes: Buffer.from(said.join()) }], { key }), [])
})

test("a file that others may read, or put another in the place of, is refused and not read", (t) => {
  const key = randomBytes(32).toString("base64")
  const directory = mkdtempSync(join(tmpdir(), "conclave-test-"))
  t.teardown(() => rmSync(directory, { recursive: true, force: true }))
  const path = join(directory, "k")
  writeFileSync(path, key)
  for (const mode of [0o644, 0o640, 0o602]) {
    chmodSync(path, mode)
    const shown = mode.toString(8).padStart(4, "0")
    t.same(refusedInstall("", path), {
      status: 2,
      message: `${path} is open to others (mode ${shown})`,
      hint: `chmod 600 ${path}`,
    })
  }
  chmodSync(path, 0o600)
  chmodSync(directory, 0o777)
  t.match(refusedInstall("", path), { status: 2, message: /^anybody may put another/, hint: `chmod o-w ${directory}` })
  t.match(refusedInstall("", directory), { status: 2, message: /is no regular file$/, hint: /with the key on stdin$/ })
  chmodSync(directory, 0o700)
  t.match(install("", path), /^3 no agent runs here/)
  t.end()
})

test("each verb says what it needs", async (t) => {
  const refused = async (...argv: readonly string[]): Promise<string> => {
    const { code, stderr } = await conclave(["keyring", ...argv, ...NOWHERE])
    return `${code} ${JSON.parse(stderr).error.message}`
  }
  t.match(await refused("use"), /^2 keyring use needs FINGERPRINT/)
  t.match(await refused("remove"), /^2 keyring remove needs FINGERPRINT/)
  t.match(await refused("rotate", "a", "b"), /^2 keyring rotate takes at most 1/)
  t.match(await refused("turn"), /^2 unknown command "keyring turn"/)
  for (const verb of ["list", "rotate"]) t.match(await refused(verb), /^3 no agent runs here/)
})
