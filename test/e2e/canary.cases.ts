import { createPrivateKey, randomBytes } from "node:crypto"
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { request } from "node:http"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { COMMANDS } from "conclave/cli/commands"
import { type Test, test } from "tap"
import { conclave, LAUNCHER, Program } from "../program.ts"
import { type Artefact, filesIn, formsOf, leaksIn } from "./leak-search.ts"
import { untilVoters } from "./recovering.ts"
import { type StartedAgent, startAgent } from "./started-agent.ts"

/** A call or a command that goes on for ever is cut off then; what it said by then counts. */
const SHOWN_MS = 4000
const AT_ONCE = 4
/** They run agents of their own, which is what this test does. */
const OWN_AGENTS = ["agent", "dev", "dev env"]

interface Schema {
  readonly type?: string
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly minimum?: number
  readonly items?: Schema
  readonly properties?: Readonly<Record<string, Schema>>
  readonly anyOf?: readonly Schema[]
  readonly oneOf?: readonly Schema[]
}

interface Described {
  readonly paths: Readonly<
    Record<
      string,
      Readonly<
        Record<string, { readonly requestBody?: { readonly content: Readonly<Record<string, { schema: Schema }>> } }>
      >
    >
  >
}

/** Something that a schema may take, all that is optional included. */
function sampleOf(schema: Schema): unknown {
  const [choice] = schema.anyOf ?? schema.oneOf ?? []
  if (choice !== undefined) return sampleOf(choice)
  if (schema.const !== undefined) return schema.const
  if (schema.enum !== undefined) return schema.enum[0]
  switch (schema.type) {
    case "object": {
      const fields = Object.entries(schema.properties ?? {})
      return Object.fromEntries(fields.map(([name, field]) => [name, sampleOf(field)]))
    }
    case "array":
      return schema.items === undefined ? [] : [sampleOf(schema.items)]
    case "integer":
    case "number":
      return schema.minimum ?? 1
    case "boolean":
      return true
    default:
      return "n2"
  }
}

/** What an agent says to a call, or what it has said of it by then. */
function call(socketPath: string, method: string, path: string, body: unknown): Promise<Buffer> {
  return new Promise((resolve) => {
    const heard: Buffer[] = []
    const headers = { "content-type": "application/json" }
    const asked = request({ socketPath, method: method.toUpperCase(), path, headers }, (reply) => {
      heard.push(Buffer.from(JSON.stringify([reply.statusCode, reply.headers])))
      reply.on("data", (chunk: Buffer) => heard.push(chunk))
      reply.on("error", () => {})
      reply.on("close", () => resolve(Buffer.concat(heard)))
    })
    asked.on("error", (cause) => resolve(Buffer.from(String(cause))))
    asked.end(body === undefined ? undefined : JSON.stringify(body))
    setTimeout(() => asked.destroy(), SHOWN_MS).unref()
  })
}

async function eachOf<T>(all: readonly T[], one: (item: T) => Promise<void>): Promise<void> {
  const rest = [...all]
  const next = async (): Promise<void> => {
    for (let item = rest.shift(); item !== undefined; item = rest.shift()) await one(item)
  }
  await Promise.all(Array.from({ length: AT_ONCE }, next))
}

/** Every operation that the agent itself describes: with all that it takes, with nothing, and with the wrong thing. */
async function callAll({ socket }: StartedAgent, admin: string): Promise<readonly Artefact[]> {
  const artefacts: Artefact[] = []
  const described = await call(socket, "GET", "/v1/openapi.json", undefined)
  const { paths } = JSON.parse(
    described
      .subarray(described.indexOf("]") + 1)
      .toString()
      .replace(/^[^{]*/, ""),
  ) as Described
  const calls = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { requestBody }]) => {
      const schema = requestBody?.content["application/json"]?.schema
      return { path: path.replaceAll(/\{[^}]*\}/g, "n2"), method, schema }
    }),
  )
  // To leave is the last thing that an agent does; it is a command, too.
  await eachOf(
    calls.filter(({ path }) => path !== "/v1/leave"),
    async ({ path, method, schema }) => {
      const bodies = schema === undefined ? [undefined] : [sampleOf(schema), {}, { none: "of these" }]
      for (const door of [socket, admin])
        for (const body of bodies)
          artefacts.push({ name: `${method} ${path}`, bytes: await call(door, method, path, body) })
    },
  )
  return artefacts
}

/** Every example of every command, as a shell runs it, with what is there in place of what an example names. */
async function runAll(t: Test, { socket }: StartedAgent, folder: string): Promise<readonly Artefact[]> {
  const artefacts: Artefact[] = []
  const shell = `conclave() { ${process.execPath} ${LAUNCHER} "$@"; }; `
  const examples = COMMANDS.filter(({ name }) => !OWN_AGENTS.includes(name)).flatMap(({ name, examples: all }) => [
    ...all.map((example) =>
      example
        .replaceAll("web-1", "n2")
        .replaceAll(/ctl-\d/g, "n3")
        .replaceAll("/backup/", "backup-"),
    ),
    `conclave help ${name}`,
  ])
  const env = { ...process.env, CONCLAVE_SOCKET: socket, CONCLAVE_ADMIN_SOCKET: socket.replace("a.sock", "b.sock") }
  const run = async (example: string): Promise<void> => {
    const cwd = join(folder, "work")
    const line = example.replace(/ -- .*/, " -- true")
    const program = new Program(t, ["timeout", "-s", "TERM", String(SHOWN_MS / 1000), "bash", "-c", shell + line], {
      cwd,
      env,
    })
    const { stdout, stderr } = await program.ended
    artefacts.push({ name: example, bytes: Buffer.from(stdout + stderr) })
  }
  const last = (example: string): boolean => /^conclave leave/.test(example)
  await eachOf(
    examples.filter((example) => !last(example)),
    run,
  )
  for (const example of examples.filter(last)) await run(example)
  return artefacts
}

function surroundingsOf({ pid, name }: StartedAgent): readonly Artefact[] {
  return ["cmdline", "environ"].map((file) => ({
    name: `${file} of ${name}`,
    bytes: readFileSync(`/proc/${pid}/${file}`),
  }))
}

/** What a start says whose key files hold a secret, but not as they should. */
async function badStarts(
  t: Test,
  folder: string,
  secrets: Readonly<Record<string, Buffer>>,
): Promise<readonly Artefact[]> {
  const artefacts: Artefact[] = []
  for (const [name, bytes] of Object.entries(secrets))
    for (const { form, needle } of formsOf(bytes).slice(0, 3)) {
      const path = join(folder, "keys", "bad")
      writeFileSync(path, Buffer.concat([needle, Buffer.from("\nand more\n")]), { mode: 0o600 })
      const flags = ["--gossip-key-file", path, "--join-key-file", path, "--data-dir", join(folder, "bad")]
      const program = new Program(t, [process.execPath, LAUNCHER, "agent", "--config", "/dev/null", ...flags])
      const { stdout, stderr, code } = await program.ended
      t.equal(code, 78, `a file with the ${name} as ${form} is refused`)
      artefacts.push({ name: `the start with ${name} as ${form}`, bytes: Buffer.from(stdout + stderr) })
    }
  return artefacts
}

/** What is said to who gives a key where the path of its file is wanted, or as a word of a command. */
async function misplacedKeys(t: Test, folder: string): Promise<readonly Artefact[]> {
  const artefacts: Artefact[] = []
  const say = async (what: string, code: number, words: readonly string[], env: NodeJS.ProcessEnv = {}) => {
    const program = new Program(t, [process.execPath, LAUNCHER, ...words], { env: { ...process.env, ...env } })
    const { stdout, stderr, code: ended } = await program.ended
    t.equal(ended, code, `${what}: ${stderr}`)
    artefacts.push({ name: what, bytes: Buffer.from(stdout + stderr) })
  }
  const config = join(folder, "keys", "misplaced.yaml")
  for (const [key, other] of [
    ["gossip", "join"],
    ["join", "gossip"],
  ] as const) {
    const flag = `--${key}-key-file`
    // The other one is right, so that this one is come to.
    const right = [`--${other}-key-file`, join(folder, "n1", `shared-${other}.key`)]
    const agent = ["agent", "--data-dir", join(folder, "bad"), ...right, "--config"]
    const text = readFileSync(join(folder, "n1", `shared-${key}.key`), "utf8")
    const variable = { [`CONCLAVE_${key.toUpperCase()}_KEY_FILE`]: text }
    await say(`a start with ${flag} KEY`, 78, [...agent, "/dev/null", flag, text.trim()])
    await say(`a start with ${flag} and the whole file`, 78, [...agent, "/dev/null", flag, text, "--json"])
    await say(`a start with the ${key} key in its environment`, 78, [...agent, "/dev/null"], variable)
    writeFileSync(config, `${key}KeyFile: ${text}`)
    await say(`a start with the ${key} key in its configuration`, 78, [...agent, config])
    await say(`config validate with the ${key} key`, 78, ["config", "validate", config])
    for (const verb of ["install", "gen", "list"]) await say(`keyring ${verb} KEY`, 2, ["keyring", verb, text.trim()])
    await say("agent KEY", 2, [...agent, "/dev/null", text.trim()])
  }
  return artefacts
}

/** The keys of gossip that the agents have now. */
function ringsIn(folder: string): Readonly<Record<string, Buffer>> {
  const keys = ["n1", "n2", "n3"].flatMap((name) => {
    const text = readFileSync(join(folder, name, "shared-gossip.key"), "utf8")
    return text.match(/^[A-Za-z0-9+/]{43}=/gm) ?? []
  })
  return Object.fromEntries(keys.map((key) => [`gossip key ${key.slice(0, 4)}`, Buffer.from(key, "base64")]))
}

function privateKeyOf({ name }: StartedAgent, folder: string): Buffer {
  const pem = readFileSync(join(folder, name, name, "data", "node.key"))
  return Buffer.from(String(createPrivateKey(pem).export({ format: "jwk" })["d"]), "base64url")
}

test("no secret is in any log, reply, file, backup, argument or environment", { timeout: 600_000 }, async (t) => {
  const folder = mkdtempSync(join(tmpdir(), "conclave-canary-"))
  t.teardown(() => rmSync(folder, { recursive: true, force: true }))
  for (const name of ["work", "keys"]) mkdirSync(join(folder, name))
  // Each has files of its own with the keys of all.
  const start = (name: string, ...more: readonly string[]): Promise<StartedAgent> => {
    const own = join(folder, name)
    if (name !== "n1") cpSync(join(folder, "n1"), own, { recursive: true, filter: (path) => !/n1\/n1/.test(path) })
    return startAgent(t, { folder: own, name }, "--log-level", "debug", ...more)
  }
  const n1 = await start("n1", "--bootstrap")
  const n2 = await start("n2", "--join", n1.addr)
  const n3 = await start("n3", "--join", n1.addr)
  const agents = [n1, n2, n3]
  await untilVoters(t, n3, 3)
  const nodeKeys = Object.fromEntries(agents.map((agent) => [`key of ${agent.name}`, privateKeyOf(agent, folder)]))
  const shared = {
    ...ringsIn(folder),
    "join secret": Buffer.from(readFileSync(join(folder, "n1", "shared-join.key"), "utf8").trim()),
  }
  const installed = randomBytes(32)
  writeFileSync(join(folder, "work", "new.key"), installed.toString("base64"), { mode: 0o600 })

  const admin = n1.socket.replace("a.sock", "b.sock")
  const backup = join(folder, "work", "whole.snap")
  for (const words of [
    ["snapshot", "save", backup],
    ["keyring", "rotate"],
  ]) {
    const { code, stderr } = await conclave(t, ...words, "--admin-socket", admin).ended
    t.equal(code, 0, stderr)
  }
  const rotated = ringsIn(folder)
  const artefacts: Artefact[] = [...agents.flatMap(surroundingsOf)]
  artefacts.push(...(await callAll(n1, admin)))
  artefacts.push(...(await runAll(t, n1, folder)))
  artefacts.push(...(await badStarts(t, folder, shared)))
  artefacts.push(...(await misplacedKeys(t, folder)))
  for (const { program } of agents) program.signal("SIGTERM")
  for (const { program, name } of agents) {
    const { stdout, stderr } = await program.ended
    artefacts.push({ name: `output of ${name}`, bytes: Buffer.from(stdout + stderr) })
  }
  const secrets = { ...nodeKeys, ...shared, ...rotated, ...ringsIn(folder), "installed key": installed }
  t.ok(Object.keys(secrets).length > 6, "keys have been changed meanwhile")
  const files = filesIn(folder)
  const isKey = ({ name }: Artefact): boolean =>
    /\/(node\.key|shared-(gossip|join)\.key|work\/new\.key|keys\/[^/]*)$/.test(name)
  const found = leaksIn(files.filter(isKey), secrets)
  for (const secret of [...Object.keys(nodeKeys), ...Object.keys(ringsIn(folder)), "join secret", "installed key"])
    t.ok(
      found.some((leak) => leak.startsWith(secret)),
      `${secret} is where it belongs`,
    )
  artefacts.push(...files.filter((file) => !isKey(file)))
  t.same(leaksIn(artefacts, secrets), [])
  t.ok(artefacts.length > 150, `${artefacts.length} artefacts`)
  t.ok(
    files.some(({ name }) => name === backup),
    "a backup is among them",
  )
})

test("a secret that leaks is found however it is written down", async (t) => {
  const [secret, other] = [randomBytes(32), randomBytes(32)]
  const secrets = { secret, other }
  for (const { form, needle } of formsOf(secret)) {
    const bytes = Buffer.concat([Buffer.from('{"level":"debug","text":"'), needle, Buffer.from('"}')])
    t.ok(leaksIn([{ name: "log", bytes }], secrets).includes(`secret (${form}) in log`), form)
  }
  for (let before = 0; before < 3; before++) {
    const bytes = Buffer.from(Buffer.concat([Buffer.alloc(before, 7), secret, Buffer.alloc(2, 9)]).toString("base64"))
    t.ok(leaksIn([{ name: "page", bytes }], { secret }).length > 0, `in the midst of ${before} others`)
  }
  t.same(leaksIn([{ name: "log", bytes: Buffer.from(other.subarray(1).toString("hex")) }], { secret }), [])
})
