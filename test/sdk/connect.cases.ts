import { readFileSync } from "node:fs"
import { join } from "node:path"
import { ConclaveError, connect } from "@conclave/sdk"
import { test } from "tap"
import { fakeMember } from "../agent/fake-view.ts"
import { openStage, temporaryDirectory } from "../agent/local-stage.ts"
import { exampleOf, ROOT, runModule } from "./run-module.ts"

test("connect says why there is no agent", async (t) => {
  const directory = temporaryDirectory(t)
  const none = join(directory, "none.sock")
  await t.rejects(connect({ socket: none, waitMs: 0 }), {
    code: "AGENT_UNAVAILABLE",
    outcome: "not-applied",
    retryable: true,
    message: /does not exist/,
    hint: /conclave agent/,
  })
  const longest = `/tmp/${"x".repeat(102)}`
  await t.rejects(connect({ socket: longest, waitMs: 0 }), { code: "AGENT_UNAVAILABLE" }, "107 bytes are an address")
  for (const socket of [`${longest}x`, `/tmp/${"é".repeat(52)}`, ""]) {
    await t.rejects(connect({ socket }), { code: "INVALID_ARGUMENT", details: { field: "socket" } })
  }
  await t.rejects(connect({ socket: "7951", waitMs: 0 }), { code: "AGENT_UNAVAILABLE", message: /7951 does not exist/ })
  for (const waitMs of [-1, Number.NaN]) {
    await t.rejects(connect({ socket: none, waitMs }), { code: "INVALID_ARGUMENT", details: { field: "waitMs" } })
  }
  const stop = new AbortController()
  const waiting = connect({ socket: none, signal: stop.signal })
  stop.abort("enough")
  t.equal(await waiting.catch((error: unknown) => error), "enough")
  const late = connect({ socket: join(directory, "application.sock"), waitMs: 30_000 })
  await openStage(t, { directory })
  const client = await late
  await client[Symbol.asyncDispose]()
  t.ok(ConclaveError.is(await client.status().catch((error: unknown) => error), "CLOSED"))
})

test("the examples of the README and of connect run as they stand", async (t) => {
  const stage = await openStage(t)
  stage.fake.put(fakeMember("b", { state: "dead" }))
  const readme = /```js\n([\s\S]*?)```/.exec(readFileSync(join(ROOT, "README.md"), "utf8"))?.[1] ?? ""
  t.match(readme, /connect/)
  const expected = { code: 0, out: "a alive\nb dead\n", err: "" }
  t.same(await runModule(readme, stage.path("application")), expected)
  const example = exampleOf("export async function connect(", "sdk/connect.ts")
  t.match(example, /members/)
  t.same(await runModule(example, stage.path("application")), expected)
})
