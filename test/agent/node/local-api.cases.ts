import { existsSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { Journal } from "conclave/journal"
import { NO_KEYRING } from "conclave/keyring/keyring"
import { openClock } from "conclave/node/clock"
import { openLocalApi } from "conclave/node/local-api"
import { test } from "tap"
import { FakeAgent } from "../fake-view.ts"
import { ask, FramedClient, openStage, temporaryDirectory } from "../local-stage.ts"
import { NO_BACKUPS, NO_GROUP, outside } from "../outside.ts"

test("both sockets serve one agent, and a good-bye reaches the clients of both", async (t) => {
  const stage = await openStage(t)
  const doors = ["application", "admin"] as const
  const clients = await Promise.all(doors.map((door) => new FramedClient(stage.path(door)).hello()))
  for (const door of doors) t.equal((await ask(stage, "/v1/status", { door })).json.name, "a")
  stage.api.goaway("the agent restarts", 700)
  for (const client of clients) {
    const message = await client.got((each) => "goaway" in each)
    t.same(message, { goaway: { reason: "the agent restarts", deadlineMs: 700 } })
  }
  await stage.api.close()
  for (const client of clients) await client.closed()
  t.same(
    doors.map((door) => existsSync(stage.path(door))),
    [false, false],
  )
  t.equal(stage.fake.listeners, 0, "nothing listens to the agent any more")
})

test("when the second socket cannot be had the first is given back", async (t) => {
  const directory = temporaryDirectory(t)
  const [socket, adminSocket] = [join(directory, "a.sock"), join(directory, "admin.sock")]
  writeFileSync(socket, "no socket")
  const fake = new FakeAgent()
  const wish = openLocalApi({
    view: fake.view,
    coordination: outside(),
    raft: NO_GROUP,
    keyring: NO_KEYRING,
    clock: openClock(),
    config: { socket, adminSocket, sockets: [] },
    metrics: { contentType: "text/plain", text: () => Promise.resolve("") },
    journal: new Journal(fake.view),
    backups: NO_BACKUPS,
  })
  await t.rejects(wish, { message: /a\.sock exists and is no socket; remove it/ })
  t.notOk(existsSync(adminSocket))
})
