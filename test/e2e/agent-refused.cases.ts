import { mkdtempSync, rmSync } from "node:fs"
import { createServer } from "node:net"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { type Test, test } from "tap"
import { sharedKeys } from "../key-files.ts"
import { conclave, type Ended, type Program } from "../program.ts"

interface Home {
  readonly dataDir: string
  readonly socket: string
  readonly adminSocket: string
  readonly name: string
}

/** Short, as the path of a socket must be. */
function folderFor(t: Test): string {
  const folder = mkdtempSync(join(tmpdir(), "conclave-test-"))
  t.teardown(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

function homeIn(folder: string, name: string): Home {
  const home = join(folder, name)
  return { name, dataDir: join(home, "data"), socket: join(home, "a.sock"), adminSocket: join(home, "b.sock") }
}

function agent(t: Test, home: Home, ...more: readonly string[]): Program {
  const program = conclave(
    t,
    ...[
      "agent",
      "--config",
      "/dev/null",
      ...sharedKeys(dirname(dirname(home.dataDir))),
      "--bind",
      "127.0.0.1:0",
      "--name",
      home.name,
      "--data-dir",
      home.dataDir,
    ],
    ...["--socket", home.socket, "--admin-socket", home.adminSocket, ...more],
  )
  return program
}

async function ready(program: Program): Promise<{ readonly addr: string; readonly pid: number }> {
  return JSON.parse(await program.line((line) => line.includes('"agent.ready"')))
}

function errorOf({ stderr }: Ended): { readonly code: string; readonly message: string; readonly details: object } {
  const lines = stderr.trimEnd().split("\n")
  return JSON.parse(lines.at(-1) ?? "").error
}

test("an agent that cannot have what it needs says who has it and ends with 78", { timeout: 300_000 }, async (t) => {
  const folder = folderFor(t)
  const first = homeIn(folder, "n1")
  const { pid } = await ready(agent(t, first, "--http-addr", "off"))
  const http = createServer()
  await new Promise<void>((listening) => http.listen(0, "127.0.0.1", listening))
  t.teardown(() => http.close())
  const { port } = http.address() as { port: number }
  const second = homeIn(folder, "n2")
  const off = ["--http-addr", "off", "--json"]
  const cases: Readonly<Record<string, readonly [Home, readonly string[], RegExp]>> = {
    "data directory": [{ ...second, dataDir: first.dataDir }, off, new RegExp(`pid ${pid}`)],
    socket: [{ ...second, socket: first.socket }, off, /a\.sock is in use/],
    "admin socket": [{ ...second, adminSocket: first.adminSocket }, off, /b\.sock is in use/],
    "http address": [second, ["--http-addr", `127.0.0.1:${port}`, "--json"], new RegExp(`pid ${process.pid}`)],
    "socket's directory": [{ ...second, socket: "/dev/null/dir/a.sock" }, off, /\/dev\/null/],
  }
  for (const [what, [home, flags, said]] of Object.entries(cases)) {
    const ended = await agent(t, home, ...flags).ended
    t.equal(ended.code, 78, `${what}: ${ended.stderr}`)
    t.match(errorOf(ended), { code: "INVALID_ARGUMENT", message: said }, what)
  }
  const again = agent(t, second, "--http-addr", "off")
  t.ok((await ready(again)).pid, "what refused has left nothing behind")
})

test("an agent with the name of a living member ends with 7 at once", async (t) => {
  const folder = folderFor(t)
  const first = homeIn(folder, "n1")
  const { addr } = await ready(agent(t, first, "--http-addr", "off"))
  const second = { ...homeIn(folder, "n2"), name: "n1" }
  const ended = await agent(t, second, "--http-addr", "off", "--json", "--join", addr).ended
  t.equal(ended.code, 7, ended.stderr)
  t.match(errorOf(ended), { code: "CONFLICT", message: /n1 belongs to/, details: { reason: "name-taken" } })
})
