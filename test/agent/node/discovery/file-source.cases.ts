import { execFileSync } from "node:child_process"
import { randomBytes } from "node:crypto"
import { renameSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { FileSource } from "conclave/node/discovery/file-source"
import { openNames } from "conclave/node/discovery/names"
import { type Test, test } from "tap"
import { temporaryDirectory } from "../../local-stage.ts"
import { until } from "../until.ts"

interface Stage {
  readonly source: FileSource
  readonly path: string
  readonly found: (readonly string[])[]
  readonly troubles: string[]
}

function stage(t: Test, text?: string): Stage {
  const path = join(temporaryDirectory(t), "seeds")
  if (text !== undefined) writeFileSync(path, text)
  const source = new FileSource(openNames(), path)
  t.teardown(source.stop)
  const [found, troubles]: [(readonly string[])[], string[]] = [[], []]
  source.start(
    (addrs) => found.push(addrs),
    ({ problem }) => troubles.push(problem),
  )
  return { source, path, found, troubles }
}

test("every line is an agent, and the file is read again when it changes", async (t) => {
  const { source, path, found, troubles } = stage(t, "# ours\n10.0.0.1 # host1\n\n  10.0.0.2:5 \n[fd00::1]:7#\n")
  await until("it is read", () => found.length === 1)
  t.same(found[0], ["10.0.0.1:7951", "10.0.0.2:5", "[fd00::1]:7"])
  // As whoever keeps it does, so that nobody reads half of it.
  writeFileSync(`${path}.new`, "10.0.0.3\n")
  renameSync(`${path}.new`, path)
  await until("it is read again", () => found.at(-1)?.[0] === "10.0.0.3:7951")
  source.stop()
  const before = found.length
  writeFileSync(path, "10.0.0.4\n")
  source.refresh()
  const later = stage(t, "10.0.0.5\n")
  await until("another one is read", () => later.found.length === 1)
  t.equal(found.length, before, "one that is stopped says nothing")
  t.same(troubles, [])
})

test("what cannot be read is said, and read as soon as it can be", async (t) => {
  const { source, path, found, troubles } = stage(t)
  await until("it is not there", () => troubles.length > 0)
  t.match(troubles[0], /^ENOENT: no such file or directory/)
  const said = async (text: string): Promise<string | undefined> => {
    writeFileSync(path, text)
    const before = troubles.length
    source.refresh()
    await until("it is said", () => troubles.length > before)
    return troubles.at(-1)
  }
  t.equal(await said("# nobody yet\n"), "it names nobody")
  t.equal(await said("10.0.0.1\n".repeat(257)), "it has 257 addresses, at most 256 are taken")
  t.equal(await said(`#${"x".repeat(65_536)}`), "it is no file of at most 65536 bytes")
  const key = randomBytes(32).toString("base64")
  t.match(await said(`${key}\n`), /^"\[key of 44 characters\]" is not an address/, "a file of keys given by mistake")
  t.match(await said("no-such-host.invalid\n:5\n"), /no-such-host\.invalid: |is not an address/)
  writeFileSync(path, "no-such-host.invalid\n10.0.0.1\n")
  await until("one of them is enough", () => found.at(-1)?.join() === "10.0.0.1:7951")
})

test("a pipe is no file, and holds nobody up", async (t) => {
  const { path, troubles } = stage(t)
  execFileSync("mkfifo", [path])
  await until("it is said", () => troubles.at(-1) === "it is no file of at most 65536 bytes")
})
