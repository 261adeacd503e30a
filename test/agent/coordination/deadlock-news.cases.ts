import { type Acquire, type Command, NO_TERMS, type SessionId } from "@conclave/consensus"
import type { DeadlockLink, JournalNote } from "conclave/api/objects"
import { DeadlockNews, tellDeadlock } from "conclave/coordination/deadlock-news"
import { test } from "tap"
import { FakeClock } from "../fake-clock.ts"
import { clockOf } from "../fake-links.ts"
import { memberId } from "../fake-view.ts"
import { LoneCluster } from "./lone-cluster.ts"

const IDS = { a: `${"s".repeat(25)}a` as SessionId, b: `${"t".repeat(25)}a` as SessionId }

class Stage {
  readonly cluster: LoneCluster = new LoneCluster(clockOf(new FakeClock()))
  readonly told: (readonly DeadlockLink[])[] = []
  readonly news: DeadlockNews
  #seq = 0

  /** Two sessions, one of them of this host (a). */
  constructor(boot = 1) {
    this.cluster.boot = () => boot
    this.news = new DeadlockNews({ cluster: this.cluster, tell: (chain) => void this.told.push(chain) })
    for (const letter of ["a", "b"] as const) this.cluster.apply(open(letter))
  }

  lock(letter: "a" | "b", name: string): void {
    this.cluster.apply({
      ...{ kind: "acquire", session: IDS[letter], seq: ++this.#seq, floor: 0, hold: "lock", names: [name] },
      ...{ mode: "exclusive", priority: 0, waitMs: undefined, maxHoldMs: undefined, lockDelayMs: 0, ...NO_TERMS },
      ...{ note: undefined, value: undefined },
    } as Acquire)
  }

  embrace(): void {
    this.lock("a", "x")
    this.lock("b", "y")
    this.lock("a", "y")
    this.lock("b", "x")
  }

  stop(): void {
    this.news.stop()
    this.cluster.stop()
  }
}

function open(letter: "a" | "b"): Command {
  return {
    ...{ kind: "open", session: IDS[letter], secretHash: new Uint8Array(32), host: memberId(letter), boot: 1 },
    ...{ attachment: 1, ttlMs: 300_000, liveness: "heartbeat", member: letter, app: letter === "a" ? "" : "job" },
    pid: undefined,
  }
}

test("a ring that closes on another host is told here, once, with what each holds and waits for", async (t) => {
  const stage = new Stage()
  stage.embrace()
  stage.lock("b", "z")
  const token = (name: string): string => String(stage.cluster.machine.name("lock", name).holders[0]?.token)
  t.strictSame(stage.told, [[link("b", "y", "x", token("y")), link("a", "x", "y", token("x"))]])
  stage.stop()
})

function link(letter: "a" | "b", held: string, waited: string, token: string): DeadlockLink {
  return {
    ...{ session: IDS[letter], member: letter, app: letter === "a" ? null : "job", token },
    ...{ holds: [{ kind: "lock", name: held }], waits: { kind: "lock", name: waited } },
  }
}

test("a ring without a session of this life of the agent is others' affair", async (t) => {
  const stage = new Stage(2)
  stage.embrace()
  t.strictSame(stage.told, [])
  stage.stop()
})

test("a state that begins anew tells nothing twice", async (t) => {
  const stage = new Stage()
  stage.lock("a", "x")
  stage.lock("b", "y")
  stage.lock("a", "y")
  stage.cluster.replace()
  stage.lock("b", "x")
  t.equal(stage.told.length, 1)
  stage.cluster.replace()
  t.equal(stage.told.length, 1)
  stage.stop()
})

test("the log and the journal keep it, in words that say what to do", async (t) => {
  const lines: string[] = []
  const notes: JournalNote[] = []
  const chain = [link("b", "y", "x", "2"), link("a", "x", "y", "1")]
  const write = (level: string, event: string, message: string): void => void lines.push(`${level} ${event} ${message}`)
  tellDeadlock(chain, { log: { write }, tell: (note) => void notes.push(note) })
  t.strictSame(notes, [{ kind: "deadlock", chain }])
  t.strictSame(lines, [
    "warn lock.deadlock job at b waits for lock x, an application at a waits for lock y, which the first one holds; " +
      "revoke one of these, or end one of the applications",
  ])
})
