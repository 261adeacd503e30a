import { chmodSync, existsSync, lstatSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs"
import { connect, createServer, type Server } from "node:net"
import { join } from "node:path"
import { clearSocketPath, listenUnix } from "conclave/node/unix-socket"
import { test } from "tap"
import { Program } from "../../program.ts"
import { RawClient, temporaryDirectory } from "../local-stage.ts"
import { until } from "./until.ts"

type Teardown = { readonly teardown: (ended: () => unknown) => void }

async function listening(t: Teardown, path: string): Promise<Server> {
  const server = createServer((socket) => socket.end())
  await listenUnix(server, path)
  t.teardown(() => server.close())
  return server
}

/** The file of a socket whose process was killed. */
async function deadSocket(t: Teardown, path: string): Promise<void> {
  const source = `require("node:net").createServer().listen({ path: process.argv[1] }, () => console.log("listens"))`
  const program = new Program(t, [process.execPath, "-e", source, path])
  await program.line((line) => line === "listens")
  program.signal("SIGKILL")
  await program.ended
}

test("a socket is for its owner and group, whatever the umask, and the umask stays", async (t) => {
  const directory = temporaryDirectory(t)
  for (const mask of [0o000, 0o077, 0o777]) {
    const before = process.umask(mask)
    const path = join(directory, `${mask}.sock`)
    try {
      await listening(t, path)
      t.equal(process.umask(), mask)
      t.equal(statSync(path).mode & 0o777, 0o660)
    } finally {
      process.umask(before)
    }
  }
})

test("a socket is for whom it is meant, from its first moment", async (t) => {
  const directory = temporaryDirectory(t)
  const own = process.getgid?.() ?? 0
  for (const access of [
    { mode: 0o600, gid: undefined },
    { mode: 0o666, gid: own },
  ]) {
    const path = join(directory, `${access.mode}.sock`)
    const server = createServer()
    await listenUnix(server, path, access)
    t.teardown(() => server.close())
    const { mode, gid } = statSync(path)
    t.same([mode & 0o777, gid], [access.mode, own])
  }
})

test("a socket is not given to a group that the agent's user is no member of, and is gone again", async (t) => {
  const directory = temporaryDirectory(t)
  chmodSync(directory, 0o777)
  const path = join(directory, "a.sock")
  const source = `
    const { createServer } = await import("node:net")
    const { listenUnix } = await import(${JSON.stringify(import.meta.resolve("conclave/node/unix-socket"))})
    const nobody = 1_234_567
    if (process.getuid() === 0) {
      process.setgroups([])
      process.setgid(nobody)
      process.setuid(nobody)
    }
    await listenUnix(createServer(), ${JSON.stringify(path)}, { mode: 0o660, gid: 0 }).catch(({ message }) => console.log(message))`
  const program = new Program(t, [process.execPath, "--input-type=module", "-e", source])
  const said = await program.line(() => true)
  t.match(said, /a\.sock cannot be given to the group 0: .*make the user of the agent a member of it, or set another/)
  t.equal((await program.ended).code, 0, "nothing listens any more")
  t.notOk(existsSync(path))
})

test("a dead socket is replaced, a live one is refused and goes on", async (t) => {
  const path = join(temporaryDirectory(t), "a.sock")
  await deadSocket(t, path)
  t.ok(lstatSync(path).isSocket())
  await listening(t, path)
  await t.rejects(listenUnix(createServer(), path), { message: /a\.sock is in use by another agent; stop it/ })
  await t.rejects(clearSocketPath(path), { message: /in use/ })
  const socket = connect(path)
  let isClosed = false
  socket.resume().on("close", () => {
    isClosed = true
  })
  await until("the first one answers", () => isClosed)
})

test("of several that start at the same moment on a dead socket one gets it, and is the one who answers", async (t) => {
  const directory = temporaryDirectory(t)
  const source = `
    const { existsSync } = await import("node:fs")
    const { createServer } = await import("node:net")
    const { listenUnix } = await import(${JSON.stringify(import.meta.resolve("conclave/node/unix-socket"))})
    const [path, start] = process.argv.slice(1)
    console.log("waits")
    // Whoever outlives its test would turn for ever.
    const parent = process.ppid
    while (!existsSync(start) && process.ppid === parent) await new Promise((turn) => setImmediate(turn))
    const server = createServer((socket) => socket.on("error", () => {}).end(String(process.pid)))
    await listenUnix(server, path).then(() => console.log("listens"), ({ message }) => console.log(message))`
  for (let round = 0; round < 3; round++) {
    const [path, start] = [join(directory, `${round}.sock`), join(directory, `${round}.start`)]
    await deadSocket(t, path)
    const racers = Array.from({ length: 4 }, () => {
      return new Program(t, [process.execPath, "--input-type=module", "-e", source, path, start])
    })
    await Promise.all(racers.map((racer) => racer.line((line) => line === "waits")))
    writeFileSync(start, "")
    const said = await Promise.all(racers.map((racer) => racer.line((line) => line !== "waits")))
    const winners = racers.filter((_, index) => said[index] === "listens")
    t.equal(winners.length, 1, said.join("; "))
    for (const line of said) t.match(line, /^listens$|is in use by another agent|is about to take the socket/)
    const answer = new RawClient(path)
    await answer.closed()
    t.equal(answer.text, String(winners[0]?.pid))
    for (const winner of winners) winner.signal("SIGTERM")
    await Promise.all(racers.map(({ ended }) => ended))
  }
})

test("what is no socket is never removed", async (t) => {
  const directory = temporaryDirectory(t)
  const file = join(directory, "file")
  writeFileSync(file, "precious")
  await t.rejects(listenUnix(createServer(), file), { message: /file exists and is no socket; remove it/ })
  t.equal(readFileSync(file, "utf8"), "precious")
  const folder = join(directory, "folder")
  mkdirSync(folder)
  await t.rejects(listenUnix(createServer(), folder), { message: /is no socket/ })
  t.ok(existsSync(folder))
})

test("a path that no socket fits in is refused, not cut off", async (t) => {
  const directory = temporaryDirectory(t)
  const path = join(directory, "x".repeat(108 - directory.length - 1))
  t.equal(Buffer.byteLength(path), 108)
  await t.rejects(listenUnix(createServer(), path), { message: /is over 107 bytes; set a shorter one/ })
  t.notOk(existsSync(path.slice(0, -1)))
  const longest = path.slice(0, -1)
  await listening(t, longest)
  t.ok(lstatSync(longest).isSocket())
})

test("a directory that may not be written is refused with the next step", async (t) => {
  const top = temporaryDirectory(t)
  const directory = join(top, "closed")
  mkdirSync(directory)
  await deadSocket(t, join(directory, "dead.sock"))
  chmodSync(join(directory, "dead.sock"), 0o777)
  await listening(t, join(directory, "live.sock"))
  chmodSync(join(directory, "live.sock"), 0o600)
  chmodSync(top, 0o755)
  chmodSync(directory, 0o555)
  const source = `
    const { listenUnix } = await import(${JSON.stringify(import.meta.resolve("conclave/node/unix-socket"))})
    const { createServer } = await import("node:net")
    // Root may write everywhere, so somebody else has to try.
    if (process.getuid() === 0) process.setuid(65534)
    for (const name of ["new.sock", "dead.sock", "live.sock"])
      await listenUnix(createServer(), process.argv[1] + "/" + name).catch(({ message }) => console.log(message))`
  const { stdout } = await new Program(t, [process.execPath, "--input-type=module", "-e", source, directory]).ended
  const [fresh, dead, live] = stdout.split("\n")
  t.match(fresh, /the socket .*new\.sock cannot be opened: .*EACCES.*; set another path/)
  t.match(dead, /the dead socket .*dead\.sock cannot be removed: EACCES.*; remove it/)
  // Only root can make a socket here that is another user's.
  if (process.getuid?.() === 0) t.match(live, /the socket .*live\.sock may not be used by this user; set another path/)
})
