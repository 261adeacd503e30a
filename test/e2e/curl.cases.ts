import { spawnSync } from "node:child_process"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { type Test, test } from "tap"
import { conclave, Program } from "../program.ts"
import { untilVoters } from "./recovering.ts"
import { type StartedAgent, startAgent } from "./started-agent.ts"

/** A lock as a script holds it: for as long as curl has the connection. */
function holdWithCurl(t: Test, { socket }: StartedAgent): Program {
  const request = ["-X", "POST", "-d", "{}", "http://localhost/v1/hold/lock/by-hand"]
  return new Program(t, ["curl", "--silent", "--no-buffer", "--unix-socket", socket, ...request])
}

async function eventOf(curl: Program, type: string): Promise<{ readonly token: string }> {
  return JSON.parse(await curl.line((line) => line.includes(`"type":"${type}"`)))
}

interface Shown {
  readonly holders: readonly { readonly member: string; readonly token: string; readonly liveness: string }[]
  readonly waiters: readonly { readonly member: string }[]
}

async function locks(t: Test, { socket }: StartedAgent): Promise<Shown> {
  const { stdout } = await conclave(t, "locks", "by-hand", "--json", "--socket", socket).ended
  return JSON.parse(stdout) as Shown
}

test("a lock that curl holds is seen at every agent, and moves when curl is killed", {
  timeout: 300_000,
}, async (t) => {
  if (spawnSync("curl", ["--version"], { stdio: "ignore" }).status !== 0) {
    console.error("SKIPPED: a lock that curl holds needs curl; on Debian: apt-get install curl")
    return
  }
  const folder = mkdtempSync(join(tmpdir(), "conclave-test-"))
  t.teardown(() => rmSync(folder, { recursive: true, force: true }))
  const n1 = await startAgent(t, { folder, name: "n1" }, "--bootstrap")
  const n2 = await startAgent(t, { folder, name: "n2" }, "--join", n1.addr)
  const n3 = await startAgent(t, { folder, name: "n3" }, "--join", n1.addr)
  await untilVoters(t, n3, 3)
  const first = holdWithCurl(t, n2)
  const { token } = await eventOf(first, "granted")
  t.match(await locks(t, n3), { holders: [{ member: "n2", token, liveness: "connection" }], waiters: [] })
  const second = holdWithCurl(t, n3)
  await eventOf(second, "queued")
  t.match(await locks(t, n1), { holders: [{ token }], waiters: [{ member: "n3" }] })
  first.signal("SIGKILL")
  const next = await eventOf(second, "granted")
  t.ok(BigInt(next.token) > BigInt(token))
  t.match(await locks(t, n1), { holders: [{ member: "n3", token: next.token }], waiters: [] })
})
