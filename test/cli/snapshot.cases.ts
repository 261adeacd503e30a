import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { type Client, ConclaveError, connect, type Lock } from "@conclave/sdk"
import { Fleet } from "conclave/cli/fleet/fleet"
import { type Test, test } from "tap"
import { fileOf, machineWith } from "../agent/saved-state.ts"
import { conclave } from "./program.ts"

function folderFor(t: Test): string {
  const folder = mkdtempSync(join(tmpdir(), "conclave-test-"))
  t.teardown(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** A client that has not heard yet that its session is over is told so once. */
async function lockAgain(client: Client, name: string): Promise<Lock> {
  while (true) {
    try {
      return await client.lock(name)
    } catch (error) {
      if (!ConclaveError.is(error, "SESSION_LOST")) throw error
    }
  }
}

/** On a host that stands still for longer than its session lives a grant may be over, but not by a restore. */
function notRevoked(t: Test, { held, signal }: Lock): void {
  const loss: unknown = signal.reason
  t.ok(held || (ConclaveError.is(loss, "GRANT_LOST") && loss.details["reason"] !== "revoked"), String(loss))
}

test("inspect needs no agent, and says what is wrong with a file", async (t) => {
  const folder = folderFor(t)
  const file = join(folder, "a.snap")
  const inspect = (...more: readonly string[]) => conclave(["snapshot", "inspect", file, ...more])
  const sound = fileOf(machineWith(10))
  writeFileSync(file, sound)
  const shown = await inspect("--json")
  t.equal(shown.code, 0)
  t.match(JSON.parse(shown.stdout), { path: file, clusterId: "c".repeat(26), term: "2", sha256: /^[0-9a-f]{64}$/ })
  t.match((await inspect()).stdout, /: cluster c+, revision \d+, entry \d+ of term 2, last token \d+/)
  const damaged = Buffer.from(sound)
  damaged[sound.length - 20] = (sound[sound.length - 20] as number) ^ 1
  writeFileSync(file, damaged)
  t.match(await inspect(), { code: 2, stderr: /cannot be used\n {2}it is damaged:[\s\S]*Next: another copy/ })
  writeFileSync(file, fileOf(machineWith(1), { format: 2 }))
  t.match(await inspect(), { code: 2, stderr: /a newer program saved it/ })
  writeFileSync(file, "hello")
  t.match(await inspect(), { code: 2, stderr: /no saved state of conclave/ })
  t.match(await conclave(["snapshot", "inspect", join(folder, "none")]), { code: 6, stderr: /ENOENT/ })
  t.match(await conclave(["snapshot", "inspect", folder]), { code: 2, stderr: /is a directory/ })
  t.match(await conclave(["snapshot", "restore", file]), { code: 2, stderr: /--confirm/ })
})

test("a state is saved at any agent and restored into the running cluster", { timeout: 600_000 }, async (t) => {
  const folder = folderFor(t)
  const fleet = new Fleet({ folder: join(folder, "f"), profile: "local", keep: false })
  t.teardown(() => fleet.close())
  await fleet.start(3)
  const at = (name: string): readonly string[] => {
    const { socket, adminSocket } = fleet.agent(name)
    return ["--socket", socket, "--admin-socket", adminSocket]
  }
  t.equal((await conclave(["raft", "bootstrap", ...at("n1")])).code, 0)
  while ((await conclave(["locks", ...at("n2")])).code !== 0);
  const client = await connect({ socket: fleet.agent("n2").socket, name: "app" })
  t.teardown(() => client.close())
  const first = await client.lock("a")
  await first.release()
  const file = join(folder, "state.snap")
  const saved = await conclave(["snapshot", "save", file, "--json", ...at("n3")])
  t.equal(saved.code, 0, saved.stderr)
  const header = JSON.parse(saved.stdout) as { clusterId: string; token: string; bytes: number }
  t.equal(statSync(file).mode & 0o777, 0o600)
  t.same(
    readdirSync(folder).filter((name) => name.includes(".tmp")),
    [],
    "nothing is left beside it",
  )
  const piped = await conclave(["snapshot", "save", "-", ...at("n1")])
  t.match(piped, { code: 0, stderr: /^cluster / })
  t.equal(piped.stdout.slice(0, piped.stdout.indexOf("\n")).includes('"path":"-"'), true)
  t.match(await conclave(["snapshot", "save", join(folder, "no", "such"), ...at("n1")]), { code: 6 })

  const held = await client.lock("b")
  const restore = (name: string, confirm: string) =>
    conclave(["snapshot", "restore", file, "--confirm", confirm, "--json", ...at(name)])
  const wrong = await restore("n1", "x".repeat(26))
  t.equal(wrong.code, 7)
  t.match(JSON.parse(wrong.stderr).error, { code: "CONFLICT", details: { reason: "cluster-id" } })
  notRevoked(t, held)
  const done = await restore("n3", header.clusterId)
  t.equal(done.code, 0, done.stderr)
  t.match(JSON.parse(done.stdout), { path: file, token: header.token })
  await new Promise<void>((lost) => {
    if (held.signal.aborted) lost()
    else held.signal.addEventListener("abort", () => lost(), { once: true })
  })
  const next = await lockAgain(client, "b")
  t.ok(next.token > held.token)
  t.equal((await restore("n2", header.clusterId)).code, 0, "again")
  const other = await connect({ socket: fleet.agent("n1").socket, name: "other" })
  t.teardown(() => other.close())
  const last = await lockAgain(other, "b")
  t.ok(last.token > next.token, "and no token repeats")
  const shown = await conclave(["locks", "a", "--json", ...at("n1")])
  t.match(JSON.parse(shown.stdout), { holders: [], history: [{ token: String(first.token), reason: "released" }] })
  const cut = readFileSync(file).subarray(0, 300)
  writeFileSync(file, cut)
  t.match(await restore("n1", header.clusterId), { code: 2 })
  notRevoked(t, last)
})
