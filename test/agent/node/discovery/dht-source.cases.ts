import { spawnSync } from "node:child_process"
import { existsSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { type Addr, addr } from "@conclave/base"
import type { Trouble } from "conclave/discovery/source"
import { DhtSource } from "conclave/node/discovery/dht-source"
import type { MeetingSecrets } from "conclave/node/discovery/dht-words"
import { Ways } from "conclave/node/discovery/ways"
import { type Test, test } from "tap"
import { temporaryDirectory } from "../../local-stage.ts"
import { memberId } from "../member-id.ts"
import { until } from "../until.ts"

const OWN = addr("10.0.0.1:7951")
const [B, C] = [memberId("b"), memberId("c")]
const SECRETS: readonly MeetingSecrets[] = [{ topic: "aa", proof: "bb" }]
const LOOKED = `{ kind: "looked", nodes: 3, announced: 0, unreached: 0, isRandomized: false }`

interface Stage {
  readonly source: DhtSource
  readonly found: (readonly Addr[])[]
  readonly troubles: Trouble[]
  readonly ways: Ways
  /** Lines that the program has written. */
  readonly said: () => readonly string[]
}

/** A source whose program does `body` with each wish of the agent; members at `direct` answer at their own address. */
function stage(t: Test, body: string | undefined, direct: readonly Addr[] = []): Stage {
  const folder = temporaryDirectory(t)
  const [program, log] = [join(folder, "program.mjs"), join(folder, "said")]
  writeFileSync(
    program,
    `import { appendFileSync } from "node:fs"
    const say = (text) => appendFileSync(${JSON.stringify(log)}, text + "\\n")
    const tell = (news) => process.send(news)
    const peer = (id, addr, via) => ({ id, addr, via })
    process.on("disconnect", () => say("over"))
    process.on("message", (wish) => { ${body} })`,
  )
  const ways = new Ways()
  const [found, troubles]: [(readonly Addr[])[], Trouble[]] = [[], []]
  const source = new DhtSource({
    bootstrap: ["192.0.2.1:49737"],
    secrets: () => SECRETS,
    self: { id: memberId("a"), addr: OWN },
    bound: addr("0.0.0.0:7951"),
    links: {
      watch: (to, _id, on) => {
        const isThere = direct.includes(ways.to(to))
        const timer = setImmediate(() => on(isThere ? "up" : "failed"))
        return { close: () => clearImmediate(timer) }
      },
    },
    ways,
    program: () => (body === undefined ? undefined : program),
  })
  t.teardown(() => source.stop())
  const said = (): readonly string[] => (existsSync(log) ? readFileSync(log, "utf8").trim().split("\n") : [])
  return { source, found, troubles, ways, said }
}

function start({ source, found, troubles }: Stage): void {
  source.start(
    (addrs) => found.push(addrs),
    (trouble) => troubles.push(trouble),
  )
}

test("without its package it says how to install it, and nothing else happens", (t) => {
  const own = stage(t, undefined)
  start(own)
  t.match(own.troubles, [
    { problem: /^the package @conclave\/dht is not installed$/, hint: /^npm install @conclave\/dht / },
  ])
  t.end()
})

test("where the system has no process for it the agent goes on, and it is tried again", (t) => {
  const folder = temporaryDirectory(t)
  const [script, program] = [join(folder, "script.mjs"), join(folder, "program.mjs")]
  writeFileSync(program, `process.on("message", () => process.send(${LOOKED}))`)
  writeFileSync(
    script,
    `import { closeSync, openSync } from "node:fs"
    const { DhtSource } = await import(${JSON.stringify(import.meta.resolve("conclave/node/discovery/dht-source"))})
    const { Ways } = await import(${JSON.stringify(import.meta.resolve("conclave/node/discovery/ways"))})
    const source = new DhtSource({
      bootstrap: ["192.0.2.1:1"], secrets: () => [], self: { id: "${memberId("a")}", addr: "${OWN}" },
      bound: "${OWN}", links: { watch: () => ({ close: () => {} }) }, ways: new Ways(), program: () => "${program}",
    })
    const held = []
    try { for (;;) held.push(openSync("/dev/null")) } catch {}
    const alive = setInterval(() => {}, 1000)
    const found = () => { console.log("found"); source.stop(); clearInterval(alive) }
    source.start(found, ({ problem }) => { console.log(problem); for (const each of held.splice(0)) closeSync(each) })`,
  )
  const { stdout, stderr } = spawnSync("sh", ["-c", `ulimit -n 256; exec "$@"`, "sh", process.execPath, script])
  t.match(String(stdout), /^its program has ended: spawn \S+ EMFILE\nfound\n$/)
  t.equal(String(stderr), "")
  t.end()
})

test("its program is told what to meet by, and ends with the source", async (t) => {
  const own = stage(t, `say(JSON.stringify(wish)); tell(${LOOKED})`)
  start(own)
  await until("nobody is found", () => own.found.length === 1)
  t.same(own.found, [[]])
  const wish = {
    kind: "meet",
    bootstrap: ["192.0.2.1:49737"],
    secrets: SECRETS,
    self: { id: memberId("a"), addr: OWN },
  }
  t.same(JSON.parse(own.said()[0] ?? ""), { ...wish, agent: { host: "127.0.0.1", port: 7951 } })
  own.source.refresh()
  await until("it looks again", () => own.found.length === 2)
  own.source.stop()
  await until("it is over", () => own.said().includes("over"))
  own.source.refresh()
  t.same([own.found.length, own.troubles.length], [2, 0], "and says nothing any more")
})

test("who answers at its own address is reached there, another through its tunnel, while that is there", async (t) => {
  const [near, far, via] = [addr("10.0.0.2:7951"), addr("10.0.0.3:7951"), addr("127.0.0.1:2")]
  const own = stage(
    t,
    `if (wish.again ??= globalThis.wasHere) tell({ kind: "parted", peer: peer("${C}", "${far}", "${via}") })
    else {
      globalThis.wasHere = true
      tell({ kind: "met", peer: peer("${B}", "${near}", "127.0.0.1:1") })
      tell({ kind: "met", peer: peer("${C}", "${far}", "${via}") })
      tell({ kind: "met", peer: peer("${C}", "no address", "127.0.0.1:3") })
      tell(${LOOKED})
    }`,
    [near],
  )
  start(own)
  await until("both are found", () => own.found.at(-1)?.length === 2)
  t.same(own.found.at(-1), [near, far])
  t.same([own.ways.to(near), own.ways.to(far), own.ways.from(via)], [near, via, far])
  own.source.refresh()
  await until("one is gone", () => own.found.at(-1)?.length === 1)
  t.equal(own.ways.to(far), far, "with the way to it")
  t.same(own.troubles, [])
})

test("of two with one address the later one is refused, and who has that of this agent", async (t) => {
  const twin = addr("10.0.0.2:7951")
  const own = stage(
    t,
    `tell({ kind: "met", peer: peer("${B}", "${twin}", "127.0.0.1:1") })
    tell({ kind: "met", peer: peer("${C}", "${twin}", "127.0.0.1:2") })
    tell({ kind: "met", peer: peer("${C}", "${OWN}", "127.0.0.1:3") })
    tell(${LOOKED})`,
  )
  start(own)
  await until("the first is found", () => own.found.length === 1)
  t.same(own.found, [[twin]])
  t.equal(own.ways.to(twin), "127.0.0.1:1")
  t.match(own.troubles, [
    { problem: `${C} advertises ${twin} as ${B} does`, hint: /--advertise/ },
    { problem: `${C} advertises ${OWN} as this agent does` },
  ])
})

test("a program that ends is started again, its ways are gone, and the reason is told", async (t) => {
  const far = addr("10.0.0.3:7951")
  const own = stage(
    t,
    `tell({ kind: "met", peer: peer("${C}", "${far}", "127.0.0.1:1") })
    tell(${LOOKED})
    say("here")
    if (wish.secrets.length === 1 && !process.argv[2]) setTimeout(() => { throw new TypeError("broken") }, 50)`,
  )
  start(own)
  await until("it is found", () => own.found.length === 1)
  await until("it has ended", () => own.troubles.length === 1)
  t.match(own.troubles, [{ problem: "its program has ended: TypeError: broken", hint: /started again/ }])
  t.equal(own.ways.to(far), far)
  await until("it is there again", () => own.said().length > 1)
})

for (const [what, looked, told] of [
  [
    "nobody of the table answers",
    `nodes: 0, announced: 0, unreached: 0, isRandomized: false`,
    /^no node answers at 192/,
  ],
  ["who is there cannot be reached", `nodes: 3, announced: 2, unreached: 1, isRandomized: false`, /^1 of 2 .*reached$/],
  [
    "a NAT leaves no hole",
    `nodes: 3, announced: 1, unreached: 1, isRandomized: true`,
    /: the NAT before this host takes/,
  ],
] as const) {
  test(`it is said where ${what}`, async (t) => {
    const own = stage(t, `tell({ kind: "looked", ${looked} })`)
    start(own)
    await until("it is told", () => own.troubles.length === 1)
    t.match(own.troubles, [{ problem: told, hint: /\w/ }])
    t.same(own.found, [])
  })
}
