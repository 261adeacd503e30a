import { test } from "tap"
import { CurlHold, openHoldStage } from "../agent/coordination/hold-stage.ts"
import { conclave } from "./program.ts"

test("another limit than the one that holds is refused with what changes it, and that changes it", async (t) => {
  const stage = await openHoldStage(t)
  const path = stage.path("application")
  const run = (...argv: readonly string[]) => conclave(["sem", "s", "--socket", path, ...argv])
  const holder = new CurlHold(path, "semaphore/s", { limit: 2 })
  t.teardown(() => holder.socket.destroy())
  await holder.first("granted")
  const refused = await run("--limit", "3", "--", "true")
  t.match(refused, { code: 125, stderr: /limit of 2[\s\S]*Next: ask with --limit 2, or .*: conclave sem s --resize N/ })
  t.match(await run("--resize", "3"), { code: 0, stdout: /limit of 3/ })
  t.match(JSON.parse((await run("--resize", "3", "--json")).stdout), { rev: /^\d+$/ })
  t.equal((await run("--limit", "3", "--", "true")).code, 0)
  t.match(await run("--resize", "0"), { code: 2, stderr: /--resize takes a whole number from 1/ })
  t.match(await run("--resize", "3", "--limit", "3"), { code: 2, stderr: /--resize goes without --limit/ })
  t.match(await run("--resize", "3", "--", "true"), { code: 2, stderr: /--resize goes without a command/ })
  t.match(await run(), { code: 2, stderr: /sem needs --limit N/ })
})
