import { chmodSync, existsSync, mkdirSync, statSync } from "node:fs"
import { join } from "node:path"
import type { SocketWish } from "conclave/config/socket-wish"
import { claimSockets, localSockets } from "conclave/node/local-sockets"
import { test } from "tap"
import { FramedClient, openStage, RawClient, temporaryDirectory } from "../local-stage.ts"

function wish(path: string, more: Partial<SocketWish> = {}): SocketWish {
  return { path, mode: 0o660, group: undefined, names: ["own-*"], ...more }
}

test("the operators' socket is opened first, the applications' own last", (t) => {
  const sockets = [wish("/run/b.sock", { mode: 0o600, group: 7 }), wish("/run/c.sock")]
  const all = localSockets({ socket: "/run/a.sock", adminSocket: "/run/admin.sock", sockets })
  t.match(all, [
    { path: "/run/admin.sock", principal: { door: "admin", names: undefined, share: "whole" } },
    { path: "/run/b.sock", access: { mode: 0o600, gid: 7 }, principal: { names: ["own-*"], share: "part" } },
    { path: "/run/c.sock", access: { mode: 0o660, gid: undefined }, principal: { door: "application" } },
    { path: "/run/a.sock", principal: { door: "application", names: undefined, share: "whole" } },
  ])
  t.end()
})

test("what cannot be is said before anything is opened", async (t) => {
  const directory = temporaryDirectory(t)
  const open = join(directory, "open")
  mkdirSync(open)
  const claim = (...sockets: readonly SocketWish[]): Promise<void> =>
    claimSockets({ socket: join(directory, "a.sock"), adminSocket: join(directory, "b.sock"), sockets })
  await t.rejects(claim(wish(join(directory, "c.sock"), { group: "no-such-group" })), {
    message: `there is no group no-such-group for the socket ${directory}/c.sock; groupadd no-such-group, or set another group`,
  })
  chmodSync(open, 0o777)
  await t.rejects(claim(wish(join(open, "c.sock"))), {
    message: /^others may write to .*\/open, .*; chmod o-w .*\/open/,
  })
  for (const mode of [0o1777, 0o755]) {
    chmodSync(open, mode)
    await claim(wish(join(open, "c.sock")))
  }
  await claim(wish(join(directory, "new", "c.sock")))
  t.ok(existsSync(join(directory, "new")), "its directory is made")
})

test("a socket is for whom it is configured", async (t) => {
  const stage = await openStage(t, {
    sockets: (directory) => [
      wish(join(directory, "one.sock"), { mode: 0o600 }),
      wish(join(directory, "all.sock"), { mode: 0o666, group: process.getgid?.() ?? 0 }),
    ],
  })
  const modeOf = (name: string): number => statSync(join(stage.directory, name)).mode & 0o777
  t.same([modeOf("one.sock"), modeOf("all.sock"), modeOf("application.sock")], [0o600, 0o666, 0o660])
  t.equal(statSync(join(stage.directory, "all.sock")).gid, process.getgid?.())
})

test("one of several sockets has a part of the connections and streams, and the others keep theirs", async (t) => {
  const stage = await openStage(t, { sockets: (directory) => [wish(join(directory, "part.sock"))] })
  const part = join(stage.directory, "part.sock")
  const clients = Array.from({ length: 256 }, () => new FramedClient(part))
  await Promise.all(clients.map((client) => client.hello()))
  const late = new RawClient(part)
  await late.says(/^HTTP\/1\.1 429 .*"limit":256/s)
  for (const client of clients.slice(0, 5)) {
    for (let id = 2; id < 54; id++) client.send({ id, op: "watch", in: { kind: "members" } })
  }
  const refused = (): boolean =>
    clients.some(({ messages }) => JSON.stringify(messages).includes("streams of this socket"))
  await clients[4]?.got(() => refused())
  const other = await new FramedClient(stage.path("application")).hello()
  other.send({ id: 2, op: "watch", in: { kind: "members" } })
  t.match(await other.got((message) => message["id"] === 2), { ev: { type: "view" } })
  for (const client of [...clients, other, late]) client.socket.destroy()
})
