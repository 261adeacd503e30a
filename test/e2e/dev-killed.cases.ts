import { existsSync, readdirSync, readFileSync } from "node:fs"
import { dirname } from "node:path"
import { type Test, test } from "tap"
import { conclave, eventually, type Program, stateOf } from "../program.ts"
import type { DevAgent } from "./dev-event.ts"

interface Booted {
  readonly dev: Program
  readonly agents: readonly DevAgent[]
  readonly folder: string
}

async function booted(t: Test, script: string): Promise<Booted> {
  const dev = conclave(t, "dev", "--json", "--script", script)
  const { agents } = JSON.parse(await dev.line((line) => line.includes('"boot"'))) as { agents: readonly DevAgent[] }
  return { dev, agents, folder: dirname(dirname(agents[0]?.socket ?? "")) }
}

async function nothingIsLeft(t: Test, { agents, folder }: Booted): Promise<void> {
  for (const { name, pid } of agents) t.ok(await eventually(() => stateOf(pid) === undefined), `${name} is gone`)
  t.ok(await eventually(() => !existsSync(folder)), "the folder is gone")
  t.ok(await eventually(() => processesNaming(folder).length === 0), "no process knows the folder")
}

function processesNaming(folder: string): readonly string[] {
  return readdirSync("/proc").filter((pid) => {
    try {
      return /^\d+$/.test(pid) && readFileSync(`/proc/${pid}/cmdline`, "utf8").includes(folder)
    } catch {
      return false
    }
  })
}

test("agents end and files go when dev is killed", async (t) => {
  const run = await booted(t, "restart")
  t.equal(run.agents.length, 5)
  t.ok(existsSync(run.folder))
  run.dev.signal("SIGKILL")
  await run.dev.ended
  await nothingIsLeft(t, run)
})

test("a stopped agent ends as well when dev is killed", async (t) => {
  const run = await booted(t, "stop-agent")
  const { pid } = JSON.parse(await run.dev.line((line) => line.includes('"stop"'))) as { pid: number }
  t.ok(await eventually(() => stateOf(pid) === "T"), "the agent is stopped")
  run.dev.signal("SIGKILL")
  await run.dev.ended
  await nothingIsLeft(t, run)
})

for (const signal of ["SIGTERM", "SIGINT"] as const) {
  test(`${signal} ends dev, its agents and its files`, async (t) => {
    const run = await booted(t, "restart")
    await run.dev.line((line) => line.includes('"fault":"restart"'))
    run.dev.signal(signal)
    const { code, signal: by } = await run.dev.ended
    t.ok(code !== 0 || by !== null, "the script was not played to its end")
    await nothingIsLeft(t, run)
  })
}
