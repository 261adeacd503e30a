import { execFileSync } from "node:child_process"
import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { fileProblem, readSecretFile, SecretFileError } from "conclave/node/secret-file"
import { test } from "tap"
import { temporaryDirectory } from "../local-stage.ts"

const OWN = process.getuid?.() ?? 0
const PLAIN = { isFile: () => true, mode: 0o100600, uid: OWN, size: 44 }

test("a private file is read, also through a link", async (t) => {
  const directory = temporaryDirectory(t)
  const path = join(directory, "a")
  writeFileSync(path, "text\n", { mode: 0o600 })
  symlinkSync(path, join(directory, "link"))
  t.equal(readSecretFile(path), "text\n")
  t.equal(readSecretFile(join(directory, "link")), "text\n")
  chmodSync(path, 0o400)
  t.equal(readSecretFile(path), "text\n")
})

test("a file that is open to others is refused, and how to close it is said", async (t) => {
  const path = join(temporaryDirectory(t), "a")
  writeFileSync(path, "a secret\n")
  for (const mode of [0o644, 0o640, 0o660, 0o604, 0o602, 0o601, 0o777]) {
    chmodSync(path, mode)
    const shown = mode.toString(8).padStart(4, "0")
    t.throws(
      () => readSecretFile(path),
      new SecretFileError(`${path} is open to others (mode ${shown})`, `chmod 600 ${path}`),
    )
  }
})

test("a file where anybody may put another one is refused, but not among those of all (/tmp)", async (t) => {
  const directory = temporaryDirectory(t)
  const path = join(directory, "a")
  writeFileSync(path, "a secret\n", { mode: 0o600 })
  for (const [mode, isTaken] of [
    [0o777, false],
    [0o702, false],
    [0o1777, true],
    [0o775, true],
  ] as const) {
    chmodSync(directory, mode)
    const why = `anybody may put another file in the place of ${path}`
    if (isTaken) t.equal(readSecretFile(path), "a secret\n")
    else t.throws(() => readSecretFile(path), new SecretFileError(why, `chmod o-w ${directory}`))
  }
})

test("a link is no way round that", async (t) => {
  const directory = temporaryDirectory(t)
  const [open, path] = [join(directory, "open"), join(directory, "link")]
  mkdirSync(open)
  chmodSync(open, 0o777)
  writeFileSync(join(open, "a"), "a secret\n", { mode: 0o600 })
  symlinkSync(join(open, "a"), path)
  const why = `anybody may put another file in the place of ${path}`
  t.throws(() => readSecretFile(path), new SecretFileError(why, `chmod o-w ${open}`))
})

test("bytes that are no text are no secret, of which little would be left", async (t) => {
  const path = join(temporaryDirectory(t), "a")
  writeFileSync(path, Buffer.alloc(32, 0xa5), { mode: 0o600 })
  const next = `make a secret of letters: openssl rand -base64 32 > ${path}`
  t.throws(() => readSecretFile(path), new SecretFileError(`${path} has bytes that are no text`, next))
})

test("what is no file of ours is refused before it is read", async (t) => {
  const directory = temporaryDirectory(t)
  const refused = (path: string, why: RegExp): void => {
    t.throws(() => readSecretFile(path), { name: "SecretFileError", message: why })
  }
  refused(join(directory, "none"), /there is no file .*none; make one: conclave keyring gen > .*none$/)
  mkdirSync(join(directory, "folder"), { mode: 0o700 })
  refused(join(directory, "folder"), /is no regular file/)
  execFileSync("mkfifo", ["-m", "600", join(directory, "pipe")])
  refused(join(directory, "pipe"), /is no regular file/)
  writeFileSync(join(directory, "large"), "x".repeat(65_537), { mode: 0o600 })
  refused(join(directory, "large"), /has 65537 bytes and is no file of a secret/)
  refused(join(directory, "large", "below"), new RegExp(`cannot be read: ENOTDIR.*; let uid ${OWN}, .* own it$`))
})

test("a user without a name is told by number", {
  skip: OWN === 0 ? false : "only root becomes another",
}, async (t) => {
  const path = join(temporaryDirectory(t), "a")
  writeFileSync(path, "a secret\n", { mode: 0o600 })
  const module = import.meta.resolve("conclave/node/secret-file")
  const script = `import(process.argv[1]).then((it) => { process.setuid(54321); it.readSecretFile(process.argv[2]) })
    .catch((error) => process.stdout.write(error.name + ": " + error.message))`
  // The test runner would write at its end where this user may not; it puts its options into whatever a test starts.
  const args = ["-u", "NODE_OPTIONS", process.execPath, "-e", script, module, path]
  const said = execFileSync("/usr/bin/env", args, { encoding: "utf8" })
  t.match(said, /^SecretFileError: .* cannot be read: EACCES.*; let uid 54321, who runs this, own it$/)
})

test("the owner is the agent's user or root, whose file a group may read", async (t) => {
  t.equal(fileProblem("f", PLAIN), undefined)
  const stranger = OWN + 1000
  t.same(fileProblem("f", { ...PLAIN, uid: stranger }), {
    why: `f belongs to uid ${stranger}, who could change it`,
    next: `chown ${OWN} f`,
  })
  const ofRoot = fileProblem("f", { ...PLAIN, uid: 0, mode: 0o100640 })
  if (OWN === 0) t.match(ofRoot, { why: /open to others/ })
  else t.equal(ofRoot, undefined)
  t.match(fileProblem("f", { ...PLAIN, uid: 0, mode: 0o100660 }), { why: /open to others/ })
})
