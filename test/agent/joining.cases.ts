import type { Addr, NodeId } from "@conclave/base"
import { Joining } from "conclave/joining"
import { test } from "tap"
import { ScriptedSource } from "./discovery/scripted-source.ts"
import { FakeClock } from "./fake-clock.ts"
import { memberId } from "./fake-view.ts"

const [OWN, A, B, C] = [1, 2, 3, 4].map((host) => `10.0.0.${host}:7951` as Addr) as [Addr, Addr, Addr, Addr]

function stage(join: readonly string[]) {
  const clock = new FakeClock()
  const source = new ScriptedSource()
  const asked: Addr[] = []
  const forgotten: NodeId[] = []
  const state = { living: 1, hasJoined: false, isStarted: true }
  const joining = new Joining({
    clock,
    log: { write: () => {} },
    names: { resolve: (text, done) => done(/^\d/.test(text) ? [text as Addr] : [], "no such host") },
    self: { id: memberId("self"), addr: OWN },
    join,
    sources: [source],
    gossip: {
      get started() {
        const count = (kind: string): number => (kind === "alive" ? state.living : 0)
        return state.isStarted ? { count, hasJoined: state.hasJoined, member: () => undefined } : undefined
      },
      input: ({ addrs }) => void asked.push(...addrs),
    },
    isMember: () => false,
    onUnresolved: () => {},
  })
  const start = (...remembered: readonly Addr[]): void =>
    joining.start(
      remembered.map((addr) => ({ id: memberId(addr), addr, state: "alive" }) as never),
      (id) => void forgotten.push(id),
    )
  return { clock, source, asked, forgotten, state, joining, start }
}

test("a host asks those who are configured, those that it remembers and those that were found, and not itself", (t) => {
  const { asked, clock, source, start } = stage([OWN, A])
  start(B, OWN)
  source.found([C, OWN])
  clock.advance(1000)
  t.same([...new Set(asked)].sort(), [A, B, C])
  t.end()
})

test("it is ready when it has come to the others whom its configuration names, and says whom it waits for", (t) => {
  const { joining, start, state } = stage([OWN, A])
  state.isStarted = false
  t.match(joining.readiness, { name: "join", ok: false }, "nobody knows yet which of them is itself")
  state.isStarted = true
  start()
  joining.failed(A, "nothing listens there")
  t.match(joining.readiness, {
    ok: false,
    message: `none of ${OWN}, ${A} has answered yet (${A}: nothing listens there)`,
  })
  state.hasJoined = true
  joining.joined({ kind: "joined", addr: A, name: "a", spokenOf: [] } as never)
  t.same(joining.readiness, { name: "join", ok: true, message: "ok" })
  const alone = stage([OWN])
  alone.start()
  t.equal(alone.joining.readiness.ok, true, "it is the only one that is named")
  alone.joining.configure([OWN, B])
  t.match(alone.joining.readiness, { ok: false, message: `none of ${OWN}, ${B} has answered yet` })
  t.end()
})

test("whoever founds hears those who are configured and those who were found, once the sources have spoken", (t) => {
  const { asked, joining, source, start } = stage([A])
  start()
  let isDone = false
  joining.askAll(() => {
    isDone = true
  })
  asked.length = 0
  source.found([B])
  t.ok(asked.includes(A) && asked.includes(B))
  joining.failed(A, "nothing listens there")
  t.notOk(isDone)
  joining.failed(B, "nothing listens there")
  t.ok(isDone)
  t.end()
})

test("a member of the last life of whom nobody has spoken is forgotten after a while in company", (t) => {
  const { clock, forgotten, joining, start, state } = stage([])
  start(A, B)
  state.living = 2
  joining.changed()
  joining.joined({ kind: "joined", addr: C, name: "c", spokenOf: [memberId(A)] } as never)
  for (let minute = 0; minute < 11; minute++) clock.advance(60_000)
  t.same(forgotten, [memberId(B)])
  joining.stop()
  t.end()
})
