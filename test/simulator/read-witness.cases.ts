import type { Command } from "@conclave/consensus"
import { judge } from "@conclave/sim/check/judge"
import type { Input } from "@conclave/sim/check/lines"
import { test } from "tap"
import { Scripted } from "./scripted.ts"

const SAYS = "the-log-says-so"

function put(key: string, value: number): Command {
  return { kind: "kvPut", request: undefined, key, value: String(value), ifRev: undefined, guard: undefined }
}

function entry(key: string, value: number, modRev: number, createRev = modRev): { key: string; item: object } {
  const item = { key, value, modRev: String(modRev), createRev: String(createRev) }
  return { key: `kv/${key}`, item }
}

const A2 = entry("a", 2, 2, 1)
const B3 = entry("b", 3, 3)

/** `a` is put at 1 and 2, `b` at 3, a second apart; then somebody reads all of it from 5 s on. */
function rules(told: Told, asked: Input = {}): readonly string[] {
  const story = new Scripted()
  story.commit(1000, put("a", 1)).commit(2000, put("a", 2)).commit(3000, put("b", 3))
  const { f = "kv.list", scope = "kv/*", rev, things, ageMs } = told
  const read = story.invoke(5000, "r", f, scope, asked)
  story.end(5001, read, "ok", { rev, r: { things, ...(ageMs === undefined ? {} : { ageMs }) } })
  return [...new Set(judge(story.lines, told.calmFromUs).map(({ rule }) => rule))].sort()
}

interface Told {
  readonly f?: "kv.list" | "kv.get" | "work.items" | "sessions.list"
  readonly scope?: string
  readonly rev: number
  readonly things: readonly { readonly key: string; readonly item: object }[]
  readonly ageMs?: number
  readonly calmFromUs?: number
}

test("a list shows what there was at its revision, all of it and nothing else", (t) => {
  t.same(rules({ rev: 3, things: [A2, B3] }), [])
  t.same(rules({ rev: 3, things: [A2] }), [SAYS])
  t.same(rules({ rev: 3, things: [A2, B3, entry("c", 4, 3)] }), [SAYS])
  t.same(rules({ rev: 3, things: [entry("a", 1, 1), B3] }), [SAYS])
  t.same(rules({ scope: "kv/b*", rev: 3, things: [B3] }), [], "of those that begin so")
  t.same(rules({ f: "work.items", scope: "items/w/*", rev: 3, things: [] }), [])
  const item = { state: "free", worker: null, target: null, token: null, attempt: 1, weight: 1, pin: null, note: null }
  t.same(rules({ f: "work.items", scope: "items/w/*", rev: 3, things: [{ key: "items/w/x", item }] }), [SAYS])
  const nobody = { member: "a1", app: null, ttlMs: 1, state: "attached", grants: [], waits: [] }
  t.same(rules({ f: "sessions.list", scope: "session/*", rev: 3, things: [{ key: "session/s", item: nobody }] }), [
    SAYS,
  ])
  t.end()
})

test("a stale read shows a past that was, and none that its client knows to be over", (t) => {
  t.same(rules({ rev: 2, things: [A2], ageMs: 2500 }, { stale: true }), [])
  t.same(rules({ rev: 2, things: [B3], ageMs: 2500 }, { stale: true }), [SAYS])
  t.same(rules({ rev: 2, things: [A2], ageMs: 2500 }, { stale: true, seen: 2 }), [])
  t.same(rules({ rev: 2, things: [A2], ageMs: 2500 }, { stale: true, seen: 3 }), [SAYS])
  t.same(rules({ f: "kv.get", scope: "kv/a", rev: 2, things: [A2], ageMs: 2500 }, { stale: true }), [])
  t.same(rules({ f: "kv.get", scope: "kv/a", rev: 1, things: [A2], ageMs: 2500 }, { stale: true }), [SAYS])
  t.end()
})

test("while nothing hinders anybody a stale answer is not older than it says", (t) => {
  const aged = (ageMs: number, calmFromUs?: number): readonly string[] =>
    rules({ rev: 2, things: [A2], ageMs, ...(calmFromUs === undefined ? {} : { calmFromUs }) }, { stale: true })
  t.same(aged(2100, 0), [])
  t.same(aged(1500, 0), ["an-age-is-not-less"], "two seconds before it was asked another revision was known")
  t.same(aged(0, 4_950_000), [], "what was on its way before")
  t.same(aged(0), [])
  t.end()
})
