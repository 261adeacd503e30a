import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { connect } from "@conclave/sdk"
import { type Test, test } from "tap"
import { sharedKeys } from "../key-files.ts"
import { conclave, type Ended, type Program } from "../program.ts"

interface Stage {
  readonly folder: string
  /** An agent whose configuration says this of its sockets. */
  readonly agent: (sockets: string) => Program
  /** The command, by the socket of this name. */
  readonly run: (socket: string, ...argv: readonly string[]) => Promise<Ended>
}

function stageFor(t: Test): Stage {
  const folder = mkdtempSync(join(tmpdir(), "conclave-test-"))
  t.teardown(() => rmSync(folder, { recursive: true, force: true }))
  const at = (file: string): string => join(folder, file)
  const agent = (sockets: string): Program => {
    writeFileSync(at("c.yaml"), `sockets: ${sockets}\n`)
    return conclave(
      t,
      ...["agent", "--config", at("c.yaml"), ...sharedKeys(folder), "--bind", "127.0.0.1:0", "--profile", "local"],
      ...["--name", "n1", "--data-dir", at("data"), "--socket", at("a.sock"), "--admin-socket", at("b.sock")],
      ...["--http-addr", "off", "--log-format", "json", "--bootstrap"],
    )
  }
  const run = (socket: string, ...argv: readonly string[]): Promise<Ended> => {
    const [command = "", ...rest] = argv
    return conclave(t, command, "--socket", at(socket), "--admin-socket", at("b.sock"), ...rest).ended
  }
  return { folder, agent, run }
}

test("a team works by its own socket, and with its own names alone", { timeout: 300_000 }, async (t) => {
  const { folder, agent, run } = stageFor(t)
  const team = join(folder, "team", "team.sock")
  const program = agent(`[{path: ${team}, mode: "0600", names: ["team/*"]}]`)
  const ready = JSON.parse(await program.line((line) => line.includes('"agent.ready"')))
  t.same(ready.sockets, [team])
  t.equal((await run("a.sock", "wait", "--for", "leader", "--timeout", "60s")).code, 0)
  t.equal((await run("team/team.sock", "lock", "team/nightly", "--", "true")).code, 0)
  const refused = await run("team/team.sock", "lock", "nightly", "--", "true")
  t.equal(refused.code, 125, "before the command began")
  t.match(refused.stderr, /hold of nightly is not allowed on this socket/)
  t.match(refused.stderr, "this socket is for names like team/*")
  for (const key of ["team/a", "other"]) t.equal((await run("a.sock", "kv", "put", key, "1")).code, 0)
  t.equal((await run("team/team.sock", "kv", "get", "other")).code, 4)
  const listed = JSON.parse((await run("team/team.sock", "kv", "list", "--json")).stdout)
  t.same(
    listed.items.map(({ key }: { key: string }) => key),
    ["team/a"],
  )
  const client = await connect({ socket: team })
  await client.withLock("team/sdk", async (lock) => lock.assertHeld())
  await t.rejects(client.kv.put("other", 2), { code: "PERMISSION_DENIED", details: { op: "kv.put", name: "other" } })
  await t.rejects(client.lock("other"), { code: "PERMISSION_DENIED", outcome: "not-applied", retryable: false })
  await client.close()
  const show = await run("a.sock", "config", "show", "--json")
  const value = JSON.parse(show.stdout).items.find(({ key }: { key: string }) => key === "sockets").value
  t.same(value, [{ path: team, mode: "0600", names: ["team/*"] }])
  program.signal("SIGTERM")
  t.equal((await program.ended).code, 0)
})

test("a socket that cannot be as it is wished ends the agent with 78 and the next step", {
  timeout: 300_000,
}, async (t) => {
  const { folder, agent } = stageFor(t)
  const open = join(folder, "open")
  mkdirSync(open)
  chmodSync(open, 0o777)
  const path = join(folder, "t.sock")
  for (const [sockets, why] of [
    [`[{path: ${path}}]`, /sockets\.0\.names +must be a list of what its clients may touch/],
    [`[{path: ${path}, names: ["or ders"]}]`, /sockets\.0\.names\.0 +fits no name/],
    [`[{path: ${path}, names: [a], mode: "0640"}]`, /sockets\.0\.mode +must be "0600"/],
    [`[{path: ${path}, names: [a], group: no-such-group}]`, /there is no group no-such-group .*groupadd/],
    [`[{path: ${open}/t.sock, names: [a]}]`, /others may write to .*chmod o-w/],
    [`[{path: /${"p".repeat(107)}, names: [a]}]`, /sockets\.0\.path .*at most 107 bytes, this one has 108/],
    [
      `[{path: ${path}, names: [a]}, {path: ${path}, names: [b]}]`,
      /sockets\.1\.path +must differ from sockets\.0\.path/,
    ],
  ] as const) {
    const { code, stderr } = await agent(sockets).ended
    t.equal(code, 78, sockets)
    t.match(stderr, why)
  }
})
