import type { Command } from "@conclave/consensus"
import { judge } from "@conclave/sim/check/judge"
import type { WatchEvent } from "@conclave/sim/check/lines"
import { test } from "tap"
import { Scripted } from "./scripted.ts"

/** Two keys and their revisions: `a` is put at 1 and 2, `b` at 3, and `a` is deleted at 4. */
class Keys extends Scripted {
  constructor() {
    super()
    this.commit(1, put("a", 1)).commit(2, put("a", 2)).commit(3, put("b", 3)).commit(4, drop("a"))
  }
}

function put(key: string, value: number): Command {
  return { kind: "kvPut", request: undefined, key, value: String(value), ifRev: undefined, guard: undefined }
}

function drop(key: string): Command {
  return { kind: "kvDelete", request: undefined, key, ifRev: undefined, guard: undefined }
}

const A1 = event("a", 1, 1)
const A2 = event("a", 2, 2, 1)
const B3 = event("b", 3, 3)
const GONE: WatchEvent = { ...A2, type: "delete" }

function event(name: string, value: number, modRev: number, createRev = modRev): WatchEvent {
  const item = { key: name, value, modRev: String(modRev), createRev: String(createRev) }
  return { key: `kv/${name}`, type: "put", item }
}

function rules(write: (keys: Keys) => void): readonly string[] {
  const keys = new Keys()
  write(keys)
  return [...new Set(judge(keys.lines).map(({ rule }) => rule))].sort()
}

/** A watch of all keys that is told this. */
function told(keys: Keys, ...lines: readonly Parameters<Scripted["watched"]>[3][]): void {
  const w = keys.watch(10, "kv/*")
  for (const [at, line] of lines.entries()) {
    keys.watched(11 + at, w, at === 0 ? "view" : line.ev.length > 0 ? "change" : "progress", line)
  }
}

const SHOWN = "watches-show-what-was"
const LEFT_OUT = "watches-leave-nothing-out"

const CASES: Readonly<Record<string, { readonly write: (keys: Keys) => void; readonly broken: readonly string[] }>> = {
  "a view and what followed on it": {
    write: (keys) =>
      told(keys, { rev: 1, ev: [A1] }, { rev: 2, ev: [A2] }, { rev: 3, ev: [B3] }, { rev: 4, ev: [GONE] }),
    broken: [],
  },
  "several revisions in one line": {
    write: (keys) => told(keys, { rev: 1, ev: [A1] }, { rev: 4, ev: [{ ...A2, rev: 2 }, { ...B3, rev: 3 }, GONE] }),
    broken: [],
  },
  "a view in parts": {
    write: (keys) => {
      const w = keys.watch(10, "kv/*")
      keys.watched(11, w, "view", { rev: 3, ev: [A2], more: true }).watched(12, w, "view", { rev: 3, ev: [B3] })
    },
    broken: [],
  },
  "a view in parts of two revisions": {
    write: (keys) => {
      const w = keys.watch(10, "kv/*")
      keys.watched(11, w, "view", { rev: 2, ev: [A2], more: true }).watched(12, w, "view", { rev: 3, ev: [B3] })
    },
    broken: ["watches-come-whole"],
  },
  "a change in the middle of a view": {
    write: (keys) => {
      const w = keys.watch(10, "kv/*")
      keys.watched(11, w, "view", { rev: 2, ev: [A2], more: true }).watched(12, w, "change", { rev: 3, ev: [B3] })
    },
    broken: ["watches-come-whole"],
  },
  "a change is dropped": {
    write: (keys) => told(keys, { rev: 1, ev: [A1] }, { rev: 3, ev: [B3] }),
    broken: [LEFT_OUT],
  },
  "a change is dropped, and only progress says how far it is": {
    write: (keys) => told(keys, { rev: 3, ev: [A2, B3] }, { rev: 4, ev: [] }),
    broken: [LEFT_OUT],
  },
  "a change is told twice": {
    write: (keys) => told(keys, { rev: 1, ev: [A1] }, { rev: 2, ev: [A2] }, { rev: 2, ev: [A2] }),
    broken: ["watches-go-on"],
  },
  "changes in another order": {
    write: (keys) => told(keys, { rev: 1, ev: [A1] }, { rev: 3, ev: [B3] }, { rev: 2, ev: [A2] }),
    broken: ["watches-go-on", LEFT_OUT],
  },
  "a change that is told as it was later": {
    write: (keys) => told(keys, { rev: 1, ev: [A1] }, { rev: 2, ev: [event("a", 3, 3)] }),
    broken: [SHOWN],
  },
  "a deletion of what was not there last": {
    write: (keys) => told(keys, { rev: 3, ev: [A2, B3] }, { rev: 4, ev: [{ ...A1, type: "delete" }] }),
    broken: [SHOWN],
  },
  "a view that lacks something": {
    write: (keys) => told(keys, { rev: 3, ev: [B3] }),
    broken: [SHOWN],
  },
  "a view with what is gone": {
    write: (keys) => told(keys, { rev: 4, ev: [A2, B3] }),
    broken: [SHOWN],
  },
  "a view of a revision that never was": {
    write: (keys) => told(keys, { rev: 5, ev: [B3] }),
    broken: [SHOWN],
  },
  "a watch that begins in the middle": {
    write: (keys) => keys.watched(11, keys.watch(10, "kv/*"), "change", { rev: 3, ev: [B3] }),
    broken: ["watches-begin-with-a-view"],
  },
  "a new view that does not say so": {
    write: (keys) => {
      const w = keys.watch(10, "kv/*")
      keys.watched(11, w, "view", { rev: 1, ev: [A1] }).watched(12, w, "view", { rev: 2, ev: [A2] })
    },
    broken: ["watches-begin-with-a-view"],
  },
  "a new view of an earlier revision than its reader had been told of": {
    write: (keys) => {
      keys.watched(11, keys.watch(10, "kv/*", { seen: 3 }), "view", { rev: 2, ev: [A2] })
    },
    broken: ["nobody-is-told-the-past"],
  },
  "who comes back is told what followed": {
    write: (keys) => keys.watched(11, keys.watch(10, "kv/*", { from: 2 }), "change", { rev: 3, ev: [B3] }),
    broken: [],
  },
  "who comes back is told the same again": {
    write: (keys) => keys.watched(11, keys.watch(10, "kv/*", { from: 2 }), "change", { rev: 2, ev: [A2] }),
    broken: ["watches-go-on"],
  },
  "who comes back is not told of one revision": {
    write: (keys) => keys.watched(11, keys.watch(10, "kv/*", { from: 1 }), "change", { rev: 3, ev: [B3] }),
    broken: [LEFT_OUT],
  },
  "who comes back when that is not known any more": {
    write: (keys) => {
      keys.watched(11, keys.watch(10, "kv/*", { from: 1 }), "view", { rev: 4, ev: [B3], reset: true })
    },
    broken: [],
  },
  "who comes back is shown an earlier state": {
    write: (keys) => {
      keys.watched(11, keys.watch(10, "kv/*", { from: 3 }), "view", { rev: 2, ev: [A2], reset: true })
    },
    broken: ["nobody-is-told-the-past"],
  },
  "who comes from a future begins anew": {
    write: (keys) => {
      keys.watched(11, keys.watch(10, "kv/*", { from: 99 }), "view", { rev: 4, ev: [B3], reset: true })
    },
    broken: [],
  },
  "a client whose view is another than what it was told": {
    write: (keys) => {
      const w = keys.watch(10, "kv/*")
      keys.watched(11, w, "view", { rev: 3, ev: [A2, B3] }).watched(12, w, "sum", { rev: 3, ev: [B3] })
    },
    broken: ["watchers-see-what-is"],
  },
}

for (const [name, { write, broken }] of Object.entries(CASES)) {
  test(`watches beside the log: ${name}`, (t) => {
    t.same(rules(write), broken)
    t.end()
  })
}

const LEADS = { name: "e", kind: "election" }
const NONE = { sum: 0, max: 0 }
const NEVER = { ...{ grants: 0, lost: 0, asked: 0 }, heldMs: NONE, waitedMs: NONE, letGoMs: NONE, waiters: NONE }

test("of a name all that is shown is held against the log, its contention, too", (t) => {
  const holder = { session: "s-a", seq: 1, note: null, token: "1", value: "a", priority: 0 }
  const held = { ...LEADS, holders: [holder], waiters: [], history: [], contention: NEVER }
  const past = [{ token: "1", reason: "released" }]
  const once = { ...NEVER, grants: 1, heldMs: { sum: 10, max: 10 } }
  const free = { ...LEADS, holders: [], waiters: [], history: past, contention: once }
  const broken = (first: object, then: object): readonly string[] => {
    const story = new Scripted()
    story.commit(1, open()).commit(2, acquire()).commit(12, release())
    const w = story.watch(13, "election/*")
    story.watched(14, w, "view", { rev: 2, ev: [{ key: "election/e", type: "put", item: first }] })
    story.watched(15, w, "change", { rev: 3, ev: [{ key: "election/e", type: "put", item: then }] })
    return [...new Set(judge(story.lines).map(({ rule }) => rule))]
  }
  t.same(broken(held, free), [])
  t.same(broken({ ...held, holders: [{ ...holder, value: "b" }] }, free), [SHOWN])
  t.same(broken({ ...held, holders: [holder, { ...holder, seq: 2 }] }, free), [SHOWN])
  t.same(broken(held, { ...free, contention: NEVER }), [SHOWN], "figures that forget")
  t.same(broken(held, { ...free, history: [] }), [SHOWN])
  t.same(broken(held, held), [SHOWN])
  t.end()
})

function open(): Command {
  const who = { session: "s-a" as never, secretHash: new Uint8Array(32), host: "h".repeat(26) as never, boot: 1 }
  const life = { attachment: 1, ttlMs: 100_000, liveness: "heartbeat", member: "a1", app: "a", pid: undefined } as const
  return { kind: "open", ...who, ...life }
}

function acquire(): Command {
  return {
    ...{ kind: "acquire", session: "s-a" as never, seq: 1, floor: 0, hold: "election", names: ["e"] },
    ...{ mode: "exclusive", waitMs: undefined, priority: 0, maxHoldMs: undefined, lockDelayMs: 0, note: undefined },
    ...{ limit: undefined, weight: 1, id: undefined, ready: undefined, worker: undefined, value: '"a"' },
  } as Command
}

function release(): Command {
  return { kind: "release", session: "s-a" as never, seq: 2, floor: 0, token: 1 as never }
}

const BASE = { name: "a2", id: "i2", addr: "10.0.0.1:1", status: "", generation: "1", tags: {} }

test("members are watched as their agent knows them, whatever other agents know", (t) => {
  const text = (status: string): string => JSON.stringify({ ...BASE, status, isRestarting: false })
  const item = (status: string): object => ({ ...BASE, status, restartingUntil: null })
  const broken = (...told: readonly string[]): readonly string[] => {
    const story = new Scripted()
    for (const [at, status] of ["alive", "suspect", "dead"].entries()) {
      const sight = { n: "a1", boot: 2, version: at + 2, member: "a2", text: text(status) }
      story.add({ k: "sight", t: at * 1000, ...sight })
    }
    story.add({ k: "sight", t: 0, n: "a1", boot: 1, version: 9, member: "a2", text: text("left") })
    story.commit(0, put("a", 1))
    const w = story.watch(10, "members/*", { boot: 2 })
    story.watched(11, w, "view", { rev: 2, ev: [{ key: "members/a2", type: "put", item: item("alive") }] })
    for (const [at, each] of told.entries()) {
      const ev = [{ key: "members/a2", type: "put" as const, item: item(each) }]
      story.watched(12 + at, w, "change", { rev: 3 + at, ev })
    }
    story.watched(20, w, "progress", { rev: 4, ev: [] })
    return [...new Set(judge(story.lines).map(({ rule }) => rule))]
  }
  t.same(broken("suspect", "dead"), [])
  t.same(broken("suspect"), [LEFT_OUT])
  t.same(broken("suspect", "alive"), [SHOWN])
  t.end()
})
