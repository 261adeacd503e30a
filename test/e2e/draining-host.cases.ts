import { mkdtempSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { type Test, test } from "tap"
import { conclave, eventually, type Program } from "../program.ts"
import { type StartedAgent, startAgent } from "./started-agent.ts"

const LONG = { timeout: 300_000 }

/** What ran under a leadership or for an item writes when it begins and when it has ended. */
function linesOf(file: string): readonly string[] {
  try {
    return readFileSync(file, "utf8")
      .split("\n")
      .filter((line) => line !== "")
  } catch {
    return []
  }
}

/** Ends when it is asked to, a little later. */
function politely(file: string): readonly string[] {
  const name = "$CONCLAVE_GRANT_NAME$CONCLAVE_WORK_ITEM"
  const script = `trap 'sleep 0.3; echo "end ${name} $1" >> "$0"; exit 0' TERM; echo "begin ${name} $1" >> "$0"; while :; do sleep 0.05; done`
  return ["--", "sh", "-c", script, file]
}

function at(t: Test, agent: StartedAgent, ...argv: readonly string[]): Program {
  const split = argv.indexOf("--")
  const [own, command] = split < 0 ? [argv, []] : [argv.slice(0, split), argv.slice(split)]
  const admin = agent.socket.replace(/a\.sock$/, "b.sock")
  const program = conclave(t, ...own, "--socket", agent.socket, "--admin-socket", admin, ...command)
  t.teardown(() => program.signal("SIGKILL"))
  return program
}

test("a host that leaves lets its leadership and its items go first, and says what is left", LONG, async (t) => {
  const folder = mkdtempSync(join(tmpdir(), "conclave-test-"))
  t.teardown(() => rmSync(folder, { recursive: true, force: true }))
  const file = join(folder, "log")
  const n1 = await startAgent(t, { folder, name: "n1" }, "--bootstrap")
  const n2 = await startAgent(t, { folder, name: "n2" }, "--join", n1.addr, "--voter", "never")
  t.equal((await at(t, n1, "work", "configure", "q", "--partitions", "3").ended).code, 0)
  at(t, n2, "elect", "boss", ...politely(file), "n2")
  t.ok(await eventually(() => linesOf(file).includes("begin boss n2")))
  at(t, n2, "work", "run", "q", ...politely(file), "n2")
  t.ok(await eventually(() => linesOf(file).filter((line) => /^begin q\d n2$/.test(line)).length === 3))
  at(t, n1, "elect", "boss", ...politely(file), "n1")
  const { stdout } = await at(t, n1, "wait", "--for", "ready").ended
  t.match(stdout, "ready")
  while ((await waiters(t, n1)) !== 1);
  const leave = at(t, n2, "leave")
  // The first worker here comes when there is something to hand over to it.
  at(t, n1, "work", "run", "q", ...politely(file), "n1")
  const { code, stdout: said, stderr } = await leave.ended
  t.equal(code, 0, stderr)
  t.match(said, "n2 has left")
  t.match(stderr, /conclave: 1 leadership and 3 items to move\n(.*to move\n)*conclave: all has moved\n/)
  t.equal((await n2.program.ended).code, 0)
  const begun = (line: string): boolean => linesOf(file).includes(line)
  t.ok(await eventually(() => ["boss", "q0", "q1", "q2"].every((name) => begun(`begin ${name} n1`))))
  const lines = linesOf(file)
  for (const name of ["boss", "q0", "q1", "q2"]) {
    const at = (line: string): number => lines.indexOf(line)
    t.ok(at(`end ${name} n2`) >= 0 && at(`end ${name} n2`) < at(`begin ${name} n1`), `${name} was handed over first`)
  }
})

async function waiters(t: Test, agent: StartedAgent): Promise<number> {
  const { stdout } = await at(t, agent, "elections", "boss", "--json").ended
  return (JSON.parse(stdout) as { readonly waiters: readonly object[] }).waiters.length
}
