import { StampChecks } from "@conclave/sim/group/stamp-checks"
import { test } from "tap"

/** A leader that appends entries, and a process that runs or stands still meanwhile. */
function stage() {
  const broken: string[] = []
  const process = { ranUs: 0, stalls: 0 }
  const stamps: number[] = []
  const log = { last: 0, entry: (index: number) => ({ index, term: 3, stampMs: stamps[index - 1] }) }
  const running = { raft: { log, term: 3 } }
  const checks = new StampChecks((invariant) => broken.push(invariant))
  const member = { machine: { name: "a1", process } }
  const look = (): void => checks.leads(member as never, running as never)
  look()
  const append = (stampMs: number): void => {
    stamps.push(stampMs)
    log.last++
    look()
  }
  return { broken, process, append }
}

test("a stamp goes on by as much as its leader ran, and by a step for each stall", (t) => {
  const { broken, process, append } = stage()
  append(5000)
  process.ranUs += 700_000
  append(5700)
  process.stalls++
  append(5800)
  process.ranUs += 1_000_000
  append(6200)
  append(6201)
  append(6250)
  t.same(broken, [])
  t.end()
})

test("time that was lost in a stall is not caught up with, neither at once nor later", (t) => {
  const atOnce = stage()
  atOnce.append(5000)
  atOnce.process.stalls++
  atOnce.append(5600)
  t.same(atOnce.broken, ["stamps-count-what-was-heard"])
  const later = stage()
  later.append(5000)
  later.process.stalls++
  later.process.ranUs += 1_000_000
  later.append(5500)
  later.process.ranUs += 1_000_000
  later.append(7400)
  t.same(later.broken, ["stamps-count-what-was-heard"])
  t.end()
})
