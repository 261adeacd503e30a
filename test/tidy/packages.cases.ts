import { VERSION } from "conclave/version"
import { test } from "tap"
import { lockOf, lockProblems, needsOf, THIRD_PARTY_MAX, thirdParty, unexplained } from "./packages.ts"
import { ownTree } from "./source-tree.ts"

const SOURCES = ownTree()
const LOCK = lockOf(SOURCES)

test("the lock file names no registry and no install script, and our versions agree", (t) => {
  t.same(lockProblems(LOCK, VERSION), [])
  t.end()
})

test("what our packages ask for is what the lock file holds", (t) => {
  for (const { path, text } of SOURCES.filter((each) => each.path.endsWith("package.json"))) {
    const locked = LOCK[path.replace(/\/?package\.json$/, "")]
    if (!t.ok(locked, path)) continue
    const asked = JSON.parse(text) as { dependencies?: object; devDependencies?: object }
    t.same({ ...asked.dependencies, ...asked.devDependencies }, { ...locked?.dependencies, ...locked?.devDependencies })
  }
  t.end()
})

test("each package of others behind the agent has its reason in a document", (t) => {
  const document = SOURCES.find(({ path }) => path === "docs/dependencies.md")?.text ?? ""
  const names = thirdParty(LOCK)
  t.ok(names.includes("pino") && names.includes("long"), "the direct ones and those behind them")
  t.same(unexplained(names, document), [])
  const tools = ["", "agent", "test", "bench"].flatMap((each) => needsOf(each, LOCK))
  t.same(
    unexplained(
      tools.filter((name) => LOCK[`node_modules/${name}`]?.link !== true),
      document,
    ),
    [],
  )
  t.end()
})

test("nobody but who asks for it installs the DHT, and its reason is in the document", (t) => {
  const others = SOURCES.filter(({ path, text }) => path.endsWith("package.json") && text.includes('"@conclave/dht"'))
  t.same(
    others.map(({ path }) => path),
    ["dht/package.json"],
    "which is its own name",
  )
  const document = SOURCES.find(({ path }) => path === "docs/dependencies.md")?.text ?? ""
  const direct = needsOf("dht", LOCK).filter((name) => LOCK[`node_modules/${name}`]?.link !== true)
  t.same(direct, ["hyperdht", "hyperswarm"])
  t.same(unexplained(direct, document), [])
  t.end()
})

test("the SDK and the words of every folder need nobody", (t) => {
  t.same(needsOf("base", LOCK), [])
  t.same(needsOf("sdk", LOCK), ["@conclave/base"])
  t.same(thirdParty(LOCK, ["sdk"]), [])
  t.same(thirdParty(LOCK, ["swim"]), ["long", "protobufjs"])
  t.end()
})

test("an address, a script, another version and a range are found", (t) => {
  const own = { version: "1.0.0", dependencies: { zod: "^4.0.0" } }
  const lock = {
    "": {},
    agent: own,
    "node_modules/a": { resolved: "https://registry.example/a.tgz" },
    "node_modules/b": { hasInstallScript: true, version: "9.9.9" },
    "node_modules/conclave": { resolved: "agent", link: true },
  }
  t.equal(lockProblems(lock, "1.0.0").length, 3)
  t.equal(lockProblems(lock, "1.0.1").length, 4)
  t.end()
})

test("a package that came with another is counted, and one without a reason found", (t) => {
  const lock = {
    agent: { devDependencies: { "@conclave/swim": "1.0.0", a: "1.0.0", rolldown: "1.0.0" } },
    swim: { dependencies: { b: "1.0.0" } },
    "node_modules/@conclave/swim": { resolved: "swim", link: true },
    "node_modules/a": { dependencies: { c: "^1.0.0" } },
    "node_modules/b": {},
    "node_modules/c": { dependencies: { a: "^1.0.0" } },
    "node_modules/rolldown": { dependencies: { d: "^1.0.0" } },
  }
  t.same(thirdParty(lock), ["a", "b", "c"])
  t.same(unexplained(["a", "b"], "- `a` does this"), ["b"])
  const many = Array.from({ length: THIRD_PARTY_MAX + 1 }, () => "a")
  t.equal(unexplained(many, "`a`").length, 1)
  t.end()
})
