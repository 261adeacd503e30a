import type { Problem } from "conclave/api/problem"
import type { OpOutput } from "conclave/api/schema"
import { test } from "tap"
import { openHoldStage } from "../../coordination/hold-stage.ts"
import { ask, RawClient } from "../../local-stage.ts"
import { until } from "../until.ts"

/** As `curl -X POST` waits at a barrier. */
class Arrival extends RawClient {
  constructor(path: string, name: string, body: object) {
    super(path)
    const text = JSON.stringify(body)
    const head = `POST /v1/barriers/${name} HTTP/1.1\r\nHost: x\r\nContent-Length: ${Buffer.byteLength(text)}\r\n\r\n`
    this.write(`${head}${text}`)
  }

  get status(): number {
    return Number(/^HTTP\/1\.1 (\d+)/.exec(this.text)?.[1] ?? 0)
  }

  async answer(): Promise<Partial<OpOutput<"barrier">> & { readonly error?: Problem }> {
    await until("an answer", () => /\r\n\r\n.*\}/s.test(this.text))
    return JSON.parse(this.text.slice(this.text.indexOf("{")))
  }
}

test("over HTTP the connection is the session: one answer when it opens, and nothing is left of it", async (t) => {
  const stage = await openHoldStage(t)
  const path = stage.path("application")
  const waiters = (): number => stage.cluster.machine.name("barrier", "b").waiters.length
  const first = new Arrival(path, "b", { parties: 2 })
  await until("it waits", () => waiters() === 1)
  t.equal(first.text, "", "no word before the last one comes")
  const gone = new Arrival(path, "b", { parties: 2 })
  const opened = await gone.answer()
  t.match(opened, { rev: /^\d+$/, generation: /^\d+$/, index: 1 })
  t.match(await first.answer(), { generation: opened.generation, index: 0 })
  t.equal(first.status, 200)
  await until("the sessions end with the answers", () => [...stage.cluster.machine.sessions()].length === 0)
  for (const each of [first, gone]) each.socket.destroy()
})

test("who hangs up is no ghost; what is refused says why", async (t) => {
  const stage = await openHoldStage(t)
  const path = stage.path("application")
  const waiters = (): number => stage.cluster.machine.name("barrier", "b").waiters.length
  const first = new Arrival(path, "b", { parties: 3 })
  await until("it waits", () => waiters() === 1)
  const other = await new Arrival(path, "b", { parties: 2 }).answer()
  t.match(other, { error: { code: "CONFLICT", details: { reason: "parties", current: "3" } } })
  const late = new Arrival(path, "b", { parties: 3, waitMs: 50 })
  t.match(await late.answer(), { error: { code: "WAIT_TIMEOUT", outcome: "not-applied" } })
  t.equal(late.status, 408)
  first.socket.destroy()
  await until("nobody waits", () => waiters() === 0)
  const wrong = await ask(stage, "/v1/barriers/b", { method: "POST", body: { parties: 0 } } as never)
  t.match(wrong.json, { error: { code: "INVALID_ARGUMENT", details: { field: "parties" } } })
})
