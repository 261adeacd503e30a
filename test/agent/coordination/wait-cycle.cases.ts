import { type Acquire, type Command, type HoldKind, NO_TERMS, type SessionId } from "@conclave/consensus"
import { cycleOf } from "conclave/coordination/wait-cycle"
import { test } from "tap"
import { FakeClock } from "../fake-clock.ts"
import { clockOf } from "../fake-links.ts"
import { memberId } from "../fake-view.ts"
import { LoneCluster } from "./lone-cluster.ts"

/** Sessions by one letter, and their requests, numbered by what comes. */
class Table {
  readonly cluster: LoneCluster = new LoneCluster(clockOf(new FakeClock()))
  #seq = 0

  constructor(letters: string) {
    for (const letter of letters) this.cluster.apply(open(letter))
  }

  /** The cycle that this request closes, as `a waits for y` from the one who asks. */
  lock(letter: string, names: string, more: Partial<Acquire> = {}): string[] | undefined {
    const seq = ++this.#seq
    this.cluster.apply({ ...BARE, session: idOf(letter), seq, names: names.split(","), ...more })
    const { machine } = this.cluster
    const hold = machine.hold(idOf(letter), seq)
    return hold && cycleOf(machine, hold)?.map(({ session, name }) => `${session.app} waits for ${name}`)
  }

  stop(): void {
    this.cluster.stop()
  }
}

const BARE: Acquire = {
  ...{ kind: "acquire", session: "" as SessionId, seq: 0, floor: 0, hold: "lock", names: [], mode: "exclusive" },
  ...{
    priority: 0,
    waitMs: undefined,
    maxHoldMs: undefined,
    lockDelayMs: 0,
    ...NO_TERMS,
    note: undefined,
    value: undefined,
  },
}

function idOf(letter: string): SessionId {
  return `${letter.repeat(25)}a` as SessionId
}

function open(letter: string): Command {
  return {
    ...{ kind: "open", session: idOf(letter), secretHash: new Uint8Array(32), host: memberId(letter), boot: 1 },
    ...{ attachment: 1, ttlMs: 300_000, liveness: "heartbeat", member: letter, app: letter, pid: undefined },
  }
}

test("two that wait for each other are a cycle, which begins with the one that closed it", async (t) => {
  const table = new Table("ab")
  table.lock("a", "x")
  table.lock("b", "y")
  t.equal(table.lock("a", "y"), undefined, "one waits: no cycle yet")
  t.strictSame(table.lock("b", "x"), ["b waits for x", "a waits for y"])
  table.stop()
})

test("a cycle of five is found through what each of them waits for", async (t) => {
  const table = new Table("abcde")
  for (const letter of "abcde") table.lock(letter, `of-${letter}`)
  for (const [waits, holds] of ["ab", "bc", "cd", "de"].map((pair) => [...pair])) {
    t.equal(table.lock(waits as string, `of-${holds}`), undefined)
  }
  const words = ["e waits for of-a", "a waits for of-b", "b waits for of-c", "c waits for of-d", "d waits for of-e"]
  t.strictSame(table.lock("e", "of-a"), words)
  table.stop()
})

test("who stands before in a queue keeps others waiting, too", async (t) => {
  const table = new Table("abc")
  table.lock("c", "x")
  table.lock("a", "y")
  table.lock("b", "x")
  // b waits for x, behind c alone; a stands behind b; b's next wait is for what a holds.
  table.lock("a", "x")
  t.strictSame(table.lock("b", "y"), ["b waits for y", "a waits for x"])
  table.stop()
})

test("readers do not keep readers waiting, and a writer between them does", async (t) => {
  const table = new Table("abcd")
  const mode = "shared"
  table.lock("a", "x", { mode })
  table.lock("b", "y")
  table.lock("a", "y")
  t.equal(table.lock("d", "x", { mode }), undefined, "d reads x beside a")
  table.lock("c", "z")
  table.lock("c", "x")
  t.strictSame(table.lock("b", "x", { mode }), ["b waits for x", "c waits for x", "a waits for y"])
  table.stop()
})

test("several names at once close a cycle by any of them", async (t) => {
  const table = new Table("ab")
  table.lock("a", "w,x")
  table.lock("b", "y")
  table.lock("a", "y")
  t.strictSame(table.lock("b", "v,x"), ["b waits for x", "a waits for y"])
  table.stop()
})

test("one session alone is no cycle, and no election is", async (t) => {
  const table = new Table("ab")
  table.lock("a", "x")
  t.equal(table.lock("a", "x"), undefined)
  const hold: HoldKind = "election"
  table.lock("b", "e", { hold })
  table.lock("b", "x")
  t.equal(table.lock("a", "e", { hold }), undefined)
  table.stop()
})

test("a ring through a queue of thousands is found, also where one session asks thousands of times", async (t) => {
  const letters = "acdefghij"
  const table = new Table(`b${letters}`)
  table.lock("a", "x")
  table.lock("b", "y")
  table.lock("a", "y")
  for (let place = 0; place < 2000; place++) table.lock(letters[place % letters.length] as string, "x")
  t.strictSame(table.lock("b", "x"), ["b waits for x", "a waits for y"])
  table.stop()
})
