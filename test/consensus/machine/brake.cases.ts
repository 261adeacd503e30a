import { test } from "tap"
import { hostId, Stage, TTL_MS } from "./stage.ts"

function fleet(hosts: number): Stage {
  const stage = new Stage()
  for (let each = 1; each <= hosts; each++) stage.open(each)
  return stage
}

/** The hosts `from` … `to` are heard every 2.5 s until `untilMs`. */
function hear(stage: Stage, [from, to]: readonly [number, number], untilMs: number): void {
  while (stage.nowMs < untilMs) {
    stage.nowMs = Math.min(untilMs, stage.nowMs + 2500)
    stage.renew(...Array.from({ length: to - from + 1 }, (_, at) => from + at))
  }
}

const sessions = (stage: Stage): number => [...stage.machine.sessions()].length

test("up to 30 % of the hosts, and a single one of few, expire in time", (t) => {
  const ten = fleet(10)
  hear(ten, [4, 10], TTL_MS)
  t.equal(sessions(ten), 7, "three of ten")
  const one = fleet(1)
  one.pass(TTL_MS)
  t.equal(sessions(one), 0, "one of one")
  t.end()
})

test("more at once get one time to live more, once", (t) => {
  const stage = fleet(10)
  hear(stage, [5, 10], 2 * TTL_MS - 1)
  t.equal(sessions(stage), 10, "four of ten")
  t.equal(stage.machine.nextDueMs, 2 * TTL_MS)
  hear(stage, [5, 10], 2 * TTL_MS)
  t.equal(sessions(stage), 6)
  t.end()
})

test("two of two are braked, and end together when the time is over", (t) => {
  const stage = fleet(2)
  stage.pass(TTL_MS)
  t.equal(sessions(stage), 2)
  stage.pass(TTL_MS - 1)
  t.equal(sessions(stage), 2)
  stage.pass(1)
  t.equal(sessions(stage), 0)
  t.end()
})

test("who is heard meanwhile lives on, and may be braked anew when it falls silent again", (t) => {
  const stage = fleet(2)
  stage.pass(TTL_MS)
  stage.pass(1000)
  stage.renew(1, 2)
  t.equal(stage.machine.nextDueMs, stage.nowMs + TTL_MS)
  stage.pass(TTL_MS)
  t.equal(sessions(stage), 2)
  stage.pass(TTL_MS)
  t.equal(sessions(stage), 0)
  t.end()
})

test("hosts count by the sessions that are attached, and those about to go within a renewal interval count too", (t) => {
  const stage = fleet(10)
  for (const each of [1, 2, 3, 4, 5, 6]) {
    stage.apply({ kind: "detach", session: stage.open(each), boot: 1, attachment: 1 })
  }
  hear(stage, [9, 10], 2500)
  // Host 7 was heard last at 0, host 8 at 2,400: the latter would expire within 2,500 ms of the former.
  stage.nowMs = 2400
  stage.renew(8)
  hear(stage, [9, 10], TTL_MS)
  t.match(
    [7, 8].map((each) => stage.machine.host(hostId(each))),
    [{ isBraked: true }, { isBraked: true }],
  )
  t.end()
})

test("detached sessions are not put off", (t) => {
  const stage = fleet(4)
  for (const each of [1, 2, 3, 4]) {
    stage.apply({ kind: "renewHosts", items: [{ host: hostId(each), boot: 2, attempt: 1 }] })
  }
  stage.pass(TTL_MS)
  t.equal(sessions(stage), 0)
  t.end()
})

test("a host that is braked before it is due, and is heard, expires by that, whatever was looked at meanwhile", (t) => {
  const stage = fleet(2)
  stage.nowMs = 2400
  stage.renew(2)
  stage.pass(TTL_MS - 2400)
  t.equal(stage.machine.host(hostId(2))?.isBraked, true)
  t.equal(stage.machine.nextDueMs, 2 * TTL_MS)
  stage.nowMs = 11_000
  stage.renew(2)
  hear(stage, [1, 1], 11_000 + TTL_MS)
  t.equal(sessions(stage), 1)
  t.end()
})
