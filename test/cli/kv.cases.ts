import type { Entry } from "@conclave/sdk/wire.gen"
import { ENTRY_WORDS } from "conclave/cli/kv-watch"
import type { Output } from "conclave/cli/terminal/output"
import { WatchLines } from "conclave/cli/watch-lines"
import { test } from "tap"
import { openHoldStage } from "../agent/coordination/hold-stage.ts"
import { conclave } from "./program.ts"

test("kv put, get, list and delete, with their exits", async (t) => {
  const stage = await openHoldStage(t)
  const run = (...argv: readonly string[]) => conclave([...argv, "--socket", stage.path("application")])
  const json = async (...argv: readonly string[]) => JSON.parse((await run(...argv, "--json")).stdout)
  t.match(await run("kv", "get", "a"), { code: 6, stderr: /there is no entry a/ })
  const { rev } = await json("kv", "put", "a", '{"x":"é"}', "--if-rev", "0")
  t.match(await run("kv", "get", "a"), { code: 0, stdout: '{"x":"é"}\n' })
  t.match(await json("kv", "get", "a", "--stale"), { key: "a", value: { x: "é" }, modRev: rev, createRev: rev, rev })
  t.match(await run("kv", "put", "a", "1", "--if-rev", "0"), { code: 7, stderr: new RegExp(`revision ${rev}`) })
  t.match(await run("kv", "put", "a", "1", "--if-rev", rev), { code: 0, stdout: /a is of revision/ })
  await run("kv", "put", "b/c", "[]")
  t.match(await run("kv", "list", "b"), { code: 0, stdout: /^KEY +REVISION +VALUE\nb\/c +\d+ +\[\]\n$/ })
  t.match(await json("kv", "list"), { items: [{ key: "a" }, { key: "b/c" }] })
  t.match(await json("kv", "delete", "a"), { deleted: true })
  t.match(await run("kv", "delete", "a"), { code: 0, stdout: "there was no a\n" })
  t.match(await run("kv", "put", "a", "hello"), { code: 2, stderr: /"hello" is no JSON; a text is written/ })
  for (const text of ["1e999", '{"a":[1,-1e999]}']) {
    t.match(
      await run("kv", "put", "a", text),
      { code: 2, stderr: /is too large for JSON/ },
      "nothing is changed on its way",
    )
  }
  t.match(await run("elect", "e", "--value", "1e999"), { code: 2, stderr: /is too large for JSON/ })
  t.match(await run("work", "put", "p", "i", "--payload", "1e999"), { code: 2, stderr: /is too large for JSON/ })
  await run("kv", "put", "n", "-5")
  t.match(await run("kv", "get", "n"), { code: 0, stdout: "-5\n" })
  t.match(await run("kv", "put", "a", "1", "--if-rev", "x"), { code: 2, stderr: /--if-rev takes a revision/ })
  const sessions = [...stage.cluster.machine.sessions()]
  t.equal(sessions.length, 0, "none of it took a session")
})

test("what a watch shows: the entries, then each change; after a reset what is different", (t) => {
  const said: string[] = []
  const output = {
    line: (text: string) => said.push(text.replace(/^\S+Z {2}/, "")),
    table: (_: unknown, rows: unknown[]) => said.push(...rows.map(String)),
  }
  const lines = new WatchLines(output as unknown as Output, ENTRY_WORDS)
  const entry = (key: string, modRev: string, value: unknown = 1): Entry =>
    ({ key, value, modRev, createRev: "1" }) as never
  lines.take({ rev: "2", items: [entry("a", "1")], more: true })
  lines.restart()
  lines.take({ rev: "2", items: [entry("a", "1")] })
  lines.take({ rev: "3", changes: [{ type: "put", item: entry("b", "3", ["x"]) }] })
  lines.take({ rev: "4", changes: [{ type: "delete", item: entry("b", "3") }] })
  lines.take({ rev: "9", reset: true, items: [entry("c", "8")] })
  lines.take({ rev: "9", reset: true, items: [entry("c", "8")] })
  t.same(said, ["a,1,1", 'b  revision 3  ["x"]', "b  deleted", "a  deleted", "c  revision 8  1"])
  t.end()
})
