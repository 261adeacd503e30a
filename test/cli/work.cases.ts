import type { WorkItem } from "@conclave/sdk/wire.gen"
import type { Output } from "conclave/cli/terminal/output"
import { WatchLines } from "conclave/cli/watch-lines"
import { ITEM_WORDS } from "conclave/cli/work"
import { test } from "tap"
import { openWorkStage } from "../sdk/work-stage.ts"
import { conclave } from "./program.ts"

test("work configure, show and items of partitions, with their exits", async (t) => {
  const stage = await openWorkStage(t)
  const run = (...argv: readonly string[]) => conclave([...argv, "--socket", stage.path("application")])
  const json = async (...argv: readonly string[]) => JSON.parse((await run(...argv, "--json")).stdout)
  const settings = ["--partitions", "3", "--handoff-timeout", "1m", "--restart-grace", "0", "--spread", "zone"]
  const { rev } = await json("work", "configure", "p", ...settings, "--max-attempts", "5", "--if-rev", "0")
  const config = { partitions: 3, handoffTimeoutMs: 60_000, restartGraceMs: 0, spread: "zone", maxAttempts: 5, rev }
  t.match(await json("work", "show", "p"), { kind: "work", name: "p", config, counts: { free: 3, assigned: 0 } })
  t.match(await run("work", "show", "p"), {
    code: 0,
    stdout:
      /3 partitions, handoff timeout 1m, restart grace 0s, spread by zone, at most 5 attempts.*\nitems: 0 assigned/,
    stderr: /^$/,
  })
  t.match(await run("work", "show", "q"), { code: 0, stderr: /did you mean p\?/ })
  t.match(await json("work", "items", "p", "--stale"), { items: [{ item: "0", state: "free" }, {}, { item: "2" }] })
  t.match(await run("work", "configure", "p", "--partitions", "4", "--if-rev", "0"), { code: 7 })
  t.match(await run("work", "configure", "p", "--partitions", "4", "--if-rev", rev), { code: 0, stdout: /p is config/ })
  t.match(await json("work", "show", "p"), { config: { partitions: 4, maxAttempts: 5 } }, "what is not given stays")
  t.equal((await run("work", "remove", "p", "0")).code, 7, "a partition stays")
  for (const wrong of [
    ["--partitions", "50001"],
    ["--partitions", "x"],
    ["--max-attempts", "0"],
    ["--spread", "rack"],
    ["--handoff-timeout", "soon"],
  ])
    t.match(await run("work", "configure", "p", ...wrong), { code: 2, stderr: new RegExp(wrong[0] ?? "") })
})

test("work put, remove, retry and explain", async (t) => {
  const stage = await openWorkStage(t)
  const run = (...argv: readonly string[]) => conclave([...argv, "--socket", stage.path("application")])
  const json = async (...argv: readonly string[]) => JSON.parse((await run(...argv, "--json")).stdout)
  t.match(await json("work", "put", "q", "a", "--payload", '{"x":"é"}', "--weight", "4", "--pin", "w"), {
    rev: /^\d+$/,
  })
  t.match(await json("work", "items", "q"), { items: [{ item: "a", payload: { x: "é" }, weight: 4, pin: "w" }] })
  t.match(await run("work", "items", "q"), { code: 0, stdout: /^ITEM +STATE .*\na +free .* \{"x":"é"\}\n$/ })
  t.match(await run("work", "put", "q", "b", "--payload", "hello"), { code: 2, stderr: /"hello" is no JSON/ })
  t.match(await run("work", "put", "q", "b", "--weight", "0"), { code: 2 })
  t.match(await run("work", "retry", "q", "b"), { code: 6, stderr: /no such item[\s\S]*conclave work items q/ })
  t.match(await run("work", "explain", "q", "b"), { code: 6 })
  const client = await stage.connected()
  const stop = new AbortController()
  const failed = new Promise<void>((resolve) => {
    const work = async (): Promise<never> => {
      resolve()
      throw new Error("no luck")
    }
    void client.work("q").run(work, { signal: stop.signal, id: "w", capacity: 9, zone: "z" })
  })
  await failed
  while ((await json("work", "items", "q")).items[0].attempt !== 2);
  t.match(await json("work", "explain", "q", "a"), { items: [{ to: "w" }, { from: "w", reason: /no luck/ }] })
  t.match(await run("work", "explain", "q", "a"), { code: 0, stdout: /^REVISION +TIME +FROM +TO +WHY\n/ })
  t.match(await json("work", "show"), { items: [{ name: "q", holders: [{ id: "w", capacity: 9, zone: "z" }] }] })
  t.match(await run("work", "show"), { code: 0, stdout: /^NAME +ID +MEMBER +USED +ZONE.*\nq +w +a +\d\/9 +z / })
  t.match(await json("work", "retry", "q", "a"), { rev: /^\d+$/ })
  stop.abort()
  t.match(await json("work", "remove", "q", "a"), { removed: true })
  t.match(await run("work", "remove", "q", "a"), { code: 0, stdout: "there was no a\n" })
  t.equal((await run("work", "items", "q", "--stale", "--watch")).code, 2)
  const watched = await conclave(["work", "items", "q", "--watch", "--json", "--socket", stage.path("application")], {
    until: /"view"/,
  })
  t.match(JSON.parse(watched.stdout), { type: "view", items: [] })
})

test("what a watch of items shows: who has what, who is asked, what is gone, and why", (t) => {
  const said: string[] = []
  const output = {
    line: (text: string) => said.push(text.replace(/^\S+Z {2}/, "")),
    table: (_: unknown, rows: readonly (readonly unknown[])[]) => said.push(...rows.map(([name]) => String(name))),
  }
  const lines = new WatchLines(output as unknown as Output, ITEM_WORDS)
  const item = (more: Partial<WorkItem>): WorkItem =>
    ({ item: "a", state: "free", worker: null, target: null, token: null, attempt: 1, payload: null, ...more }) as never
  const put = (rev: string, more: Partial<WorkItem>, reason?: string) =>
    lines.take({ rev, changes: [{ type: "put", item: item(more), ...(reason === undefined ? {} : { reason }) }] })
  lines.take({ rev: "1", items: [item({})] })
  put("2", { state: "assigned", worker: "w", token: 7n })
  put("3", { state: "revoking", worker: "w", token: 7n, target: "v" }, "rebalanced")
  put("4", { target: "v" })
  put("5", {})
  put("6", { state: "failed" }, "failed: no luck")
  lines.take({ rev: "7", changes: [{ type: "delete", item: item({}), reason: "removed" }] })
  t.same(said, [
    ...["a", "a  w has it, token 7, try 1", "a  asked back from w for v: rebalanced", "a  free, kept for v"],
    ...["a  free", "a  failed, and not tried again: failed: no luck", "a  gone: removed"],
  ])
  t.end()
})
