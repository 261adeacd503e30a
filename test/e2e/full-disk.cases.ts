import { spawnSync } from "node:child_process"
import { mkdirSync, mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { type Client, ConclaveError, connect } from "@conclave/sdk"
import { type Test, test } from "tap"
import { startAgent } from "./started-agent.ts"

const DISK_BYTES = 12 * 1024 * 1024
/** As much as a candidacy may say. */
const VALUE = { text: "x".repeat(4_000) }

/** Everything here must work, whatever becomes of the disk. */
async function readsAndGivesBack(t: Test, client: Client, kept: Awaited<ReturnType<Client["lock"]>>): Promise<void> {
  t.match((await client.election("boss").leader())?.token, /\d/, "what is known is told")
  t.ok(kept.held, "sessions are renewed")
  await kept.release()
}

test("on a full disk new work is refused, and what is there is read, kept and given back", {
  timeout: 300_000,
}, async (t) => {
  const folder = mkdtempSync(join(tmpdir(), "conclave-test-"))
  t.teardown(() => rmSync(folder, { recursive: true, force: true }))
  const data = join(folder, "n1/data")
  mkdirSync(data, { recursive: true })
  const mounted = `mount -t tmpfs -o mode=700,size=${DISK_BYTES} tmpfs "$0" && exec "$@"`
  const enter = ["unshare", "--map-root-user", "--mount", "sh", "-ec", mounted, data]
  if (spawnSync("unshare", [...enter.slice(1), "true"], { stdio: "ignore" }).status !== 0) {
    console.error("SKIPPED: a full disk needs a mount namespace")
    return
  }
  const agent = await startAgent(t, { folder, name: "n1", place: { enter, bind: "127.0.0.1:0" } }, "--bootstrap")
  const inside = ["--target", String(agent.pid), "--user", "--mount", "--preserve-credentials"]
  const at = (...command: readonly string[]) => spawnSync("nsenter", [...inside, ...command]).status
  const client = await connect({ socket: agent.socket })
  t.teardown(() => client.close())
  await client.ready()
  const kept = await client.lock("kept")
  const leadership = await client.election("boss").campaign()
  t.not(at("sh", "-c", `cat /dev/zero > "${data}/others" 2> /dev/null`), 0, "the disk is full")
  let refusal: unknown
  while (refusal === undefined)
    await leadership.update({ value: VALUE }).catch((error) => {
      refusal = error
    })
  t.match(refusal, { code: "RESOURCE_EXHAUSTED", outcome: "not-applied", details: { limit: "disk" } })
  const warned = async () => (await client.status()).warnings.some(({ code }) => code === "disk-full")
  t.ok(await warned(), "operators see it")
  await t.rejects(client.tryLock("more"), { code: "RESOURCE_EXHAUSTED" })
  await readsAndGivesBack(t, client, kept)
  t.equal(at("rm", `${data}/others`), 0)
  for (let lock = null; lock === null; )
    lock = await client.lock("more").catch((error: unknown) => {
      if (ConclaveError.is(error, "RESOURCE_EXHAUSTED")) return null
      throw error
    })
  t.notOk(await warned())
  t.ok(leadership.held, "and all of that cost nobody anything")
})
