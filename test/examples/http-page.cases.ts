import { spawnSync } from "node:child_process"
import { mkdtempSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { type Test, test } from "tap"
import { type StartedAgent, startAgent } from "../e2e/started-agent.ts"
import { conclave } from "../program.ts"
import { Shown, sectionsOf } from "./http-page.ts"
import { PageReader } from "./page-reader.ts"

const ROOT = fileURLToPath(new URL("../../../", import.meta.url))
const PAGE = readFileSync(join(ROOT, "docs/http.md"), "utf8")

/** What the page need not show: it is for operators, and `docs/operations.md` is theirs. */
const FOR_OPERATORS = [
  "faults",
  "keyring",
  "keyring.list",
  "raft.transfer",
  "raft.add",
  "raft.remove",
  "snapshot.save",
  "snapshot.restore",
  "v1.stream",
]

/** Operations of which no command of the page is one. */
function unshown(commands: readonly string[]): readonly string[] {
  const { paths } = JSON.parse(readFileSync(join(ROOT, "docs/openapi.json"), "utf8")) as {
    readonly paths: Readonly<Record<string, Readonly<Record<string, { readonly operationId: string }>>>>
  }
  const asked = commands.map((command) => {
    const path = /https?:\/\/[^/]+(\/[^?'\s]*)/.exec(command)?.[1] ?? ""
    const method = / -X ([A-Z]+)/.exec(command)?.[1] ?? (/ -d /.test(command) ? "POST" : "GET")
    return `${method} ${path}`
  })
  const missing = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).flatMap(([method, { operationId }]) => {
      const shape = new RegExp(`^${method.toUpperCase()} ${path.replace(/\{\w+\}/g, "[^/]+")}$`)
      return asked.some((each) => shape.test(each)) ? [] : [operationId]
    }),
  )
  return missing.sort()
}

/** Until the agent at this socket believes so of a member. */
async function untilStatus(t: Test, socket: string, member: string): Promise<void> {
  const { code, stderr } = await conclave(t, "wait", "--for", `member:${member}`, "--socket", socket, "--timeout", "5m")
    .ended
  t.equal(code, 0, stderr)
}

/**
 * What a section leaves behind ends when its connections do, and no sooner: the next one shows revisions of its own.
 */
async function untilNoSessions(t: Test, { socket }: StartedAgent): Promise<void> {
  for (;;) {
    const { code, stdout } = await conclave(t, "sessions", "--json", "--socket", socket).ended
    // Before the cluster is founded there are none.
    if (code !== 0 || JSON.parse(stdout).items.length === 0) return
  }
}

/** The host of the page, and another one that it is to join. */
async function hosts(t: Test): Promise<readonly [StartedAgent, StartedAgent]> {
  const folder = mkdtempSync(join(tmpdir(), "conclave-test-"))
  t.teardown(() => rmSync(folder, { recursive: true, force: true }))
  return await Promise.all([
    startAgent(t, { folder, name: "db-1" }, "--tag", "role=db", "--http-addr", "127.0.0.1:0"),
    startAgent(t, { folder, name: "web-1" }, "--voter", "never"),
  ])
}

function readerFor(t: Test, here: StartedAgent, other: StartedAgent): PageReader {
  const { http } = JSON.parse(here.program.lines.find((line) => line.includes('"agent.ready"')) ?? "{}")
  return new PageReader(t, {
    here: {
      $S: here.socket,
      $A: here.socket.replace(/a\.sock$/, "b.sock"),
      "/run/conclave/conclave.sock": here.socket,
      "10.0.0.2:7951": other.addr,
      "127.0.0.1:7952": String(http),
    },
    before: async ({ command }) => {
      if (!/\/v1\/leave$/.test(command)) return
      other.program.signal("SIGKILL")
      await untilStatus(t, here.socket, "web-1=dead")
    },
  })
}

test("what the page of the local API shows is what an agent does", { timeout: 300_000 }, async (t) => {
  if (spawnSync("curl", ["--version"], { stdio: "ignore" }).status !== 0) {
    console.error("SKIPPED: the commands of docs/http.md need curl; on Debian: apt-get install curl")
    return
  }
  const [here, other] = await hosts(t)
  const reader = readerFor(t, here, other)
  for (const section of sectionsOf(PAGE)) {
    t.same(await reader.read(section), [], section.title)
    await untilNoSessions(t, here)
  }
  t.same(unshown(reader.ran), FOR_OPERATORS.toSorted(), "each operation is shown")

  const wrong = [
    ["a path that is none", "curl -s --unix-socket $S http://localhost/v1/kvs"],
    ["an answer that is another", 'curl -s --unix-socket $S http://localhost/v1/hold/lock/free\n{"kind":"lock"}'],
    ["an input that is refused", "curl -s --unix-socket $S -d '{\"parties\":0}' http://localhost/v1/barriers/b"],
    ["a stream that is refused", "curl -sN --unix-socket $S http://localhost/v1/watch/nothing"],
    ["no agent", "curl -s --unix-socket $S.not http://localhost/v1/status"],
  ] as const
  for (const [what, text] of wrong) {
    const [section] = sectionsOf(`## A\n\`\`\`sh\n${text}\n\`\`\`\n`)
    const problems = section === undefined ? [] : await reader.read(section)
    t.equal(problems.length, 1, `${what} is found: ${problems.join()}`)
  }
})

test("a page is read by its headings, its commands and what they answer", (t) => {
  const page = [
    "## One",
    "```sh",
    "S=/a A=/b",
    "curl -s a \\",
    "  b",
    '{"rev":"1"}',
    "```",
    "```",
    "curl no",
    "```",
    "## Two",
    "```sh",
    "# why",
    "curl c",
    "```",
  ]
  t.same(sectionsOf(page.join("\n")), [
    { title: "One", steps: [{ at: 5, command: "curl -s a b", answers: ['{"rev":"1"}'] }] },
    { title: "Two", steps: [{ at: 14, command: "curl c", answers: [] }] },
  ])
  t.end()
})

test("numbers in texts may be others and must stay the same, all else is as it is shown", (t) => {
  const shown = new Shown()
  t.equal(
    shown.difference('{"rev":"7","holders":[Holder],"leftMs":3}', '{"rev":"41","holders":[{}],"leftMs":9}'),
    undefined,
  )
  t.equal(shown.inTruth(`curl -d '{"ifRev":"7"}' 'x?from=7' /7`), `curl -d '{"ifRev":"41"}' 'x?from=41' /7`)
  t.match(shown.difference('{"rev":"7"}', '{"rev":"42"}'), /rev/, "it was another one before")
  t.match(shown.difference('{"rev":"8"}', '{"rev":8}'), /rev/)
  t.match(shown.difference('{"a":1}', '{"a":2}'), /\.a is 2/)
  t.match(shown.difference('{"a":1}', '{"a":1,"b":1}'), /\.b is 1/)
  t.match(shown.difference('{"a":1,"b":1}', '{"a":1}'), /\.b/)
  t.match(shown.difference('{"a":[1]}', '{"a":[]}'), /\.a/)
  const secret = ["7kq2", "4n"].map((text) => ({ session: `${text}-session`, secret: `${text}-secret` }))
  t.equal(shown.difference(JSON.stringify(secret[0]), JSON.stringify(secret[1])), undefined)
  t.equal(
    shown.inTruth("-H 'Conclave-Session: 7kq2-session.7kq2-secret'"),
    "-H 'Conclave-Session: 4n-session.4n-secret'",
  )
  t.end()
})
